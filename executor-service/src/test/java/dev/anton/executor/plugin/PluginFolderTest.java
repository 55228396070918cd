package dev.anton.executor.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.anton.executor.plugin.Installation.RefusedJar;
import dev.anton.plugin.JobPlugin;
import dev.anton.plugin.runner.NodeResult;
import dev.anton.plugin.runner.NodeRunner;
import dev.anton.plugin.testkit.PluginRun;
import dev.anton.plugin.testkit.RunnerAttempt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import tools.jackson.databind.JsonNode;

class PluginFolderTest {

  @TempDir Path folder;
  private PluginFolder opened;

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
    }
  }

  @Test
  void aJarBringsPluginsAndRunners() throws Exception {
    plugin("greeting", "Theirs")
        .service(NodeRunner.class, "theirs.Greeter")
        .type(
            "theirs.Greeter",
            """
            package theirs;

            import dev.anton.plugin.runner.*;

            @RunnerName("greeter")
            public class Greeter implements NodeRunner {
              public NodeResult run(NodeContext context) {
                return NodeResult.failed("hello " + context.nodeId());
              }
            }
            """)
        .jar(folder.resolve("theirs.jar"));

    Installation installation = open();

    assertThat(installation.refused()).isEmpty();
    assertThat(installation.plugins().get("greeting").source()).isEqualTo("theirs.jar");
    assertThat(installation.runners().get("greeter").instance().run(RunnerAttempt.in(folder, "{}")))
        .isEqualTo(NodeResult.failed("hello node"));
    assertThat(installation.plugins()).containsKeys("example-plugin", "http-request");
  }

  /** It has a class of the name of one of ours, and another version of a library that we have. */
  @Test
  void theClassesOfAJarAreItsOwn() throws Exception {
    plugin("isolated", "Isolated")
        .type(
            "dev.anton.plugin.builtin.FieldPath",
            "package dev.anton.plugin.builtin; public class FieldPath { public static String who()"
                + " { return \"theirs\"; } }")
        .type(
            "org.jsoup.Jsoup",
            "package org.jsoup; public class Jsoup { public static String version() { return"
                + " \"0.1\"; } }")
        .jar(folder.resolve("isolated.jar"));

    JsonNode output = run(open(), "isolated");

    assertThat(output.path("fieldPath").asString()).isEqualTo("theirs");
    assertThat(output.path("jsoup").asString()).isEqualTo("0.1");
    assertThat(output.path("seesOurs").asBoolean()).isFalse();
    assertThat(output.path("seesSpring").asBoolean()).isFalse();
    assertThat(Class.forName("org.jsoup.Jsoup").getMethods())
        .as("ours is the library's")
        .noneMatch(method -> method.getName().equals("version"));
  }

  @Test
  void whatIsBrokenIsNamedAndTheRestIsUsed() throws Exception {
    Files.writeString(folder.resolve("a-damaged.jar"), "this is no zip");
    new JarSources().jar(folder.resolve("b-empty.jar"));
    new JarSources()
        .service(JobPlugin.class, "no.such.Plugin")
        .jar(folder.resolve("c-missing-class.jar"));
    plugin("throwing", "Throwing", "public Throwing() { throw new IllegalStateException(\"no\"); }")
        .jar(folder.resolve("d-throws.jar"));
    plugin("bad NAME", "Named").jar(folder.resolve("e-bad-name.jar"));
    plugin("good", "Good").jar(folder.resolve("f-good.jar"));

    Installation installation = open();

    assertThat(installation.refused())
        .extracting(RefusedJar::jar)
        .containsExactly(
            "a-damaged.jar",
            "b-empty.jar",
            "c-missing-class.jar",
            "d-throws.jar",
            "e-bad-name.jar");
    assertThat(installation.refused())
        .extracting(RefusedJar::reason)
        .satisfiesExactly(
            reason -> assertThat(reason).contains("cannot be read as a jar"),
            reason -> assertThat(reason).contains("names no plugin and no runner"),
            reason -> assertThat(reason).contains("no.such.Plugin"),
            reason -> assertThat(reason).contains("Throwing").contains("IllegalStateException: no"),
            reason -> assertThat(reason).contains("bad NAME"));
    assertThat(run(installation, "good").isObject()).isTrue();
  }

  @Test
  void aNameThatIsTakenIsRefusedAndBothAreNamed() throws Exception {
    plugin("example-plugin", "Usurper").jar(folder.resolve("a.jar"));
    plugin("twice", "First").jar(folder.resolve("b.jar"));
    plugin("twice", "Second").jar(folder.resolve("c.jar"));

    Installation installation = open();

    assertThat(installation.refused())
        .extracting(RefusedJar::reason)
        .containsExactly(
            "two are called example-plugin: dev.anton.plugin.builtin.ExamplePlugin (built-in)"
                + " and theirs.Usurper (a.jar)",
            "two are called twice: theirs.First (b.jar) and theirs.Second (c.jar)");
    assertThat(installation.plugins().get("twice").source()).isEqualTo("b.jar");
  }

  @Test
  void theHealthNamesWhatIsNotUsed() throws Exception {
    plugin("good", "Good").jar(folder.resolve("good.jar"));
    Health healthy = new PluginHealthIndicator(open()).health();
    Files.writeString(folder.resolve("damaged.jar"), "this is no zip");

    Health degraded = new PluginHealthIndicator(open()).health();

    assertThat(healthy.getStatus()).isEqualTo(Status.UP);
    assertThat(healthy.getDetails()).containsEntry("jars", List.of("good.jar"));
    assertThat(degraded.getStatus()).isEqualTo(PluginHealthIndicator.DEGRADED);
    assertThat(degraded.getDetails().get("refused"))
        .asInstanceOf(InstanceOfAssertFactories.map(String.class, String.class))
        .containsOnlyKeys("damaged.jar");
  }

  @Test
  void aFolderThatIsMissingHoldsNothing() {
    opened = new PluginFolder(folder.resolve("none"));

    assertThat(opened.installation().jars()).isEmpty();
    assertThat(opened.installation().refused()).isEmpty();
  }

  @Test
  void twoOfOneNameThatComeAlongDoNotStart() {
    JobPlugin one = PluginCatalogue.onClassPath().find("example-plugin").orElseThrow().plugin();

    assertThatIllegalStateException()
        .isThrownBy(() -> new Installation(List.of(one, one), List.of()))
        .withMessageContaining("two are called example-plugin");
  }

  private Installation open() throws IOException {
    if (opened != null) {
      opened.close();
    }
    opened = new PluginFolder(folder);
    return opened.installation();
  }

  private static JsonNode run(Installation installation, String name) throws Exception {
    return PluginRun.of(installation.plugins().get(name).instance(), "{\"data\": 1}")
        .run()
        .output();
  }

  private static JarSources plugin(String name, String type) {
    return plugin(name, type, "");
  }

  /** A plugin that says which classes it sees. */
  private static JarSources plugin(String name, String type, String member) {
    return new JarSources()
        .service(JobPlugin.class, "theirs." + type)
        .type(
            "theirs." + type,
            """
            package theirs;

            import dev.anton.plugin.*;
            import tools.jackson.databind.node.*;

            @Plugin(name = "%s", description = "x", inputSchema = "{}", outputSchema = "{}")
            public class %s implements JobPlugin {
              %s

              public PluginResult run(PluginContext context) {
                ObjectNode output = JsonNodeFactory.instance.objectNode();
                output.put("fieldPath", call("dev.anton.plugin.builtin.FieldPath", "who"));
                output.put("jsoup", call("org.jsoup.Jsoup", "version"));
                output.put("seesOurs", sees("dev.anton.executor.plugin.Installation"));
                output.put("seesSpring", sees("org.springframework.boot.SpringApplication"));
                return new PluginResult(output);
              }

              private static String call(String type, String method) {
                try {
                  return String.valueOf(Class.forName(type).getMethod(method).invoke(null));
                } catch (ReflectiveOperationException e) {
                  return e.toString();
                }
              }

              private static boolean sees(String type) {
                try {
                  Class.forName(type);
                  return true;
                } catch (ClassNotFoundException e) {
                  return false;
                }
              }
            }
            """
                .formatted(name, type, member));
  }
}
