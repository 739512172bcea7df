package io.github.appaware;

import io.github.appaware.event.Event;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The class files that are shipped. */
final class ClassFiles {
  private ClassFiles() {}

  /** The directory that the compiler writes them to. */
  static Path output() {
    try {
      return Path.of(Event.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** Those of one room. */
  static List<byte[]> of(String room) throws IOException {
    List<byte[]> files = new ArrayList<>();
    Path directory = output().resolve("io/github/appaware").resolve(room);
    try (DirectoryStream<Path> classes = Files.newDirectoryStream(directory, "*.class")) {
      for (Path each : classes) {
        files.add(Files.readAllBytes(each));
      }
    }
    return files;
  }
}
