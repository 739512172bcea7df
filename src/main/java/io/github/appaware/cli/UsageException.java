package io.github.appaware.cli;

/** The command line asks for something that can't be done. */
final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String help;

  UsageException(String message, String help) {
    super(message);
    this.help = help;
  }

  String help() {
    return help;
  }
}
