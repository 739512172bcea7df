package io.github.appaware.cli;

import java.util.HashMap;
import java.util.Map;

/**
 * The launcher script hides the variables with options for JVMs from the launcher's own JVM, under
 * other names; the target gets them as they were.
 */
final class SavedVariables {
  /** As the script writes it. */
  static final String PREFIX = "APPAWARE_SAVED_";

  private SavedVariables() {}

  /** The environment as the user had it. */
  static Map<String, String> putBack(Map<String, String> environment) {
    Map<String, String> original = new HashMap<>();
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX)) {
            original.put(name.substring(PREFIX.length()), value);
          } else {
            original.putIfAbsent(name, value);
          }
        });
    return original;
  }
}
