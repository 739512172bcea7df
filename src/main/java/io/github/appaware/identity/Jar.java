package io.github.appaware.identity;

import static io.github.appaware.identity.TargetException.quoted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The jar behind {@code -jar}.
 *
 * @param hash of its bytes
 * @param maven {@code group:artifact:version}, or empty
 */
record Jar(Hash hash, String maven) {
  /**
   * Reads the jar.
   *
   * @param name as on the command line, for messages
   * @throws TargetException 125 unless it is a zip file that can be read
   */
  static Jar read(Path file, String name, ReadBudget budget) throws TargetException {
    if (!Files.exists(file)) {
      throw TargetException.failed(quoted(name) + ": no such file", "check the path of the jar");
    }
    if (!Files.isRegularFile(file)) {
      throw TargetException.failed(
          quoted(name) + (Files.isDirectory(file) ? " is a directory" : " is not a regular file"),
          "give the path of a jar");
    }
    if (!Files.isReadable(file)) {
      throw TargetException.failed(
          quoted(name) + " can't be read: permission denied", "check its permissions");
    }
    try (ZipFile zip = ZipFiles.open(file)) {
      String inside = MavenCoordinates.of(zip, file.getFileName().toString());
      return new Jar(
          Hash.of(() -> Hashes.sha256(file, budget)),
          inside.isEmpty() ? RepositoryCoordinates.of(file) : inside);
    } catch (ZipException e) {
      throw TargetException.failed(quoted(name) + " is not a jar: " + e.getMessage());
    } catch (IOException e) {
      throw TargetException.failed(quoted(name) + " can't be read: " + e.getMessage());
    }
  }
}
