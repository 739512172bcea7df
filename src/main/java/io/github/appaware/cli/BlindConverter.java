package io.github.appaware.cli;

import io.github.appaware.event.BlindMode;

/** Reads {@code --blind}. */
final class BlindConverter extends WordConverter<BlindMode> {
  BlindConverter() {
    super("blind mode", BlindMode.values());
  }
}
