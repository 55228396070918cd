package dev.anton.system.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/** What there is to know of events that went astray, for whoever looks for the reason. */
final class Stories {

  private static final Path FOLDER = Path.of("target", "faults");

  /** They resemble each other. */
  private static final int MOST = 50;

  private Stories() {}

  /** Leaves the stories of lost events, and of repeated ones, in files named for the fault. */
  static void write(String fault, Scene scene) throws IOException {
    Ledger ledger = scene.ledger();
    Files.createDirectories(FOLDER);
    write(scene, FOLDER.resolve(fault + "-lost.jsonl"), ledger::isOpen);
    write(
        scene,
        FOLDER.resolve(fault + "-repeated.jsonl"),
        number -> ledger.repetitions(number) > scene.unwritten(number));
  }

  private static void write(Scene scene, Path file, IntPredicate which) throws IOException {
    Ledger ledger = scene.ledger();
    List<Integer> numbers = ledger.numbers().filter(which).limit(MOST).boxed().toList();
    if (numbers.isEmpty()) {
      Files.deleteIfExists(file);
      return;
    }
    Stream<String> stories =
        numbers.stream().map(number -> scene.tables().story(ledger.id(number)));
    Files.write(file, stories.toList());
  }
}
