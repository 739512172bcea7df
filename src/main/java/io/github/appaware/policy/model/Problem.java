package io.github.appaware.policy.model;

/**
 * What is wrong in a policy, and where.
 *
 * @param file the file, as the user named it
 * @param line from 1, or 0 where the whole file is meant
 * @param column from 1, in characters, or 0 where the whole file is meant
 * @param message what is wrong: lower case, no full stop, the user's words in backticks
 * @param help what to do about it, or empty
 */
public record Problem(String file, int line, int column, String message, String help) {
  /** The same in other words. */
  public Problem withMessage(String other) {
    return new Problem(file, line, column, other, help);
  }

  /** With its help on a second line, where there is any. */
  public String describe() {
    return help.isEmpty() ? toString() : this + "\n  help: " + help;
  }

  /** {@code file:line:column: problem}, without the help. */
  @Override
  public String toString() {
    return line == 0 ? file + ": " + message : file + ":" + line + ":" + column + ": " + message;
  }
}
