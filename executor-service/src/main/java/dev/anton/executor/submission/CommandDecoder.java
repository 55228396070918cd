package dev.anton.executor.submission;

import dev.anton.api.problem.ProblemException;
import dev.anton.executor.execution.ExecutionDefinition;
import dev.anton.executor.execution.ExecutionDefinition.Origin;
import dev.anton.executor.execution.ExecutionDefinition.ProjectFolder;
import dev.anton.executor.execution.ExecutionDefinition.RunSettings;
import dev.anton.executor.execution.NewExecution;
import dev.anton.executor.workspace.Workspace;
import dev.anton.schemas.command.StartExecution;
import dev.anton.schemas.json.WireJson;
import dev.anton.schemas.kafka.CloudEventHeaders;
import dev.anton.schemas.kafka.EventRecord;
import dev.anton.schemas.kafka.UndecodableEventException;
import dev.anton.schemas.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads {@link StartExecution} commands. */
@Component
class CommandDecoder {

  private static final Pattern EXECUTION_ID = Pattern.compile("exe_[0-9a-f]{32}");
  private static final Pattern SESSION_ID = Pattern.compile("ses_[0-9a-f]{32}");

  private final PlanAcceptance acceptance;
  private final SubmissionProperties properties;
  private final Workspace workspace;

  CommandDecoder(PlanAcceptance acceptance, SubmissionProperties properties, Workspace workspace) {
    this.acceptance = acceptance;
    this.properties = properties;
    this.workspace = workspace;
  }

  /**
   * @throws UndecodableEventException if the record is no command, or one that can never be carried
   *     out
   * @throws UncheckedIOException if nothing can be carried out now: the workspace is away
   */
  NewExecution decode(ConsumerRecord<String, byte[]> record) throws UndecodableEventException {
    EventRecord event = CloudEventHeaders.fromRecord(record);
    if (!event.type().equals(StartExecution.TYPE)) {
      throw new UndecodableEventException("There is no command " + event.type());
    }
    try {
      return execution(event, WireJson.mapper().readTree(event.data()));
    } catch (JacksonException e) {
      throw new UndecodableEventException("The command is no JSON");
    } catch (ProblemException e) {
      throw new UndecodableEventException("The plan cannot be run: " + e.getMessage());
    }
  }

  private NewExecution execution(EventRecord event, JsonNode command)
      throws UndecodableEventException {
    String executionId = id(command, "executionId", EXECUTION_ID);
    String sessionId = id(command, "sessionId", SESSION_ID);
    Plan plan = acceptance.acceptGraph(command.path("plan"), "/plan");
    String outputDir = command.path("outputDir").asString("");
    String projectName = plan.projectName().isEmpty() ? null : plan.projectName();
    int concurrency = command.path("maxConcurrency").asInt(properties.defaultConcurrency());
    return NewExecution.of(
        new ExecutionDefinition(
            executionId,
            new Origin(event.tenant(), sessionId, event.traceparent()),
            null,
            new ProjectFolder(projectName, folder(event, outputDir)),
            plan,
            new RunSettings(
                Math.clamp(concurrency, 1, properties.maxConcurrency()),
                command.path("failFast").asBoolean(true))),
        command.path("lastSequence").asLong(0));
  }

  private String folder(EventRecord event, String outputDir) throws UndecodableEventException {
    try {
      return workspace.projectFolder(event.tenant(), Path.of(outputDir)).toString();
    } catch (IOException | InvalidPathException e) {
      if (e instanceof IOException away && !workspace.isThere()) {
        throw new UncheckedIOException(away);
      }
      throw new UndecodableEventException(
          "The folder " + outputDir + " cannot be used: " + e.getMessage());
    }
  }

  private static String id(JsonNode command, String field, Pattern form)
      throws UndecodableEventException {
    String id = command.path(field).asString("");
    if (!form.matcher(id).matches()) {
      throw new UndecodableEventException("The command's " + field + " is missing or malformed");
    }
    return id;
  }
}
