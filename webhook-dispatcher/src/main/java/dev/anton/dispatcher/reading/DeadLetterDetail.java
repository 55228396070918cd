package dev.anton.dispatcher.reading;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A dead letter with all that is known of it. */
@Schema(name = "DeadLetterDetail")
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeadLetterDetail(
    @JsonUnwrapped DeadLetterView letter,
    @Schema(description = "Every attempt") List<AttemptView> attemptLog,
    @Schema(description = "Absent once Kafka's retention has taken it") @Nullable Original record) {

  /** The event's record as it lay on its topic. */
  @Schema(name = "DeadLetterRecord")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Original(
      @Schema(description = "Where it lay; by now it may be gone there") @Nullable String topic,
      @Nullable Integer partition,
      @Nullable Long offset,
      @Nullable String key,
      @Schema(description = "In their order; what is no text has U+FFFD in it")
          List<HeaderView> headers,
      @Schema(description = "The event's data, byte for byte", type = "object") @JsonRawValue
          String payload,
      @Schema(description = "The same bytes") String payloadBase64) {}

  /** A header of the record. */
  @Schema(name = "RecordHeader")
  record HeaderView(String name, @Nullable String value) {}
}
