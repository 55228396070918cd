package dev.anton.planner.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anton.planner.brief.ProjectBrief;
import dev.anton.planner.brief.Reading.Understood;
import dev.anton.planner.prompt.PromptReader;
import dev.anton.schemas.plan.Plan;
import dev.anton.schemas.plan.Plan.Node;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A project as the rules plan it, written into a folder as the executor would write it. */
record GeneratedProject(Plan plan, Path folder) {

  /** A project's tests take seconds; on a machine that does much else, minutes. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final TemplateCatalog CATALOG = new TemplateCatalog();

  static Plan plan(String prompt) {
    return plan(prompt, "demo-project");
  }

  static Plan plan(String prompt, String projectName) {
    ProjectBrief brief = ((Understood) PromptReader.read(prompt)).brief();
    ProjectTemplate template =
        CATALOG.forBrief(brief).orElseThrow(() -> new AssertionError(brief.summary()));
    return new Plan(projectName, "d", template.nodes(brief, projectName));
  }

  static GeneratedProject write(Plan plan, Path folder) throws IOException {
    for (Node node : plan.nodes()) {
      for (JsonNode file : node.inputs().path("files")) {
        Path path = folder.resolve(file.get("path").stringValue());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.get("content").stringValue());
      }
    }
    return new GeneratedProject(plan, folder);
  }

  /** What the plan's own command prints and how it ends. */
  Run verify() throws IOException, InterruptedException {
    Node node =
        plan.nodes().stream().filter(n -> n.type().equals("verify")).findFirst().orElseThrow();
    List<String> command = new ArrayList<>();
    node.inputs().get("command").forEach(argument -> command.add(argument.stringValue()));
    if (command.getFirst().equals("mvn")) {
      // What it needs is there from our own build, and a JVM less is some seconds less.
      command.addAll(1, List.of("-o", "-DforkCount=0"));
    }
    return run(command);
  }

  Run run(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("generated-project", ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (!ended) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
      String said = Files.readString(output);
      assertThat(ended).as("%s ends%n%s", command, said).isTrue();
      return new Run(process.exitValue(), said);
    } finally {
      Files.delete(output);
    }
  }

  /** What its own tests print tells that they really ran. */
  static void assertPassesItsTests(String prompt, String name, Path folder, String... printed)
      throws IOException, InterruptedException {
    Run run = write(plan(prompt, name), folder).verify();

    assertThat(run.exitCode()).as(run.output()).isZero();
    if (!prompt.contains("without tests")) {
      assertThat(printed).allSatisfy(pattern -> assertThat(run.output()).containsPattern(pattern));
    }
  }

  /** A mistake in the code does not pass unseen. */
  static void assertNotices(String prompt, Path folder, Mistake mistake)
      throws IOException, InterruptedException {
    GeneratedProject project = write(plan(prompt), folder);
    Path path = folder.resolve(mistake.file());
    String code = Files.readString(path);
    assertThat(code).contains(mistake.part());
    Files.writeString(path, code.replace(mistake.part(), mistake.instead()));

    assertThat(project.verify().exitCode()).isNotZero();
  }

  record Mistake(String file, String part, String instead) {}

  /** Whether there is such an executable on the path. */
  static boolean isInstalled(String executable) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .anyMatch(place -> Files.isExecutable(Path.of(place).resolve(executable)));
  }

  record Run(int exitCode, String output) {}
}
