package dev.anton.executor.view;

import dev.anton.api.problem.ProblemException;
import dev.anton.executor.log.NodeLogs;
import dev.anton.executor.output.NodeOutputFiles;
import dev.anton.schemas.id.Tenant;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What one node says and hands on. */
@RestController
@RequestMapping("/api/executions/{executionId}/nodes/{nodeId}")
class NodeController {

  /**
   * A client that wants more asks again, which those of events do by themselves; one that has gone
   * is not noticed sooner in a text.
   */
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private static final MediaType TEXT = new MediaType("text", "plain", StandardCharsets.UTF_8);

  private final ExecutionViews views;
  private final NodeLogs logs;
  private final Followers followers = new Followers();

  NodeController(ExecutionViews views, NodeLogs logs) {
    this.views = views;
    this.logs = logs;
  }

  /** What the node has written so far; empty if it has written nothing. */
  @GetMapping(path = "/log", params = "follow!=true")
  ResponseEntity<Resource> log(
      Tenant tenant, @PathVariable String executionId, @PathVariable String nodeId) {
    views.nodeState(tenant, executionId, nodeId);
    Optional<Path> file = logs.find(tenant, executionId, nodeId);
    Resource text =
        file.isPresent() ? new FileSystemResource(file.get()) : new ByteArrayResource(new byte[0]);
    return ResponseEntity.ok().contentType(TEXT).body(text);
  }

  /**
   * What the node writes, until it has ended; as text, or as server-sent events if they are
   * accepted, which can be resumed by {@code Last-Event-ID}. After half an hour either is broken
   * off; events then have no last one named {@code end}.
   */
  @GetMapping(path = "/log", params = "follow=true")
  void follow(
      Tenant tenant,
      @PathVariable String executionId,
      @PathVariable String nodeId,
      @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
      HttpServletResponse response)
      throws IOException, InterruptedException {
    views.nodeState(tenant, executionId, nodeId);
    long offset = offset(lastEventId);
    if (!followers.enter(tenant)) {
      throw new ProblemException(
          HttpStatus.TOO_MANY_REQUESTS,
          "too-many-followers",
          "At most "
              + Followers.MAX
              + " logs can be followed at a time, by a tenant half of what the"
              + " others leave; try again",
          List.of());
    }
    try {
      boolean events = accept != null && accept.contains(MediaType.TEXT_EVENT_STREAM_VALUE);
      response.setContentType(events ? MediaType.TEXT_EVENT_STREAM_VALUE : TEXT.toString());
      response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
      // For an nginx in front, which would hold lines back.
      response.setHeader("X-Accel-Buffering", "no");
      response.flushBuffer();
      LogSink sink =
          events
              ? new LogSink.Events(response.getOutputStream())
              : new LogSink.Text(response.getOutputStream());
      boolean ended =
          logs.follow(tenant, executionId, nodeId, offset)
              .follow(() -> hasEnded(tenant, executionId, nodeId), LONGEST, sink);
      if (ended) {
        sink.end(views.nodeState(tenant, executionId, nodeId).wireName());
      }
    } finally {
      followers.leave(tenant);
    }
  }

  /** All of what a completed node has handed on, however large it is. */
  @GetMapping("/output")
  ResponseEntity<Resource> output(
      Tenant tenant, @PathVariable String executionId, @PathVariable String nodeId) {
    ExecutionViews.Output output =
        views
            .output(tenant, executionId, nodeId)
            .orElseThrow(
                () ->
                    ProblemException.notFound(
                        "output of node", nodeId + " of execution " + executionId));
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body(output, nodeId));
  }

  private static Resource body(ExecutionViews.Output output, String nodeId) {
    try {
      return NodeOutputFiles.file(output.project(), output.json())
          .<Resource>map(FileSystemResource::new)
          .orElseGet(
              () ->
                  new ByteArrayResource(output.json().toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchFileException e) {
      throw ProblemException.notFound("file of the output of node", nodeId);
    }
  }

  private boolean hasEnded(Tenant tenant, String executionId, String nodeId) {
    try {
      return views.nodeState(tenant, executionId, nodeId).isFinal();
    } catch (DataAccessException | TransactionException e) {
      // Lines go on coming while the database is away.
      return false;
    }
  }

  private static long offset(@Nullable String lastEventId) {
    if (lastEventId == null || lastEventId.isBlank()) {
      return 0;
    }
    try {
      return Math.max(0, Long.parseLong(lastEventId.strip()));
    } catch (NumberFormatException e) {
      throw ProblemException.badInput(
          "invalid-last-event-id", "", "Last-Event-ID is the id of an event of this stream");
    }
  }
}
