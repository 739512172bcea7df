package io.github.appaware.cli;

/** Where the questions of a run are asked. */
enum PromptPlace {
  /** On this terminal. */
  TERMINAL,
  /** On consoles alone. */
  CONSOLE,
  /** Nowhere. */
  NONE;

  /** Reads {@code --prompt}. */
  static final class Converter extends WordConverter<PromptPlace> {
    Converter() {
      super("place to ask", PromptPlace.values());
    }
  }
}
