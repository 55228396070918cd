package dev.anton.stack.postgres;

import dev.anton.stack.process.StartException;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.io.FileUtils;

/** PostgreSQL's own programs, unpacked from the jar that was built for this machine. */
final class PostgresPrograms {

  /** Names the folder, so that a new version is unpacked beside the old one. */
  static final String VERSION = "18.6.0";

  private final Path folder;

  private PostgresPrograms(Path folder) {
    this.folder = folder;
  }

  /**
   * Unpacks them unless that was done before. Safe when several processes do it at once: each
   * unpacks beside the target and the first to finish wins.
   */
  static PostgresPrograms in(Path folder) throws IOException {
    Path target = folder.toAbsolutePath();
    if (!Files.isDirectory(target)) {
      Files.createDirectories(target.getParent());
      Path unpacked = Files.createTempDirectory(target.getParent(), "unpacking-");
      try {
        unpack(unpacked);
        Files.move(unpacked, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        throw e;
      } catch (IOException e) {
        if (!(e instanceof FileAlreadyExistsException) && !Files.isDirectory(target)) {
          throw e;
        }
      } finally {
        FileUtils.deleteDirectory(unpacked.toFile());
      }
    }
    return new PostgresPrograms(target);
  }

  /**
   * The command line that runs a program. PostgreSQL refuses to run as root; in a user namespace of
   * its own it sees another user.
   */
  List<String> command(String program, List<String> arguments) {
    List<String> line = new ArrayList<>();
    if (LinuxUtils.isUnshareAvailable()) {
      line.addAll(List.of("unshare", "-U"));
    }
    line.add(folder.resolve("bin").resolve(program).toString());
    line.addAll(arguments);
    return line;
  }

  private static void unpack(Path target) throws IOException {
    try (InputStream packed = archive();
        TarArchiveInputStream tar =
            new TarArchiveInputStream(
                new XZCompressorInputStream(new BufferedInputStream(packed)))) {
      TarArchiveEntry entry;
      while ((entry = tar.getNextEntry()) != null) {
        Path file = entry.resolveIn(target);
        if (entry.isDirectory()) {
          Files.createDirectories(file);
          continue;
        }
        FileUtils.createParentDirectories(file.toFile());
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
          Files.copy(tar, file);
          boolean program = file.startsWith(target.resolve("bin"));
          if (program && !file.toFile().setExecutable(true, false)) {
            throw new IOException(file + " cannot be made executable");
          }
        }
      }
    }
  }

  private static InputStream archive() throws IOException {
    String system = System.getProperty("os.name").startsWith("Mac") ? "Darwin" : "Linux";
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    try {
      return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
          system, machine.equals("amd64") ? "x86_64" : machine);
    } catch (IllegalStateException e) {
      throw new StartException(
          "There is no PostgreSQL for %s on %s among our dependencies.".formatted(system, machine),
          e);
    }
  }
}
