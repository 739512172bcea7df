package io.github.appaware.policy.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * A file that a policy was read from, with its state just before: equal to {@link #of} the same
 * path until the file changes.
 *
 * @param path a policy, an included one, or a host list
 * @param state changes whenever the file does; also tells that there is none
 */
public record SourceFile(Path path, String state) {
  /** How the file is now. */
  public static SourceFile of(Path path) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return new SourceFile(
          path,
          attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey());
    } catch (IOException e) {
      return new SourceFile(path, "-");
    }
  }

  /**
   * Whether the file is no longer as it was. Not by {@link #equals}: a record's own would load the
   * library of method handles in each run, for 10 ms.
   */
  public boolean isChanged() {
    return !state.equals(of(path).state);
  }
}
