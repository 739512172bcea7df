package io.github.appaware.server.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of Unix-domain sockets. */
final class SocketFiles {
  private SocketFiles() {}

  /** The name of the user who owns the file; empty where it can't be read. */
  static String owner(Path path) {
    try {
      return Files.getOwner(path).getName();
    } catch (IOException | UnsupportedOperationException e) {
      return "";
    }
  }
}
