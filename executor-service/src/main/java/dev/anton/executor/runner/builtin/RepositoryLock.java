package dev.anton.executor.runner.builtin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.anton.plugin.runner.NodeLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.RepositoryCache;
import org.jspecify.annotations.Nullable;

/**
 * The right to write to a project's repository, among all executors that share its file system. The
 * kernel takes it from one that dies.
 *
 * <p>Its file says since when somebody is at work and is emptied by whoever is done. Whoever finds
 * it filled knows that its predecessor died at work, and clears away the {@code *.lock} files of
 * git that came into being since: those, and no older ones, may be what it left behind. One that is
 * younger than a moment may belong to a git that a command runs, and is left to it.
 */
final class RepositoryLock implements AutoCloseable {

  /**
   * In {@code .git}, which no plan's files lead into and no clean-up of the project takes along.
   * Its name does not end as those of git's own locks.
   */
  static final String FILE = ".git/anton-at-work";

  private static final Duration LOOK = Duration.ofMillis(50);

  /** File systems keep times in coarse steps, and clocks of two hosts differ. */
  private static final Duration TOLERANCE = Duration.ofSeconds(5);

  /** Git itself holds a lock for less than this, unless it is stuck. */
  private static final Duration YOUNG = Duration.ofSeconds(2);

  /**
   * File locks are held by processes: the threads of this one have to agree by themselves. A fixed
   * number, so that projects leave nothing behind; two that share one wait for each other.
   */
  private static final List<ReentrantLock> IN_PROCESS =
      Stream.generate(ReentrantLock::new).limit(64).toList();

  private final ReentrantLock inProcess;
  private @Nullable FileChannel channel;

  private RepositoryLock(ReentrantLock inProcess) {
    this.inProcess = inProcess;
  }

  /** Waits as long as somebody else has it; interruptibly. */
  static RepositoryLock take(Path project, NodeLog log) throws IOException, InterruptedException {
    Path real = project.toRealPath();
    ReentrantLock inProcess = IN_PROCESS.get(Math.floorMod(real.hashCode(), IN_PROCESS.size()));
    inProcess.lockInterruptibly();
    RepositoryLock lock = new RepositoryLock(inProcess);
    boolean taken = false;
    try {
      lock.lock(real, log);
      taken = true;
      return lock;
    } finally {
      if (!taken) {
        lock.close();
      }
    }
  }

  @Override
  public void close() throws IOException {
    // An interrupt would close the channel before the file is emptied.
    boolean interrupted = Thread.interrupted();
    FileChannel held = channel;
    try {
      if (held != null) {
        try (held) {
          held.truncate(0);
        }
      }
    } finally {
      inProcess.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void lock(Path project, NodeLog log) throws IOException, InterruptedException {
    Path file = project.resolve(FILE);
    FileChannel opened = null;
    while (opened == null) {
      opened = locked(file);
    }
    try {
      Instant since = since(opened);
      if (since != null) {
        clear(project.resolve(".git"), file, since.minus(TOLERANCE), log);
      }
      byte[] now = Instant.now().toString().getBytes(UTF_8);
      opened.truncate(0).write(ByteBuffer.wrap(now), 0);
      channel = opened;
    } finally {
      if (channel == null) {
        opened.close();
      }
    }
  }

  /**
   * Waits for the file's lock.
   *
   * @return null if the file is no longer the one at its path, where others would lock another one
   */
  private static @Nullable FileChannel locked(Path file) throws IOException, InterruptedException {
    Files.createDirectories(file.getParent());
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      // Of whoever was here before.
    }
    FileChannel opened = null;
    boolean held = false;
    try {
      // Looked at before it is opened: what is open then cannot be older.
      Object key = key(file);
      opened =
          FileChannel.open(
              file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
      while (opened.tryLock() == null) {
        Thread.sleep(LOOK);
      }
      held = Objects.equals(key, key(file));
    } catch (NoSuchFileException e) {
      // Deleted meanwhile.
    } finally {
      if (!held && opened != null) {
        opened.close();
      }
    }
    return held ? opened : null;
  }

  /** What tells a file from the next one of its name; null where there is no such thing. */
  private static @Nullable Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  private static void clear(Path repository, Path own, Instant since, NodeLog log)
      throws IOException, InterruptedException {
    if (isBarelyBegun(repository)) {
      deleteAllBut(own, repository);
      log.line("cleared .git, which a dead executor had begun to make");
      return;
    }
    List<Path> left;
    try (Stream<Path> files = Files.walk(repository)) {
      left = files.filter(file -> file.getFileName().toString().endsWith(".lock")).toList();
    }
    for (Path file : left) {
      Instant made = modified(file);
      while (made != null && made.isAfter(Instant.now().minus(YOUNG))) {
        Thread.sleep(LOOK);
        made = modified(file);
      }
      if (made != null && !made.isBefore(since)) {
        Files.deleteIfExists(file);
        log.line("cleared " + repository.relativize(file) + ", which a dead executor left behind");
      }
    }
  }

  /** Not yet a repository to git, and nothing in it that somebody could miss. */
  private static boolean isBarelyBegun(Path repository) throws IOException {
    if (RepositoryCache.FileKey.isGitRepository(repository.toFile(), RepositoryFiles.INSTANCE)) {
      return false;
    }
    Path objects = repository.resolve("objects");
    if (!Files.isDirectory(objects)) {
      return true;
    }
    try (Stream<Path> files = Files.walk(objects)) {
      return files.noneMatch(Files::isRegularFile);
    }
  }

  private static void deleteAllBut(Path kept, Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      if (!kept.startsWith(file)) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Null for one that has gone. */
  private static @Nullable Instant modified(Path file) {
    try {
      return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
    } catch (IOException e) {
      return null;
    }
  }

  /** Since when the predecessor was at work, if it was when it died. */
  private static @Nullable Instant since(FileChannel channel) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(64);
    channel.read(content, 0);
    String text = new String(content.array(), 0, content.position(), UTF_8);
    if (text.isEmpty()) {
      return null;
    }
    try {
      return Instant.parse(text);
    } catch (java.time.format.DateTimeParseException e) {
      // It died while it wrote this: it had done nothing yet.
      return null;
    }
  }
}
