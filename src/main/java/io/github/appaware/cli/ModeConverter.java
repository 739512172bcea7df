package io.github.appaware.cli;

import io.github.appaware.event.Mode;

/** Reads {@code --mode}. */
final class ModeConverter extends WordConverter<Mode> {
  ModeConverter() {
    super("mode", Mode.values());
  }
}
