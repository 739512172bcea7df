package io.github.appaware.e2e;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Makes a program of the tests a jar, as applications are. */
public final class Programs {
  private Programs() {}

  /** An application. */
  public static Path jar(Path jar, Class<?> main) throws IOException {
    return jar(jar, main, Map.of("Main-Class", main.getName()));
  }

  /** Another agent. */
  static Path agent(Path jar, Class<?> premain) throws IOException {
    return jar(
        jar,
        premain,
        Map.of("Premain-Class", premain.getName(), "Can-Retransform-Classes", "true"));
  }

  /** The class with its nested classes. */
  private static Path jar(Path jar, Class<?> type, Map<String, String> attributes)
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
        Files.newDirectoryStream(root.resolve(folder), name + "{.class,$*.class}")) {
      all.forEach(files::add);
    }
    return files;
  }
}
