package io.github.appaware.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;

/** Makes a program of the tests a jar, as applications are. */
public final class Programs {
  private Programs() {}

  /** An application. */
  public static Path jar(Path jar, Class<?> main) throws IOException {
    return jar(jar, main, Map.of("Main-Class", main.getName()));
  }

  /**
   * A library, with the coordinates that Maven would write into it.
   *
   * @param coordinates {@code group:artifact:version}
   */
  public static Path library(Path jar, Class<?> type, String coordinates) throws IOException {
    String[] parts = coordinates.split(":", -1);
    String entry = "META-INF/maven/" + parts[0] + "/" + parts[1] + "/pom.properties";
    String text = "groupId=%s%nartifactId=%s%nversion=%s%n".formatted((Object[]) parts);
    return jar(jar, type, Map.of(), Map.of(entry, text));
  }

  /** An application that is an agent too. */
  public static Path jar(Path jar, Class<?> main, Class<?> premain) throws IOException {
    return jar(
        jar,
        main,
        Map.of(
            "Main-Class",
            main.getName(),
            "Premain-Class",
            premain.getName(),
            "Can-Retransform-Classes",
            "true",
            "Can-Redefine-Classes",
            "true"));
  }

  /** A folder with a class that is not one of the tests' own, and may use others there. */
  public static Path compiled(Jdk jdk, Path folder, String name, String source)
      throws IOException, InterruptedException {
    return compiled(jdk, folder, folder.toString(), name, source);
  }

  /** The same, with a class path of its own. */
  public static Path compiled(Jdk jdk, Path folder, String classPath, String name, String source)
      throws IOException, InterruptedException {
    Path file = Files.writeString(Files.createDirectories(folder).resolve(name + ".java"), source);
    List<String> arguments =
        List.of("-proc:none", "-cp", classPath, "-d", folder.toString(), file.toString());
    if (jdk.feature() == Runtime.version().feature()) {
      // In this JVM, which has compiled before: in one of its own it takes ten times as long.
      int status =
          ToolProvider.findFirst("javac")
              .orElseThrow()
              .run(System.out, System.err, arguments.toArray(String[]::new));
      if (status != 0) {
        throw new IOException("`" + file + "` can't be compiled");
      }
      return folder;
    }
    List<String> command = new ArrayList<>(List.of(jdk.home().resolve("bin/javac").toString()));
    command.addAll(arguments);
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IOException("`" + file + "` can't be compiled");
    }
    return folder;
  }

  /** An application that is an agent for a running JVM too. */
  public static Path dynamicAgent(Path jar, Class<?> main) throws IOException {
    return jar(jar, main, Map.of("Main-Class", main.getName(), "Agent-Class", main.getName()));
  }

  /** Another agent. */
  public static Path agent(Path jar, Class<?> premain) throws IOException {
    return jar(
        jar,
        premain,
        Map.of("Premain-Class", premain.getName(), "Can-Retransform-Classes", "true"));
  }

  private static Path jar(Path jar, Class<?> type, Map<String, String> attributes)
      throws IOException {
    return jar(jar, type, attributes, Map.of());
  }

  /** The class with its nested ones and those whose names begin alike, and entries of text. */
  private static Path jar(
      Path jar, Class<?> type, Map<String, String> attributes, Map<String, String> texts)
      throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.forEach(manifest.getMainAttributes()::putValue);
    String folder = type.getPackageName().replace('.', '/') + "/";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      for (Path each : classFiles(type, folder)) {
        out.putNextEntry(new JarEntry(folder + each.getFileName()));
        Files.copy(each, out);
      }
      for (Map.Entry<String, String> text : texts.entrySet()) {
        out.putNextEntry(new JarEntry(text.getKey()));
        out.write(text.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }

  private static Set<Path> classFiles(Class<?> type, String folder) throws IOException {
    Set<Path> files = new TreeSet<>();
    Path root;
    try {
      root = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
    String name = type.getSimpleName();
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(root.resolve(folder), name + "*.class")) {
      all.forEach(files::add);
    }
    return files;
  }
}
