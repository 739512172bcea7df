package io.github.appaware.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** Words why a file can't be used. */
final class FileErrors {
  private FileErrors() {}

  static String reason(IOException failure) {
    if (failure instanceof AccessDeniedException denied) {
      return "no permission for `" + denied.getFile() + "`";
    }
    if (failure instanceof FileSystemException file && file.getReason() != null) {
      return "`" + file.getFile() + "`: " + file.getReason();
    }
    if (failure instanceof FileSystemException file) {
      return "`" + file.getFile() + "`: " + file.getClass().getSimpleName();
    }
    return String.valueOf(failure.getMessage());
  }
}
