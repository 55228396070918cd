package dev.anton.stack.postgres;

import java.util.Arrays;
import java.util.List;

/** The services that own a schema. Role and schema have the same name. */
public enum ServiceRole {
  PLANNER,
  EXECUTOR,
  DISPATCHER;

  /** The name of the login role and of its schema. */
  public String roleName() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** All role names. */
  public static List<String> names() {
    return Arrays.stream(values()).map(ServiceRole::roleName).toList();
  }
}
