package dev.anton.executor.runner.builtin;

import dev.anton.plugin.runner.NodeContext;
import dev.anton.plugin.runner.NodeResult;
import dev.anton.plugin.runner.NodeRunner;
import dev.anton.plugin.runner.RunnerName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Commits whatever has changed in the project: {@code {"message"?, "author"? {"name", "email"}}}.
 * The message defaults to the node's label. The output is {@code {"commit", "changed"}}; when
 * nothing has changed there is no new commit, and that is fine.
 */
@RunnerName("git")
public final class GitRunner implements NodeRunner {

  private static final String NAME = "Anton";
  private static final String EMAIL = "anton@localhost";

  /** Two nodes of one project must not commit at a time: git's index has one lock. */
  private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

  @Override
  public NodeResult run(NodeContext context)
      throws IOException, GitAPIException, InterruptedException {
    Path project = context.projectFolder();
    ReentrantLock lock = LOCKS.computeIfAbsent(project, _ -> new ReentrantLock());
    lock.lockInterruptibly();
    try (Git git = open(project)) {
      excludeOutputs(git);
      // Untracked and changed ones by the first, deleted ones by the second.
      git.add().addFilepattern(".").call();
      git.add().addFilepattern(".").setUpdate(true).call();
      if (git.status().call().getUncommittedChanges().isEmpty()) {
        return committed(git.getRepository().resolve(Constants.HEAD), false, context);
      }
      PersonIdent author = author(context.inputs().path("author"));
      ObjectId commit =
          git.commit()
              .setMessage(context.inputs().path("message").asString(context.label()))
              .setAuthor(author)
              .setCommitter(author)
              // A hook is a program that the project brings along; a signature needs the operator's
              // key.
              .setNoVerify(true)
              .setSign(false)
              .call();
      return committed(commit, true, context);
    } finally {
      lock.unlock();
    }
  }

  private static Git open(Path project) throws IOException, GitAPIException {
    // Never a repository further up.
    return Files.isDirectory(project.resolve(Constants.DOT_GIT))
        ? Git.open(project.toFile())
        : Git.init().setDirectory(project.toFile()).setInitialBranch("main").call();
  }

  /** What nodes hand on by reference is no part of the project. */
  private static void excludeOutputs(Git git) throws IOException {
    Path exclude = git.getRepository().getDirectory().toPath().resolve("info/exclude");
    String line = "/.anton/outputs/";
    String before = Files.isRegularFile(exclude) ? Files.readString(exclude) : "";
    if (before.lines().noneMatch(line::equals)) {
      Files.createDirectories(exclude.getParent());
      Files.writeString(
          exclude, before + (before.isEmpty() || before.endsWith("\n") ? "" : "\n") + line + "\n");
    }
  }

  private static PersonIdent author(JsonNode author) {
    return new PersonIdent(
        author.path("name").asString(NAME), author.path("email").asString(EMAIL));
  }

  private static NodeResult committed(
      @Nullable ObjectId commit, boolean changed, NodeContext context) {
    Map<String, @Nullable Object> output = new LinkedHashMap<>();
    output.put("commit", commit == null ? null : commit.name());
    output.put("changed", changed);
    context.log().line(changed ? "committed " + output.get("commit") : "nothing to commit");
    return NodeResult.completed(output);
  }
}
