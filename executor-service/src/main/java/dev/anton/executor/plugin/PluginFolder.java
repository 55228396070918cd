package dev.anton.executor.plugin;

import dev.anton.plugin.JobPlugin;
import dev.anton.plugin.runner.NodeRunner;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what is installed, once, at the start. Jars are taken in the order of their file names; one
 * that cannot be used is named in the log and in the health, and the others are used all the same.
 */
final class PluginFolder implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PluginFolder.class);

  private final Installation installation;
  private final List<PluginJar> open = new ArrayList<>();

  /**
   * @param folder null or missing: there are no jars
   */
  PluginFolder(@Nullable Path folder) {
    this(
        folder,
        new Installation(
            ServiceLoader.load(JobPlugin.class), ServiceLoader.load(NodeRunner.class)));
  }

  PluginFolder(@Nullable Path folder, Installation ownOnes) {
    this.installation = ownOnes;
    if (folder != null && Files.isDirectory(folder)) {
      SharedApi api = new SharedApi(PluginFolder.class.getClassLoader());
      jarsIn(folder).forEach(file -> add(file, api));
    }
  }

  Installation installation() {
    return installation;
  }

  @Override
  public void close() {
    open.forEach(PluginJar::close);
  }

  private void add(Path file, SharedApi api) {
    String name = String.valueOf(file.getFileName());
    try {
      PluginJar jar = PluginJar.open(file, api);
      install(jar);
      log.info("{}: {} plugins and {} runners", name, jar.plugins().size(), jar.runners().size());
    } catch (BrokenJarException e) {
      installation.refuse(name, e.reason());
      log.error("{} is not used: {}", name, e.reason(), e);
    }
  }

  private void install(PluginJar jar) throws BrokenJarException {
    try {
      installation.add(jar);
    } catch (BrokenJarException e) {
      jar.close();
      throw e;
    }
    open.add(jar);
  }

  private List<Path> jarsIn(Path folder) {
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
      files.forEach(jars::add);
    } catch (IOException | DirectoryIteratorException e) {
      installation.refuse(folder.toString(), "the folder cannot be read: " + e.getMessage());
      log.error("The plugin folder {} cannot be read", folder, e);
    }
    jars.sort(null);
    return jars;
  }
}
