package io.github.appaware.cli;

/** Which events a console shows. */
enum EventFilter {
  DENIED,
  ALL,
  NONE;

  /**
   * Whether an event is shown.
   *
   * @param line of the record
   */
  boolean includes(String line) {
    return switch (this) {
      case ALL -> true;
      case NONE -> false;
      case DENIED -> !EventLine.isAllowed(line);
    };
  }

  /** Reads the option. */
  static final class Converter extends WordConverter<EventFilter> {
    Converter() {
      super("events", EventFilter.values());
    }
  }
}
