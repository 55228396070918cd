package dev.anton.stack;

import dev.anton.stack.process.StopSignal;
import dev.anton.stack.supervision.Component;
import java.nio.file.Path;

/** A component and what is told about it. Parts of the highest stage stop first. */
record Part(Component component, int stage, String address, Path log, StopSignal stopSignal) {

  String name() {
    return component.name();
  }
}
