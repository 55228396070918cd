package dev.anton.dispatcher.stream;

import dev.anton.schemas.id.Tenant;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class StreamController {

  private static final String EVENT_STREAM = MediaType.TEXT_EVENT_STREAM_VALUE;

  private final EventStreams streams;

  StreamController(EventStreams streams) {
    this.streams = streams;
  }

  @GetMapping(path = "/api/events/stream", produces = EVENT_STREAM)
  @Operation(
      summary = "Events as they happen, as server-sent events",
      description =
          """
          `id` is the event's id, `event` its type, `data` a line of JSON: `{"id", "event", \
          "timestamp", "key", "data"}`. A client that connects again with the last id it saw in \
          `Last-Event-ID` (browsers do so by themselves) gets what it missed and then goes on live; \
          events of the seconds before may come once more, under the same id. Comments keep a quiet \
          stream open, and say why a stream is closed: a client that reads too slowly is.\
          """)
  @ApiResponse(
      responseCode = "200",
      description = "The stream",
      content = @Content(mediaType = EVENT_STREAM, schema = @Schema(type = "string")))
  @ApiResponse(
      responseCode = "410",
      description = "What came since Last-Event-ID is not streamed any more",
      content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE))
  @ApiResponse(
      responseCode = "429",
      description = "Too many streams are open",
      content = @Content(mediaType = MediaType.APPLICATION_PROBLEM_JSON_VALUE))
  void stream(
      Tenant tenant,
      @Parameter(
              description =
                  "A name, a prefix such as `plan.*`, or `*`; repeated or separated by commas")
          @RequestParam(required = false)
          @Nullable List<String> type,
      @Parameter(description = "What they belong to: a session, an execution, a job")
          @RequestParam(required = false)
          @Nullable String key,
      @Parameter(description = "The id of the event to go on after")
          @RequestHeader(name = "Last-Event-ID", required = false)
          @Nullable String lastEventId,
      HttpMethod method,
      HttpServletResponse response) {
    if (method.equals(HttpMethod.HEAD)) {
      // Nothing would ever be written, and so nobody would notice that the client has left.
      response.setContentType(EVENT_STREAM);
      return;
    }
    // An EventSource that saw no id yet sends none, but other clients send an empty one.
    String last = lastEventId == null || lastEventId.isBlank() ? null : lastEventId.strip();
    streams.stream(
        new EventStreams.Request(tenant, StreamFilter.parse(type, key), last),
        () -> {
          response.setContentType(EVENT_STREAM);
          response.setCharacterEncoding("UTF-8");
          response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
          // For an nginx in front, which would hold events back.
          response.setHeader("X-Accel-Buffering", "no");
          return response.getOutputStream();
        });
  }
}
