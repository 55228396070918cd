package dev.anton.schemas.event;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The one place where a built-in event's wire name stands: on the record of its data. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventName {

  /** Dot-separated lower-case words, such as {@code plan.started}. */
  String value();

  /** When the event is emitted, in one sentence. */
  String description();
}
