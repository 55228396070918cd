package dev.anton.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anton.plugin.PluginContext.EarlierResult;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PluginContextTest {

  private static final EarlierResult FIRST = new EarlierResult("first", json("1"));
  private static final EarlierResult SECOND = new EarlierResult("second", json("2"));

  @Test
  void theFirstPluginWorksOnTheInputsData() {
    assertThat(context("{\"data\": 7}").data()).isEqualTo(json("7"));
  }

  @Test
  void aLaterPluginWorksOnTheOutputOfTheOneBefore() {
    assertThat(context("{\"data\": 7}", FIRST, SECOND).data()).isEqualTo(json("2"));
  }

  @Test
  void theOptionFromChoosesTheInputOrAnEarlierPlugin() {
    assertThat(
            context("{\"data\": 7, \"options\": {\"own\": {\"from\": \"input\"}}}", FIRST).data())
        .isEqualTo(json("7"));
    assertThat(context("{\"options\": {\"own\": {\"from\": \"first\"}}}", FIRST, SECOND).data())
        .isEqualTo(json("1"));
  }

  @Test
  void aFromThatNamesNoEarlierPluginFailsForGoodAndNamesThem() {
    PluginContext context = context("{\"options\": {\"own\": {\"from\": \"third\"}}}", FIRST);

    assertThatThrownBy(context::data)
        .isInstanceOfSatisfying(PluginException.class, e -> assertThat(e.isRetryable()).isFalse())
        .hasMessageContaining("[first]");
  }

  @Test
  void anInputThatIsNoObjectIsDataItself() {
    assertThat(context("\"text\"").data()).isEqualTo(json("\"text\""));
  }

  @Test
  void dataThatIsNotThereIsAMissingNode() {
    assertThat(context("{}").data().isMissingNode()).isTrue();
  }

  @Test
  void optionsAreThoseOfThePluginAndOtherwiseEmpty() {
    assertThat(context("{\"options\": {\"own\": {\"x\": 1}, \"other\": {}}}").options())
        .isEqualTo(json("{\"x\": 1}"));
    assertThat(context("{\"options\": []}").options()).isEqualTo(json("{}"));
  }

  @Test
  void aRunThatIsNoLongerWantedLeaves() {
    PluginContext context = new FixedContext(json("{}"), List.of(), true);

    assertThatThrownBy(context::checkCancelled).isInstanceOf(CancellationException.class);
  }

  private static PluginContext context(String input, EarlierResult... earlier) {
    return new FixedContext(json(input), List.of(earlier), false);
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  private record FixedContext(JsonNode input, List<EarlierResult> earlier, boolean cancelled)
      implements PluginContext {

    @Override
    public String jobId() {
      return "job_1";
    }

    @Override
    public String pluginName() {
      return "own";
    }

    @Override
    public PluginMetrics metrics() {
      return new PluginMetrics();
    }

    @Override
    public Instant deadline() {
      return Instant.MAX;
    }

    @Override
    public int attempt() {
      return 1;
    }
  }
}
