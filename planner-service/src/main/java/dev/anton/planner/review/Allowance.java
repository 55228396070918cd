package dev.anton.planner.review;

import java.util.Set;

/**
 * What the nodes of a plan may ask for. The executor holds to its own list whatever a plan says;
 * this one has a plan refused while it can still be mended.
 *
 * @param runners names of the runners that a node may name
 * @param executables names of the programs that a {@code command} node may start
 * @param maxNodes of a plan
 */
public record Allowance(Set<String> runners, Set<String> executables, int maxNodes) {

  /** What an executor offers that nobody has configured. */
  public static final Allowance DEFAULT =
      new Allowance(
          Set.of("template", "command", "llm", "git", "noop"),
          Set.of(
              "python3", "python", "pip", "pip3", "node", "npm", "npx", "java", "javac", "jar",
              "mvn", "gradle", "git", "make", "true", "false", "echo"),
          10_000);

  public Allowance {
    runners = Set.copyOf(runners);
    executables = Set.copyOf(executables);
  }
}
