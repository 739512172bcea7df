package io.github.appaware.prompt;

/**
 * A key that was pressed.
 *
 * @param code the character of {@link Kind#CHARACTER}, else 0
 */
record Key(Kind kind, int code) {
  /** What sort of key. */
  enum Kind {
    CHARACTER,
    ENTER,
    ESCAPE,
    TAB,
    BACKSPACE,
    UP,
    DOWN,
    LEFT,
    RIGHT,
    OTHER
  }

  static final Key ENTER = new Key(Kind.ENTER, 0);
  static final Key ESCAPE = new Key(Kind.ESCAPE, 0);
  static final Key TAB = new Key(Kind.TAB, 0);
  static final Key BACKSPACE = new Key(Kind.BACKSPACE, 0);
  static final Key UP = new Key(Kind.UP, 0);
  static final Key DOWN = new Key(Kind.DOWN, 0);
  static final Key LEFT = new Key(Kind.LEFT, 0);
  static final Key RIGHT = new Key(Kind.RIGHT, 0);
  static final Key OTHER = new Key(Kind.OTHER, 0);

  /** The last character of an arrow's sequence; 0 for other keys. */
  char letter() {
    return switch (kind) {
      case UP -> 'A';
      case DOWN -> 'B';
      case RIGHT -> 'C';
      case LEFT -> 'D';
      default -> 0;
    };
  }

  static Key of(int character) {
    return new Key(Kind.CHARACTER, character);
  }
}
