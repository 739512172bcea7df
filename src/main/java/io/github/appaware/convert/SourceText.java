package io.github.appaware.convert;

import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.read.FileText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a file of another tool as a policy is read: never a device, a pipe or a kernel file. */
public final class SourceText {
  private SourceText() {}

  /**
   * The text of a file.
   *
   * @throws NoSuchFileException when it does not exist
   * @throws IOException when it can't be read, is not UTF-8, or not a regular file
   */
  public static String read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString());
    }
    try {
      return FileText.read(file);
    } catch (MalformedValue e) {
      throw new IOException("`" + file + "`: " + e.getMessage(), e);
    }
  }
}
