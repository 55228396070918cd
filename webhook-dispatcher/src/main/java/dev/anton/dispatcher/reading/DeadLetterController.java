package dev.anton.dispatcher.reading;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.api.page.Page;
import dev.anton.api.page.PageRequest;
import dev.anton.api.problem.ProblemException;
import dev.anton.dispatcher.deadletter.DeadLetterHeaders;
import dev.anton.dispatcher.eventlog.EventLog;
import dev.anton.dispatcher.reading.DeadLetterDetail.HeaderView;
import dev.anton.dispatcher.reading.DeadLetterDetail.Original;
import dev.anton.schemas.id.Tenant;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/dead-letters")
class DeadLetterController {

  private final DeadLetterReads letters;
  private final DeliveryReads deliveries;
  private final EventLog log;

  DeadLetterController(DeadLetterReads letters, DeliveryReads deliveries, EventLog log) {
    this.letters = letters;
    this.deliveries = deliveries;
    this.log = log;
  }

  @GetMapping
  @Operation(
      summary = "Dead letters, newest first",
      description =
          """
          `since` and `until` are of when they were given up. `reason` is an outcome (`refused`, \
          `timed_out`, `connection_failed`, `address_refused`) or a part of the reason's text.\
          """)
  Page<DeadLetterView> list(
      Tenant tenant,
      @RequestParam(required = false) @Nullable String webhookId,
      @RequestParam(required = false) @Nullable Instant since,
      @RequestParam(required = false) @Nullable Instant until,
      @RequestParam(required = false) @Nullable String reason,
      PageRequest page) {
    return Page.of(
        letters.list(tenant, webhookId, reason, new TimeRange(since, until), page),
        page,
        DeadLetterView::id);
  }

  @GetMapping("/{id}")
  @Operation(
      summary = "A dead letter with its attempts and the record as it lay on its topic",
      description = "`record` is absent once Kafka's retention has taken it.")
  DeadLetterDetail get(Tenant tenant, @PathVariable String id) {
    DeadLetterView letter =
        letters.find(tenant, id).orElseThrow(() -> ProblemException.notFound("dead letter", id));
    Original original =
        DeadLetterReads.position(letter)
            .flatMap(log::read)
            // Another record lies there if the topic was made anew.
            .filter(record -> id.equals(text(record.headers(), DeadLetterHeaders.ID)))
            .map(DeadLetterController::original)
            .orElse(null);
    return new DeadLetterDetail(
        letter, deliveries.attempts(letter.deliveryId(), letter.event().timestamp()), original);
  }

  private static Original original(ConsumerRecord<byte[], byte[]> record) {
    String partition = text(record.headers(), DeadLetterHeaders.PARTITION);
    String offset = text(record.headers(), DeadLetterHeaders.OFFSET);
    Headers headers = new RecordHeaders(record.headers());
    DeadLetterHeaders.removeFrom(headers);
    return new Original(
        text(record.headers(), DeadLetterHeaders.TOPIC),
        partition == null ? null : Integer.valueOf(partition),
        offset == null ? null : Long.valueOf(offset),
        record.key() == null ? null : new String(record.key(), UTF_8),
        views(headers),
        new String(record.value(), UTF_8),
        Base64.getEncoder().encodeToString(record.value()));
  }

  private static List<HeaderView> views(Headers headers) {
    return StreamSupport.stream(headers.spliterator(), false)
        .map(header -> new HeaderView(header.key(), text(header)))
        .toList();
  }

  private static @Nullable String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null ? null : text(header);
  }

  private static @Nullable String text(Header header) {
    return header.value() == null ? null : new String(header.value(), UTF_8);
  }
}
