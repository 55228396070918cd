package dev.anton.executor.plugin;

import dev.anton.plugin.JobPlugin;
import dev.anton.plugin.runner.NodeRunner;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * What a jar brings.
 *
 * @param name the file's
 */
record PluginJar(
    String name, URLClassLoader loader, List<JobPlugin> plugins, List<NodeRunner> runners) {

  PluginJar {
    plugins = List.copyOf(plugins);
    runners = List.copyOf(runners);
  }

  /**
   * Opens a jar, in a class loader of its own, and makes an instance of each plugin and runner that
   * its services name.
   *
   * @throws BrokenJarException if it is no jar, brings nothing, or something in it cannot be made
   */
  static PluginJar open(Path file, SharedApi api) throws BrokenJarException {
    String name = String.valueOf(file.getFileName());
    URLClassLoader loader = null;
    try {
      // A class loader would take a damaged file for an empty one.
      try (JarFile jar = new JarFile(file.toFile())) {
        jar.stream().forEach(entry -> {});
      }
      loader = new URLClassLoader("plugin-" + name, new URL[] {file.toUri().toURL()}, api);
      PluginJar jar =
          new PluginJar(
              name, loader, load(JobPlugin.class, loader), load(NodeRunner.class, loader));
      if (jar.plugins().isEmpty() && jar.runners().isEmpty()) {
        throw new BrokenJarException(
            "it names no plugin and no runner below META-INF/services", null);
      }
      return jar;
    } catch (IOException e) {
      close(loader);
      throw new BrokenJarException("it cannot be read as a jar: " + e.getMessage(), e);
    } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
      close(loader);
      throw new BrokenJarException(reason(e), e);
    } catch (BrokenJarException e) {
      close(loader);
      throw e;
    }
  }

  void close() {
    close(loader);
  }

  private static <T> List<T> load(Class<T> service, ClassLoader loader) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      List<T> found = new ArrayList<>();
      ServiceLoader.load(service, loader).forEach(found::add);
      return found;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure.getCause();
    String message = String.valueOf(failure.getMessage());
    return cause == null ? message : message + ": " + cause;
  }

  private static void close(@Nullable URLClassLoader loader) {
    if (loader != null) {
      try {
        loader.close();
      } catch (IOException e) {
        // Nothing of it is used.
      }
    }
  }
}
