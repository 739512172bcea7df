package io.github.appaware.store;

import java.io.IOException;

/** A store can't be used: its address is wrong, or no server answers there. */
public final class StoreException extends IOException {
  private static final long serialVersionUID = 1;

  private final String help;

  StoreException(String message, String help, Throwable cause) {
    super(message, cause);
    this.help = help;
  }

  /** What to do about it. */
  public String help() {
    return help;
  }
}
