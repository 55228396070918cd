package dev.anton.plugin.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anton.plugin.JobPlugin;
import dev.anton.plugin.PluginContext;
import dev.anton.plugin.PluginException;
import dev.anton.plugin.PluginMetrics;
import dev.anton.plugin.testkit.JobPluginContract;
import dev.anton.plugin.testkit.PluginRun;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class JsonTransformPluginTest extends JobPluginContract {

  @Override
  protected JobPlugin plugin() {
    return new JsonTransformPlugin();
  }

  @Override
  protected List<String> goodInputs() {
    return List.of(
        input("{\"a\": [1, 2.5]}", "$sum(a)"), input("[1]", "$map($, function($x) {$x + 1})"));
  }

  @Override
  protected List<String> badInputs() {
    return List.of("{\"data\": 1}", "{\"data\": 1, \"options\": {\"json-transform\": {}}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":[1,2.5]}             | $sum(a)                       | 3.5",
        "[{\"n\":\"x\"},{\"n\":\"y\"}] | n                            | [\"x\",\"y\"]",
        "{\"a\":1}                   | b                             | null",
        "{\"a\":null}                | a                             | null",
        "{\"a\":1}                   | {'b': a, 'c': $input.data.a}  | {\"b\":1,\"c\":1}",
        "[3,1,2]                     | $sort($)                      | [1,2,3]",
        "{\"a\":true}                | a ? 'yes' : 'no'              | \"yes\"",
        "'abracadabra'              | $match($, /a([bc])?/, 2)       |"
            + " [{\"match\":\"ab\",\"index\":0,\"groups\":[\"b\"]},{\"match\":\"ac\",\"index\":3,\"groups\":[\"c\"]}]",
        "'ab12'                     | $match($, /x/)                | null",
        "'ab12'                     | $contains($, /[0-9]+/)        | true",
        "'ab12'                     | $contains($, 'b1')            | true",
        "'John Smith'               | $replace($, /(\\w+)\\s(\\w+)/, '$2, $1') | \"Smith, John\"",
        "'265USD'                   | $replace($, /([0-9]+)USD/, '$$$1') | \"$265\"",
        "'a.b.c'                    | $replace($, '.', '$0', 1)     | \"a$0b.c\"",
        "'abc'                      | $replace($, /b/, function($m) {$uppercase($m.match)}) |"
            + " \"aBc\"",
        "'a1b22c'                   | $split($, /[0-9]+/)           | [\"a\",\"b\",\"c\"]",
        "'a, b, c'                  | $split($, ', ', 2)            | [\"a\",\"b\"]",
        "'abc'                      | $split($, '')                 | [\"a\",\"b\",\"c\"]",
        "'a, b, '                   | $split($, ', ')               | [\"a\",\"b\",\"\"]",
        "'aab'                      | $contains($, 'ab')            | true",
        "'aab'                      | $contains($, 'ba')            | false",
        "'a::b::c'                  | $substringBefore($, '::')     | \"a\"",
        "'a::b::c'                  | $substringAfter($, '::')      | \"b::c\"",
        "'abc'                      | $substringAfter($, 'x')       | \"abc\"",
        "'x'                        | $pad($, 3, '-')               | \"x--\"",
        "'x'                        | $pad($, -4, 'ab')             | \"abax\"",
        "'x'                        | $pad($, -2)                   | \" x\"",
        "'xyz'                      | $pad($, 2)                    | \"xyz\"",
        "['a','b']                  | $join($, '+')                 | \"a+b\"",
        "'ab'                       | ($f := /b/; $f($).start)     | 1",
        "{\"a\":\"ABC\"}             | (a ~> /b/i).match | \"B\"",
      })
  void evaluates(String data, String expression, String expected) throws Exception {
    String json = expression.replace("\\", "\\\\");
    assertThat(
            PluginRun.of(plugin(), input(data.replace('\'', '"'), json)).run().output().toString())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"'a ++ '", "'$nope()'", "'1 + \\\"a\\\"'", "'($f := function() {1 + $f()}; $f())'"})
  void anExpressionThatCannotBeEvaluatedFailsForGood(String expression) {
    assertThatThrownBy(() -> PluginRun.of(plugin(), input("1", expression)).run())
        .isInstanceOfSatisfying(PluginException.class, e -> assertThat(e.isRetryable()).isFalse())
        .hasMessageContaining("JSONata");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "$contains($, /((a+)+)\\2?b/)                                | regular expression that"
            + " takes",
        "$replace($, /((a+)+)\\2?b/, '')                           | regular expression that takes",
        "($f := /((a+)+)\\2?b/; $f($))                                         | regular expression"
            + " that takes",
        "[$] ~> $map(/((a+)+)\\2?b/)                                 | regular expression that"
            + " takes",
        "$pad('x', 100000000)                                  | makes a text of more than",
        "($f := function($s) {$f($s & $s)}; $f('xxxx'))        | makes a text of more than",
        "$replace($pad('', 100000, 'a'), 'a', $pad('', 10000, 'b')) | makes a text of more than",
        "$join($map([1..10000], function($i) {'x'}), $pad('', 10000)) | makes a text of more than",
        "$replace($pad('', 2000, 'a'), /a+/, $pad('', 2000000, '$0')) | makes a text of more than",
        "$contains($pad('', 2000000, 'a'), $pad('', 200000, 'a') & 'b') | searches texts for too",
        "$replace($pad('', 2000000, 'a'), $pad('', 200000, 'a') & 'b', '') | searches texts for"
            + " too",
        "$split($pad('', 2000000, 'a'), $pad('', 200000, 'a') & 'b') | searches texts for too",
        "$substringAfter($pad('', 2000000, 'a'), $pad('', 200000, 'a') & 'b') | searches texts for"
            + " too",
        "$replace('a', /a/, function($m) {($f := function() {1 + $f()}; $f())}) | calls itself too"
            + " often",
        "($f := function($n, $o) {$n = 0 ? $o : $f($n - 1, {'a': $o, 'b': $o})}; $f(60, 1)) |"
            + " makes a value of more than",
        "($t := $pad('', 500000, 'a'); [$t, $t, $t])           | gives more than the 1048576 bytes",
        "[1..5000000]                                          | makes a list of more than",
        "($f := function($l) {$f($append($l, $l))}; $f([1..9])) | makes a list of more than",
        "($f := function() {$f()}; $f())                       | takes more than 20000000 steps",
        "$eval('1')                                            | $eval is not to be had",
        "($__evaluate_entry := null; 1)                        | a name that begins with",
      })
  void anExpressionThatTakesTooMuchFailsForGood(String expression, String reason) {
    String text = "\"" + "a".repeat(40) + "!\"";

    String json = expression.replace("\\", "\\\\");
    assertThatThrownBy(() -> PluginRun.of(plugin(), input(text, json)).run())
        .isInstanceOfSatisfying(PluginException.class, e -> assertThat(e.isRetryable()).isFalse())
        .hasMessageContaining(reason);
  }

  @Test
  void theGroupsOfAPatternAreCounted() {
    String pattern = "(".repeat(200) + "a*" + ")".repeat(200);
    String expression = "$match($pad('', 2000000, 'a'), /%s/)".formatted(pattern);

    assertThatThrownBy(() -> PluginRun.of(plugin(), input("1", expression)).run())
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("makes more than");
  }

  @Test
  void anEndlessExpressionEndsWithTheJobsTime() {
    PluginContext context =
        new EndingContext(
            PluginRun.of(plugin(), input("1", "($f := function() {$f()}; $f())")),
            new AtomicInteger(1_000));

    assertThatThrownBy(() -> plugin().run(context)).isInstanceOf(CancellationException.class);
  }

  private static String input(String data, String expression) {
    return "{\"data\": %s, \"options\": {\"json-transform\": {\"expression\": \"%s\"}}}"
        .formatted(data, expression);
  }

  /** Is cancelled when it has been asked often enough. */
  private record EndingContext(PluginRun run, AtomicInteger asks) implements PluginContext {

    @Override
    public String jobId() {
      return run.jobId();
    }

    @Override
    public String pluginName() {
      return run.pluginName();
    }

    @Override
    public JsonNode input() {
      return run.input();
    }

    @Override
    public List<EarlierResult> earlier() {
      return run.earlier();
    }

    @Override
    public PluginMetrics metrics() {
      return run.metrics();
    }

    @Override
    public Instant deadline() {
      return run.deadline();
    }

    @Override
    public int attempt() {
      return 1;
    }

    @Override
    public boolean cancelled() {
      return asks.decrementAndGet() < 0;
    }
  }
}
