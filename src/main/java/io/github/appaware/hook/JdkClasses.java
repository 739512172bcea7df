package io.github.appaware.hook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import net.bytebuddy.dynamic.ClassFileLocator;

/**
 * The classes of a JDK's modules with hooked classes, read from that JDK's own image: the running
 * one or any other on this machine.
 */
final class JdkClasses implements ClassFileLocator {
  /** Those of the hooked classes; an image may lack any but the first two. */
  private static final List<String> MODULES =
      List.of(
          "java.base",
          "java.instrument",
          "jdk.management",
          "jdk.sctp",
          "jdk.crypto.cryptoki",
          "java.smartcardio",
          "java.security.jgss",
          "jdk.naming.dns",
          "java.net.http",
          "java.desktop");

  private final FileSystem image;
  private final boolean ownsImage;

  private JdkClasses(FileSystem image, boolean ownsImage) {
    this.image = image;
    this.ownsImage = ownsImage;
  }

  /**
   * Opens the image.
   *
   * @param home the JDK's directory
   */
  static JdkClasses open(Path home) throws IOException {
    URI jrt = URI.create("jrt:/");
    if (home.toRealPath().equals(Path.of(System.getProperty("java.home")).toRealPath())) {
      return new JdkClasses(FileSystems.getFileSystem(jrt), false);
    }
    return new JdkClasses(
        FileSystems.newFileSystem(jrt, Map.of("java.home", home.toString())), true);
  }

  /** The feature release, 17 or 25, as the JDK's {@code release} file says. */
  static int feature(Path home) throws IOException {
    Properties release = new Properties();
    try (var in = Files.newInputStream(home.resolve("release"))) {
      release.load(in);
    }
    String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
    try {
      return Runtime.Version.parse(version).feature();
    } catch (IllegalArgumentException e) {
      throw new IOException(home.resolve("release") + " has no JAVA_VERSION that can be read", e);
    }
  }

  /** The class file, or null when this JDK has no such class. */
  byte[] bytes(String internalName) throws IOException {
    for (String module : MODULES) {
      Path path = image.getPath("modules", module, internalName + ".class");
      if (Files.exists(path)) {
        return Files.readAllBytes(path);
      }
    }
    return null;
  }

  /** Whether the image has a module with that package. */
  boolean has(String internalPackage) {
    for (String module : MODULES) {
      if (Files.isDirectory(image.getPath("modules", module, internalPackage))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Resolution locate(String name) {
    try {
      byte[] bytes = bytes(name.replace('.', '/'));
      return bytes == null ? new Resolution.Illegal(name) : new Resolution.Explicit(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (ownsImage) {
      image.close();
    }
  }
}
