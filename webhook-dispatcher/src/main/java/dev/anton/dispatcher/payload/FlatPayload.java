package dev.anton.dispatcher.payload;

import dev.anton.schemas.event.EventTypes;
import dev.anton.schemas.event.JobEvent;
import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.kafka.EventRecord;
import dev.anton.schemas.time.Timestamps;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;

/**
 * The Playground's body: a job's fields beside its status and time. Events of other kinds have
 * their data's fields beside the event's name and time.
 */
final class FlatPayload {

  private static final String JOB_PREFIX = "job.";

  private FlatPayload() {}

  static byte[] render(EventRecord event) {
    List<JsonMembers.Member> members = JsonMembers.of(event.data());
    if (members.isEmpty()) {
      return notAnObject(event);
    }
    return event.type().startsWith(JOB_PREFIX) && EventTypes.isBuiltIn(event.type())
        ? job(event, members)
        : other(event, members);
  }

  private static byte[] job(EventRecord event, List<JsonMembers.Member> members) {
    String status = event.type().substring(JOB_PREFIX.length());
    if (status.equals("cancelled")) {
      return cancelled(event);
    }
    JsonBytes json = new JsonBytes(event.data().length + 100);
    json.raw("{\"status\":").quoted(status);
    members.stream().filter(m -> m.name().equals("jobId")).forEach(m -> add(json, event, m));
    json.raw(",\"timestamp\":\"").raw(Timestamps.format(event.time())).raw("\"");
    addAll(json, event, members, Set.of("status", "jobId", "timestamp"));
    return json.raw("}").toByteArray();
  }

  /** The Playground knows no cancelled job: it is one that failed with the error "cancelled". */
  private static byte[] cancelled(EventRecord event) {
    byte[] failed;
    try {
      JobEvent.Cancelled data = WireJson.read(event.data(), JobEvent.Cancelled.class);
      JobEvent.Progress progress = data.progress();
      failed =
          WireJson.write(
              new JobEvent.Failed(
                  data.jobId(),
                  "cancelled",
                  new JobEvent.Progress(
                      "failed",
                      "cancelled",
                      progress.completedPlugins(),
                      progress.currentPlugin())));
    } catch (JacksonException e) {
      return notAnObject(event);
    }
    return job(
        new EventRecord(
            event.id(),
            "job.failed",
            event.source(),
            event.time(),
            event.subject(),
            event.tenant(),
            event.key(),
            event.sequence(),
            event.traceparent(),
            failed),
        JsonMembers.of(failed));
  }

  private static byte[] other(EventRecord event, List<JsonMembers.Member> members) {
    JsonBytes json = start(event);
    addAll(json, event, members, Set.of("event", "timestamp"));
    return json.raw("}").toByteArray();
  }

  private static byte[] notAnObject(EventRecord event) {
    JsonBytes json = start(event);
    return json.raw(",\"data\":").raw(event.data()).raw("}").toByteArray();
  }

  private static JsonBytes start(EventRecord event) {
    return new JsonBytes(event.data().length + 120)
        .raw("{\"event\":")
        .quoted(event.type())
        .raw(",\"timestamp\":\"")
        .raw(Timestamps.format(event.time()))
        .raw("\"");
  }

  /** Fields that the envelope has already are left out: a JSON object names a field once. */
  private static void addAll(
      JsonBytes json, EventRecord event, List<JsonMembers.Member> members, Set<String> taken) {
    for (JsonMembers.Member member : members) {
      if (!taken.contains(member.name())) {
        add(json, event, member);
      }
    }
  }

  private static void add(JsonBytes json, EventRecord event, JsonMembers.Member member) {
    json.raw(",").raw(event.data(), member.from(), member.to());
  }
}
