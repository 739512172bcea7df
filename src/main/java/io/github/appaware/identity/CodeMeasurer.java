package io.github.appaware.identity;

import io.github.appaware.event.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Measures the jars that code of a target came from, also those inside a jar. */
public final class CodeMeasurer {
  /** As in {@code /app.jar!/BOOT-INF/lib/inner.jar}. */
  private static final String INSIDE = "!/";

  private CodeMeasurer() {}

  /**
   * Hash and coordinates of a jar; both empty for a directory, and for what can't be read.
   *
   * @param path absolute; of a jar in a jar, {@code outer.jar!/inner.jar}
   */
  public static Origin.Source measure(String path) {
    try {
      int inside = path.indexOf(INSIDE);
      if (inside < 0) {
        return measured(path, Path.of(path), fileName(path));
      }
      Path outer = Path.of(path.substring(0, inside));
      return isReadable(outer) ? inner(path, outer, path.substring(inside + 2)) : unknown(path);
    } catch (IOException | InvalidPathException e) {
      return unknown(path);
    }
  }

  /** No device, no pipe: reading one could last for ever. */
  private static boolean isReadable(Path file) {
    return file.isAbsolute() && Files.isRegularFile(file);
  }

  private static Origin.Source measured(String path, Path file, String name) throws IOException {
    if (!isReadable(file)) {
      return unknown(path);
    }
    String hash = Hashes.sha256(file);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      String inside = MavenCoordinates.of(zip, name);
      return new Origin.Source(
          path, hash, inside.isEmpty() ? RepositoryCoordinates.of(file) : inside);
    } catch (ZipException e) {
      return new Origin.Source(path, hash, ""); // a class file of its own, say
    }
  }

  /** Copied out, as a zip file can't be read within another. */
  private static Origin.Source inner(String path, Path outer, String name) throws IOException {
    try (ZipFile zip = new ZipFile(outer.toFile())) {
      ZipEntry entry = zip.getEntry(name);
      if (entry == null || entry.isDirectory()) {
        return unknown(path);
      }
      Path copy = Files.createTempFile("appaware-", ".jar");
      try (InputStream bytes = zip.getInputStream(entry)) {
        Files.copy(bytes, copy, StandardCopyOption.REPLACE_EXISTING);
        return measured(path, copy, fileName(name));
      } finally {
        Files.delete(copy);
      }
    }
  }

  private static String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static Origin.Source unknown(String path) {
    return new Origin.Source(path, "", "");
  }
}
