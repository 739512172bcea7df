package io.github.appaware.server;

/** An answer can't be put in force; the question stays open. */
final class AnswerException extends Exception {
  private static final long serialVersionUID = 1;

  AnswerException(String message) {
    super(message);
  }
}
