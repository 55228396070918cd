package dev.anton.executor.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.executor.plugin.JarSources;
import dev.anton.fixtures.BackendsTest;
import dev.anton.fixtures.KafkaBackend;
import dev.anton.plugin.JobPlugin;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** What jobs and the executor make of the plugins that are installed, those of jars included. */
@BackendsTest(role = "executor")
@SpringBootTest(
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {"anton.jobs.poll-interval=50ms", "anton.plugins.settings.from-a-jar.word=hello"})
class JobPluginsTest {

  private static JobEventLog events;

  @Autowired private MeterRegistry registry;
  @LocalServerPort private int port;
  private JobsApi api;

  @DynamicPropertySource
  static void jars(DynamicPropertyRegistry registry) throws IOException {
    Path folder = Files.createTempDirectory("anton-plugins");
    new JarSources()
        .service(JobPlugin.class, "theirs.FromAJar")
        .type(
            "theirs.FromAJar",
            """
            package theirs;

            import dev.anton.plugin.*;
            import tools.jackson.databind.node.JsonNodeFactory;

            @Plugin(
                name = "from-a-jar", description = "Says a word",
                inputSchema = "{}", outputSchema = "{\\"type\\": \\"string\\"}")
            public class FromAJar implements JobPlugin {
              public PluginResult run(PluginContext context) {
                boolean own = Thread.currentThread().getContextClassLoader()
                    == FromAJar.class.getClassLoader();
                context.metrics().processed(1);
                return new PluginResult(JsonNodeFactory.instance.stringNode(
                    context.settings().get("word") + " " + own));
              }
            }
            """)
        .jar(folder.resolve("theirs.jar"));
    Files.writeString(folder.resolve("damaged.jar"), "this is no zip");
    registry.add("anton.plugins.dir", folder::toString);
  }

  @BeforeAll
  static void listen(KafkaBackend kafka) {
    events = new JobEventLog(kafka);
  }

  @AfterAll
  static void stopListening() {
    events.close();
  }

  @BeforeEach
  void connect() {
    api = new JobsApi(port);
  }

  @Test
  void aPluginOfAJarRunsWithItsSettingsAndItsClassLoader() {
    String id = api.submit("{\"input\": {\"data\": 1}, \"plugins\": [\"from-a-jar\"]}");

    assertThat(api.awaitStatus(id, "completed").path("result").path("outputs").toString())
        .isEqualTo("[{\"from-a-jar\":\"hello true\"}]");
    assertThat(api.get("/api/plugins").body().path("data").findValuesAsString("name"))
        .contains("from-a-jar", "http-request", "json-transform");
  }

  @Test
  void aJarThatCannotBeUsedIsSeenInHealthAndMetric() {
    JsonNode plugins = api.get("/actuator/health").body().path("components").path("plugins");

    assertThat(plugins.path("status").asString()).isEqualTo("DEGRADED");
    assertThat(plugins.path("details").path("jars").toString()).isEqualTo("[\"theirs.jar\"]");
    assertThat(plugins.path("details").path("refused").path("damaged.jar").asString())
        .contains("cannot be read as a jar");
    assertThat(registry.get("anton.plugins.jars.refused").gauge().value()).isEqualTo(1);
    assertThat(registry.get("anton.plugins.jars").gauge().value()).isEqualTo(1);
    assertThat(api.get("/actuator/health/readiness").status()).isEqualTo(200);
  }

  @Test
  void aSecretAmongTheOptionsIsInNoEventAndNoAnswer() {
    JobsApi.Answer answer =
        api.post(
            "/api/jobs",
            """
            {
              "input": {
                "data": 1,
                "options": {
                  "http-request": {
                    "url": "http://127.0.0.1:9/", "headers": {"Authorization": "Bearer s3cret"}
                  },
                  "not-installed": {"token": "s3cret"}
                }
              },
              "plugins": ["http-request"]
            }
            """);
    String id = answer.body().path("jobId").asString();
    JsonNode job = api.awaitStatus(id, "failed");
    List<JobEventLog.Event> all = events.awaitAll(id);

    assertThat(job.path("error").asString()).contains("a loopback address");
    assertThat(answer.text() + job + all).doesNotContain("s3cret");
    assertThat(all.getFirst().data().at("/config/input/options/http-request/headers").asString())
        .isEqualTo("***");
    assertThat(all.getFirst().data().at("/config/input/options/not-installed").asString())
        .isEqualTo("***");
  }

  @Test
  void dataThatAPluginCannotWorkOnFailsTheJobForGood() {
    String id =
        api.submit(
            """
            {"input": {"data": [1]}, "plugins": ["example-plugin", "csv-parse"], "retries": 3}
            """);

    assertThat(api.awaitStatus(id, "failed").path("error").asString())
        .startsWith("csv-parse cannot work on its data");
  }
}
