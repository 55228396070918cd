package dev.anton.executor.plugin;

/**
 * A plugin or runner.
 *
 * @param source {@value #BUILT_IN}, or the name of the jar that brought it
 */
public record Installed<T>(String name, T instance, String source) {

  static final String BUILT_IN = "built-in";
}
