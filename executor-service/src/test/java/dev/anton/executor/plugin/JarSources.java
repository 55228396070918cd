package dev.anton.executor.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Sources that are compiled into a jar, as somebody else's build would do it. */
public final class JarSources {

  private final Map<String, String> classes = new LinkedHashMap<>();
  private final Map<String, String> services = new LinkedHashMap<>();

  /** A class by its full name. */
  public JarSources type(String name, String source) {
    classes.put(name, source);
    return this;
  }

  /** A line of {@code META-INF/services/<service>}. */
  public JarSources service(Class<?> service, String implementation) {
    services.merge(service.getName(), implementation, (a, b) -> a + "\n" + b);
    return this;
  }

  /** Compiles and packs all of it. */
  public Path jar(Path file) throws IOException {
    Path compiled = Files.createTempDirectory("jar-sources");
    if (!classes.isEmpty()) {
      compile(compiled);
    }
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out);
        Stream<Path> walk = Files.walk(compiled)) {
      for (Path path : walk.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new ZipEntry(compiled.relativize(path).toString()));
        zip.write(Files.readAllBytes(path));
      }
      for (Map.Entry<String, String> service : services.entrySet()) {
        zip.putNextEntry(new ZipEntry("META-INF/services/" + service.getKey()));
        zip.write(service.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
      zip.putNextEntry(new ZipEntry("read.me"));
    }
    return file;
  }

  private void compile(Path target) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                messages,
                null,
                null,
                List.of("-d", target.toString(), "-cp", System.getProperty("java.class.path")),
                null,
                classes.entrySet().stream()
                    .map(entry -> source(entry.getKey(), entry.getValue()))
                    .toList())
            .call();
    assertThat(compiled).as(messages.toString()).isTrue();
  }

  private static JavaFileObject source(String name, String text) {
    return new SimpleJavaFileObject(
        URI.create("string:///" + name.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }
}
