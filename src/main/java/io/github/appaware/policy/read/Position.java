package io.github.appaware.policy.read;

/**
 * A position in a policy file.
 *
 * @param line from 1, or 0 for the file as a whole
 * @param column from 1, or 0 for the file as a whole
 */
record Position(String file, int line, int column) {
  /** The file as a whole. */
  static Position of(String file) {
    return new Position(file, 0, 0);
  }

  /** {@code policy.toml:12}. */
  @Override
  public String toString() {
    return file + ":" + line;
  }
}
