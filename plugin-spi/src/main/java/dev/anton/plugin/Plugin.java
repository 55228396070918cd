package dev.anton.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the catalogue says of a {@link JobPlugin}. The schemas are JSON Schema 2020-12, as text. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Plugin {

  /** How jobs name it: lower-case words and digits joined by dashes, at most 64 characters. */
  String name();

  /** What it does, in one or two sentences for the person who writes a job. */
  String description();

  /**
   * Of {@link PluginContext#data()}. A job whose first plugin refuses its data never starts; data
   * that comes from a plugin before is checked when the plugin's turn comes, and fails it for good.
   */
  String inputSchema();

  /**
   * Of {@link PluginContext#options()}, checked before the job starts. A property marked {@code
   * "writeOnly": true} is a secret: events and answers show {@code "***"} in its place. A mark
   * anywhere but in {@code properties}, and theirs, is not heeded: such a plugin is not installed.
   */
  String optionsSchema() default
      """
      {"type": "object", "properties": {"from": {"type": "string"}}, "additionalProperties": false}
      """;

  /** Of {@link PluginResult#output()}. */
  String outputSchema();
}
