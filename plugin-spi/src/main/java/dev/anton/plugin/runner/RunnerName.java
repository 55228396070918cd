package dev.anton.plugin.runner;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The name by which a plan's node asks for this runner; unique among the installed ones. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface RunnerName {

  /** Lower-case letters, digits and dashes, such as {@code template}. */
  String value();
}
