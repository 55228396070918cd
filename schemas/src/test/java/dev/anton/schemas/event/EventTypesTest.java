package dev.anton.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.anton.schemas.json.WireJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventTypesTest {

  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  @Test
  void knowsEveryEventOfTheContract() {
    assertThat(EventTypes.names())
        .containsExactlyInAnyOrder(
            "plan.started",
            "plan.step",
            "plan.completed",
            "plan.failed",
            "plan.cancelled",
            "execution.started",
            "execution.completed",
            "execution.failed",
            "execution.cancelled",
            "node.started",
            "node.completed",
            "node.failed",
            "node.skipped",
            "node.cancelled",
            "job.started",
            "job.progress",
            "job.completed",
            "job.failed",
            "job.cancelled",
            "webhook.test",
            "webhook.disabled",
            "webhook.exhausted",
            "webhook.recovered");
  }

  @ParameterizedTest
  @MethodSource("dev.anton.schemas.event.EventTypes#names")
  void theExampleSatisfiesTheSchema(String name) {
    assertThat(
            SCHEMAS
                .getSchema(EventTypes.schema(name), InputFormat.JSON)
                .validate(EventTypes.example(name), InputFormat.JSON))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("dev.anton.schemas.event.EventTypes#names")
  void theRecordReadsAndWritesTheExampleWithoutLoss(String name) {
    EventData data =
        WireJson.mapper()
            .readValue(EventTypes.example(name), EventTypes.dataClass(name).orElseThrow());

    assertThat(EventTypes.nameOf(data)).isEqualTo(name);
    assertThat(WireJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(data))
        .isEqualToIgnoringWhitespace(EventTypes.example(name));
  }

  @ParameterizedTest
  @MethodSource("dev.anton.schemas.event.EventTypes#names")
  void theSchemaRefusesAnEmptyObject(String name) {
    assertThat(
            SCHEMAS
                .getSchema(EventTypes.schema(name), InputFormat.JSON)
                .validate("{}", InputFormat.JSON))
        .isNotEmpty();
  }

  @Test
  void prefixesOfBuiltInEventsAreTaken() {
    assertThat(EventTypes.hasReservedPrefix("plan.archived")).isTrue();
    assertThat(EventTypes.hasReservedPrefix("webhook")).isTrue();
    assertThat(EventTypes.hasReservedPrefix("planet.discovered")).isFalse();
  }

  @Test
  void anUnknownNameHasNoSchema() {
    assertThatThrownBy(() -> EventTypes.schema("../secret"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
