package dev.anton.stack.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** An exclusive lock on a file, which the system takes back when the process ends. */
public final class FolderLock implements AutoCloseable {

  /**
   * Closing any channel to a file gives back this process's locks on it, so that a file we hold
   * must not even be opened to ask.
   */
  private static final Set<Path> HELD_BY_US = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel channel;

  private FolderLock(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Empty if somebody holds it. The file is created when absent and stays. */
  static Optional<FolderLock> tryLock(Path path) throws IOException {
    if (!HELD_BY_US.add(path)) {
      return Optional.empty();
    }
    FileChannel channel = null;
    try {
      channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      @Nullable FileLock lock = channel.tryLock();
      if (lock != null) {
        String pid = Long.toString(ProcessHandle.current().pid());
        channel.truncate(0).write(StandardCharsets.UTF_8.encode(pid)); // for who cannot ask us
        return Optional.of(new FolderLock(path, channel));
      }
    } catch (IOException e) {
      HELD_BY_US.remove(path);
      throw e;
    }
    channel.close();
    HELD_BY_US.remove(path);
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    channel.truncate(0);
    channel.close();
    HELD_BY_US.remove(path);
  }
}
