package io.github.appaware.identity;

import io.github.appaware.event.Origin;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Measures the jars that code of a target was loaded from, including nested ones. */
public final class CodeMeasurer {
  /** As in {@code /app.jar!/BOOT-INF/lib/inner.jar}. */
  private static final String INSIDE = "!/";

  /** The largest nested jar that is extracted: 1 GiB can be compressed to 1 MiB. */
  private static final long MOST_INNER_BYTES = 1L << 30;

  private CodeMeasurer() {}

  /**
   * Hash and coordinates of a jar; both empty for a directory, and for a file that can't be read
   * within the limits of {@link ReadBudget}.
   *
   * @param path absolute; for a nested jar, {@code outer.jar!/inner.jar}
   */
  public static Origin.Source measure(String path) {
    return measure(path, new ReadBudget(ReadBudget.WHILE_RUNNING));
  }

  static Origin.Source measure(String path, ReadBudget budget) {
    try {
      int inside = path.indexOf(INSIDE);
      if (inside < 0) {
        return measured(path, Path.of(path), fileName(path), budget);
      }
      Path outer = Path.of(path.substring(0, inside));
      return isReadable(outer)
          ? inner(path, outer, path.substring(inside + 2), budget)
          : unknown(path);
    } catch (IOException | InvalidPathException e) {
      return unknown(path);
    }
  }

  /** Not a device or a pipe: reading one could block forever. */
  private static boolean isReadable(Path file) {
    return file.isAbsolute() && Files.isRegularFile(file);
  }

  private static Origin.Source measured(String path, Path file, String name, ReadBudget budget)
      throws IOException {
    if (!isReadable(file)) {
      return unknown(path);
    }
    String hash = Hashes.sha256(file, budget);
    try (ZipFile zip = ZipFiles.open(file)) {
      String inside = MavenCoordinates.of(zip, name);
      return new Origin.Source(
          path, hash, inside.isEmpty() ? RepositoryCoordinates.of(file) : inside);
    } catch (ZipException | UnhashableException e) {
      return new Origin.Source(path, hash, ""); // for example a single class file
    }
  }

  /** Extracted, as a zip file can't be read within another. */
  private static Origin.Source inner(String path, Path outer, String name, ReadBudget budget)
      throws IOException {
    try (ZipFile zip = ZipFiles.open(outer)) {
      ZipEntry entry = zip.getEntry(name);
      if (entry == null || entry.isDirectory()) {
        return unknown(path);
      }
      Path copy = Files.createTempFile("appaware-", ".jar");
      try (InputStream bytes = zip.getInputStream(entry)) {
        copy(bytes, copy, budget);
        return measured(path, copy, fileName(name), budget);
      } finally {
        Files.delete(copy);
      }
    }
  }

  /** Stops a jar that is larger than it claims before it fills the disk. */
  private static void copy(InputStream from, Path to, ReadBudget budget) throws IOException {
    byte[] buffer = new byte[Hashes.BUFFER];
    long left = MOST_INNER_BYTES;
    try (OutputStream out = Files.newOutputStream(to)) {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        left -= n;
        budget.countBytes(n);
        if (left < 0) {
          throw new UnhashableException(
              "an inner jar has more than " + MOST_INNER_BYTES + " bytes");
        }
        out.write(buffer, 0, n);
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
