package dev.anton.stack.state;

import dev.anton.stack.process.PrivateFiles;
import dev.anton.stack.process.StartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The folder that holds all a stack keeps between starts, and the traces of the one that runs. */
public record DataFolder(Path path) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  public DataFolder {
    path = path.toAbsolutePath().normalize();
  }

  public Path logs() {
    return path.resolve("logs");
  }

  public Path workspace() {
    return path.resolve("workspace");
  }

  /** Where a person drops jars with plugins and runners; may be missing. */
  public Path plugins() {
    return path.resolve("plugins");
  }

  public Path secrets() {
    return path.resolve("secrets.properties");
  }

  private Path state() {
    return path.resolve("state.json");
  }

  /**
   * Keeps every other launcher out of this folder until closed, or until this process ends, however
   * it ends.
   *
   * @throws StartException if another launcher has it
   */
  public FolderLock lock() {
    try {
      Files.createDirectories(path);
      return FolderLock.tryLock(lockFile())
          .orElseThrow(
              () ->
                  new StartException(
                      "Anton is already running on %s%s; see ./anton status, or stop it with ./anton down."
                          .formatted(path, launcher())));
    } catch (IOException e) {
      throw new StartException(
          "The data folder %s cannot be used: %s".formatted(path, e.getMessage()), e);
    }
  }

  /** Whether a launcher holds the folder now. */
  public boolean isLocked() {
    if (!Files.exists(lockFile())) {
      return false;
    }
    try (FolderLock lock = FolderLock.tryLock(lockFile()).orElse(null)) {
      return lock == null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path lockFile() {
    return path.resolve("up.lock");
  }

  private String launcher() {
    return read().map(state -> " (pid " + state.launcher().pid() + ")").orElse("");
  }

  /** What runs here, or ran when the launcher was killed; empty after an orderly stop. */
  public Optional<StackState> read() {
    try {
      return Optional.of(JSON.readValue(Files.readString(state()), StackState.class));
    } catch (IOException | JacksonException e) {
      return Optional.empty(); // nothing there, or written by another version
    }
  }

  /** Replaces what {@link #read} answers, in one step. */
  public void write(StackState state) {
    try {
      PrivateFiles.write(state(), JSON.writeValueAsString(state));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** After an orderly stop. */
  public void forgetState() {
    try {
      Files.deleteIfExists(state());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
