package io.github.appaware.cli;

/** When output has colours. */
enum ColorWhen {
  /** On a terminal that has them, unless the environment says otherwise. */
  AUTO,
  ALWAYS,
  NEVER;

  /** Reads {@code --color}. */
  static final class Converter extends WordConverter<ColorWhen> {
    Converter() {
      super("choice of colours", ColorWhen.values());
    }
  }
}
