package dev.anton.executor.plugin;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of this application that a jar's classes see: the SPI and the types in its signatures.
 * Everything else that they name comes from their own jar or from the JDK, so that a jar can bring
 * any version of any library, and classes of the same names as ours.
 */
final class SharedApi extends ClassLoader {

  private static final List<String> PACKAGES =
      List.of("dev.anton.plugin", "dev.anton.plugin.runner");

  /** Types of the SPI's signatures, and logging, which all share. */
  private static final List<String> PREFIXES =
      List.of("tools.jackson.", "com.fasterxml.jackson.annotation.", "org.jspecify.", "org.slf4j.");

  private final ClassLoader application;

  SharedApi(ClassLoader application) {
    super("shared-api", getPlatformClassLoader());
    this.application = application;
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (isShared(name)) {
      return application.loadClass(name);
    }
    throw new ClassNotFoundException(name);
  }

  /** No resources: services that are registered on our class path are not the jar's. */
  @Override
  protected @Nullable URL findResource(String name) {
    return null;
  }

  @Override
  protected Enumeration<URL> findResources(String name) throws IOException {
    return Collections.emptyEnumeration();
  }

  private static boolean isShared(String className) {
    int dot = className.lastIndexOf('.');
    return PACKAGES.contains(dot < 0 ? "" : className.substring(0, dot))
        || PREFIXES.stream().anyMatch(className::startsWith);
  }
}
