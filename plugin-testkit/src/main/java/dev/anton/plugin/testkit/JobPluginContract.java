package dev.anton.plugin.testkit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.anton.plugin.JobPlugin;
import dev.anton.plugin.PluginDescriptor;
import dev.anton.plugin.PluginResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an executor relies on in every plugin. A plugin's test extends this, gives the plugin and
 * runs that succeed, and adds its own cases.
 */
public abstract class JobPluginContract {

  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private static final JsonNode META_SCHEMA =
      JsonMapper.shared()
          .readTree("{\"$ref\": \"" + SpecificationVersion.DRAFT_2020_12.getDialectId() + "\"}");

  /** A new instance. */
  protected abstract JobPlugin plugin();

  /** Inputs of jobs that succeed, as JSON text; at least one. */
  protected abstract List<String> goodInputs();

  /** Inputs of jobs whose data or options the schemas refuse, as JSON text. */
  protected abstract List<String> badInputs();

  /** The operator's settings under which the inputs above are good and bad. */
  protected Map<String, String> settings() {
    return Map.of();
  }

  /** Whether equal inputs give equal outputs; a plugin that asks the world does not promise it. */
  protected boolean deterministic() {
    return true;
  }

  @Test
  void isFoundByServiceLoader() {
    assertThat(ServiceLoader.load(JobPlugin.class))
        .as("META-INF/services/%s names the plugin", JobPlugin.class.getName())
        .hasAtLeastOneElementOfType(plugin().getClass());
  }

  @Test
  void describesItselfWithValidSchemas() {
    PluginDescriptor descriptor = descriptor();

    for (JsonNode schema :
        List.of(descriptor.inputSchema(), descriptor.optionsSchema(), descriptor.outputSchema())) {
      assertConforms(META_SCHEMA, schema, "as a JSON Schema");
    }
    assertThat(descriptor.optionsSchema().path("properties").has("from"))
        .as("every plugin takes the option \"from\"")
        .isTrue();
  }

  @Test
  void takesInputsThatItsSchemasTakeAndReturnsWhatItsSchemaSays() throws Exception {
    assertThat(goodInputs()).isNotEmpty();
    for (String input : goodInputs()) {
      PluginRun run = run(input);

      PluginResult result = run.run();

      assertConforms(descriptor().inputSchema(), run.data(), "as data of " + input);
      assertConforms(descriptor().optionsSchema(), run.options(), "as options of " + input);
      assertConforms(descriptor().outputSchema(), result.output(), "as output of " + input);
      assertThat(JsonMapper.shared().writeValueAsBytes(result.output()))
          .hasSizeLessThanOrEqualTo(PluginResult.MAX_OUTPUT_BYTES);
    }
  }

  @Test
  void itsSchemasRefuseBadInputs() {
    for (String input : badInputs()) {
      PluginRun run = run(input);
      assertThat(
              run.data().isMissingNode()
                  || !errors(descriptor().inputSchema(), run.data()).isEmpty()
                  || !errors(descriptor().optionsSchema(), run.options()).isEmpty())
          .as("the schemas refuse %s", input)
          .isTrue();
    }
  }

  @Test
  void leavesItsInputAsItWas() throws Exception {
    for (String input : goodInputs()) {
      PluginRun run = run(input);
      run.run();
      assertThat(run.input()).isEqualTo(JsonMapper.shared().readTree(input));
    }
  }

  @Test
  void oneInstanceServesManyRunsAtATime() throws Exception {
    if (!deterministic()) {
      return;
    }
    JobPlugin shared = plugin();
    List<Callable<JsonNode>> runs = new ArrayList<>();
    List<JsonNode> expected = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      for (String input : goodInputs()) {
        expected.add(run(input).run().output());
        runs.add(() -> PluginRun.of(shared, input).with(settings()).run().output());
      }
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<JsonNode> outputs = new ArrayList<>();
      for (Future<JsonNode> future : threads.invokeAll(runs)) {
        outputs.add(future.get());
      }
      assertThat(outputs).isEqualTo(expected);
    }
  }

  @Test
  void leavesWhenItsResultIsNoLongerWanted() {
    for (String input : goodInputs()) {
      assertThatThrownBy(() -> run(input).afterCancel().run())
          .as("checkCancelled() is called at least once a run")
          .isInstanceOfAny(CancellationException.class, InterruptedException.class);
    }
  }

  private PluginRun run(String input) {
    return PluginRun.of(plugin(), input).with(settings());
  }

  private PluginDescriptor descriptor() {
    return PluginDescriptor.of(plugin());
  }

  private static void assertConforms(JsonNode schema, JsonNode value, String as) {
    assertThat(errors(schema, value)).as("%s %s", value, as).isEmpty();
  }

  private static List<String> errors(JsonNode schema, JsonNode value) {
    return SCHEMAS.getSchema(schema).validate(value).stream()
        .map(error -> requireNonNull(error.toString()))
        .toList();
  }
}
