package io.github.appaware.cli;

import java.util.HashMap;
import java.util.Map;

/**
 * Variables with JVM options, which the launcher script renames so that the launcher's own JVM does
 * not read them. The target gets them under their original names.
 */
final class SavedVariables {
  /** The prefix that the script adds. */
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
