package io.github.appaware.cli;

import io.github.appaware.event.GuardMode;

/** Reads {@code --guard}. */
final class GuardConverter extends WordConverter<GuardMode> {
  GuardConverter() {
    super("guard mode", GuardMode.values());
  }
}
