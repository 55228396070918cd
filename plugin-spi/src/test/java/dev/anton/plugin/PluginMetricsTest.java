package dev.anton.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginMetricsTest {

  private final PluginMetrics metrics = new PluginMetrics();

  @Test
  void processedItemsAddUp() {
    metrics.processed(3);
    metrics.processed(4);

    assertThat(metrics.processedItems()).isEqualTo(7);
  }

  @Test
  void ownMetricsKeepTheirOrderAndTheirLastValue() {
    metrics.set("words", 1);
    metrics.set("ratio", 0.5);
    metrics.set("language", "en");
    metrics.set("words", 2);

    assertThat(metrics.own().toString()).isEqualTo("{words=2, ratio=0.5, language=\"en\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "processedItems", "duration", "With-Dash", "1st", "Upper"})
  void namesThatAreTakenOrNotCamelCaseAreRefused(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> metrics.set(name, 1));
  }

  @Test
  void valuesThatJsonOrAnEventCannotHoldAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> metrics.set("ratio", Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> metrics.set("text", "x".repeat(65)));
    assertThatIllegalArgumentException().isThrownBy(() -> metrics.set("text", "\u0000"));
    assertThatIllegalArgumentException().isThrownBy(() -> metrics.processed(-1));
  }

  @Test
  void thereAreNoMoreThanTwentyOfThem() {
    for (int i = 0; i < PluginMetrics.MAX_OWN; i++) {
      metrics.set("metric" + i, i);
    }
    metrics.set("metric0", 7);

    assertThatIllegalStateException().isThrownBy(() -> metrics.set("oneMore", 1));
  }
}
