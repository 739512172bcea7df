package io.github.appaware.record;

import java.io.IOException;

/** A line is not a line of the record, or of a later version of it. */
public final class RecordFormatException extends IOException {
  private static final long serialVersionUID = 1;

  RecordFormatException(String message) {
    super(message);
  }

  RecordFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
