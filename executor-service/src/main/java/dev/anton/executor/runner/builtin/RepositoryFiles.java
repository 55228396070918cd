package dev.anton.executor.runner.builtin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.FS_POSIX;
import org.eclipse.jgit.util.ProcessResult;
import org.jspecify.annotations.Nullable;

/**
 * A repository's files without its programs. Hooks and filters are code that the project brings
 * along, or that a command of it has written into a configuration: run from here, they would run in
 * the executor's own session, where no guard and no limit finds them. A hook is not there. A filter
 * fails, since it may be what keeps a secret or a large file out of the repository.
 */
final class RepositoryFiles extends FS_POSIX {

  static final FS INSTANCE = new RepositoryFiles();

  @Override
  public FS newInstance() {
    return new RepositoryFiles();
  }

  @Override
  public ProcessResult runHookIfPresent(
      Repository repository,
      String hook,
      String[] arguments,
      OutputStream out,
      OutputStream err,
      @Nullable String input) {
    return new ProcessResult(ProcessResult.Status.NOT_PRESENT);
  }

  /** A builder that cannot be started: it names no program. */
  @Override
  public ProcessBuilder runInShell(String command, String[] arguments) {
    return new ProcessBuilder();
  }

  @Override
  public ExecutionResult execute(ProcessBuilder program, InputStream input) throws IOException {
    throw notRun();
  }

  @Override
  public int runProcess(
      ProcessBuilder process,
      @Nullable OutputStream out,
      @Nullable OutputStream err,
      @Nullable InputStream input)
      throws IOException {
    throw notRun();
  }

  private static IOException notRun() {
    return new IOException("A repository's programs are not run");
  }
}
