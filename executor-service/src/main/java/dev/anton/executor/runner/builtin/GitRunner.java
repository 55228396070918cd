package dev.anton.executor.runner.builtin;

import dev.anton.plugin.runner.NodeContext;
import dev.anton.plugin.runner.NodeResult;
import dev.anton.plugin.runner.NodeRunner;
import dev.anton.plugin.runner.RunnerName;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.Status;
import org.eclipse.jgit.api.errors.FilterFailedException;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.submodule.SubmoduleWalk.IgnoreSubmoduleMode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Commits whatever has changed in the project: {@code {"message"?, "author"? {"name", "email"}}}.
 * The message defaults to the node's label. The output is {@code {"commit", "changed"}}; when
 * nothing has changed there is no new commit, and that is fine. No hook is run, and a file that a
 * program would have to filter is refused.
 */
@RunnerName("git")
public final class GitRunner implements NodeRunner {

  private static final String NAME = "Anton";
  private static final String EMAIL = "anton@localhost";

  /** What a person writes, twice over: a subject and some paragraphs. */
  private static final int MAX_MESSAGE_CHARACTERS = 10_000;

  /** Other nodes may work in the folder meanwhile: a file that was seen may be gone when read. */
  private static final int LOOKS = 10;

  /** What nodes hand on by reference, and what they have not written to its end. */
  private static final List<String> NO_PART_OF_THE_PROJECT =
      List.of("/.anton/outputs/", ProjectFiles.UNFINISHED + "*.tmp");

  private static final Pattern AUTHOR_TEXT = Pattern.compile("[^\\p{Cntrl}<>]{1,200}");

  @Override
  public NodeResult run(NodeContext context)
      throws IOException, GitAPIException, InterruptedException {
    Path project = context.projectFolder();
    Optional<String> refusal = refusal(context.inputs());
    if (refusal.isPresent()) {
      return NodeResult.badInput(refusal.get());
    }
    try (RepositoryLock _ = RepositoryLock.take(project, context.log());
        Git git = open(project)) {
      return commit(git, context);
    } catch (IOException | GitAPIException | JGitInternalException e) {
      Optional<FilterFailedException> filtered = cause(e, FilterFailedException.class);
      if (filtered.isPresent()) {
        return NodeResult.badInput(
            "The file %s is filtered by a program, as .gitattributes says, and no program of a project is run here: commit by a command with git"
                .formatted(filtered.get().getPath()));
      }
      throw e;
    }
  }

  private static NodeResult commit(Git git, NodeContext context)
      throws IOException, GitAPIException {
    exclude(git);
    for (int look = 1; !add(git, look == LOOKS); look++) {
      context.log().line("a file could not be read, looking again");
    }
    // What has changed within a submodule is for a commit there.
    Status status = git.status().setIgnoreSubmodules(IgnoreSubmoduleMode.DIRTY).call();
    if (status.getUncommittedChanges().isEmpty()) {
      return committed(git.getRepository().resolve(Constants.HEAD), false, context);
    }
    PersonIdent author = author(context.inputs().path("author"));
    ObjectId commit =
        git.commit()
            .setMessage(context.inputs().path("message").asString(context.label()))
            .setAuthor(author)
            .setCommitter(author)
            .setNoVerify(true)
            // It would need the operator's key.
            .setSign(false)
            .call();
    return committed(commit, true, context);
  }

  /**
   * @return false if a file was not there to be read, and this was not the last look
   */
  private static boolean add(Git git, boolean last) throws GitAPIException {
    try {
      // Untracked and changed ones by the first, deleted ones by the second.
      git.add().addFilepattern(".").call();
      git.add().addFilepattern(".").setUpdate(true).call();
      return true;
    } catch (JGitInternalException e) {
      boolean wentAway =
          cause(e, FileNotFoundException.class).isPresent()
              || cause(e, NoSuchFileException.class).isPresent();
      if (last || !wentAway) {
        throw e;
      }
      return false;
    }
  }

  private static <T extends Exception> Optional<T> cause(Exception failure, Class<T> type) {
    return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }

  /** What is wrong with the inputs, found before the repository is touched. */
  private static Optional<String> refusal(JsonNode inputs) {
    JsonNode message = inputs.path("message");
    if (!message.isMissingNode()
        && (!message.isString()
            || message.stringValue().isBlank()
            || message.stringValue().length() > MAX_MESSAGE_CHARACTERS
            || message.stringValue().indexOf('\0') >= 0)) {
      return Optional.of(
          "inputs.message is a text of at most " + MAX_MESSAGE_CHARACTERS + " characters");
    }
    JsonNode author = inputs.path("author");
    if (author.isMissingNode()) {
      return Optional.empty();
    }
    boolean good =
        author.isObject()
            && author.properties().stream()
                .allMatch(
                    entry ->
                        Set.of("name", "email").contains(entry.getKey())
                            && entry.getValue().isString()
                            && AUTHOR_TEXT.matcher(entry.getValue().stringValue()).matches());
    return good
        ? Optional.empty()
        : Optional.of("inputs.author has name and email, texts on one line without < and >");
  }

  private static Git open(Path project) throws IOException, GitAPIException {
    // Never a repository further up.
    File repository = project.resolve(Constants.DOT_GIT).toFile();
    return RepositoryCache.FileKey.isGitRepository(repository, RepositoryFiles.INSTANCE)
        ? Git.open(project.toFile(), RepositoryFiles.INSTANCE)
        : Git.init()
            .setFs(RepositoryFiles.INSTANCE)
            .setDirectory(project.toFile())
            .setInitialBranch("main")
            .call();
  }

  /** In the repository's own list, so that no file of the project says so. */
  private static void exclude(Git git) throws IOException {
    Path exclude = git.getRepository().getDirectory().toPath().resolve("info/exclude");
    List<String> lines =
        new ArrayList<>(Files.isRegularFile(exclude) ? Files.readAllLines(exclude) : List.of());
    if (!lines.containsAll(NO_PART_OF_THE_PROJECT)) {
      NO_PART_OF_THE_PROJECT.stream().filter(line -> !lines.contains(line)).forEach(lines::add);
      Files.createDirectories(exclude.getParent());
      Files.write(exclude, lines);
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
