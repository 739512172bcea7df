package io.github.appaware.policy;

/** A policy file was not changed. Everything on disk is as it was, unless the message says so. */
public final class EditException extends Exception {
  private static final long serialVersionUID = 1;

  private final String help;

  EditException(String message, String help) {
    super(message);
    this.help = help;
  }

  /** What to do about it, or empty. */
  public String help() {
    return help;
  }
}
