package io.github.appaware.prompt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Settings of the terminal that no sequence saves, and that could make a question invisible or its
 * keys unreadable: the colours of text and background, and xterm's modifyOtherKeys. The terminal is
 * asked for them, they are reset, and what it told is set again afterwards. A terminal that does
 * not tell them keeps its own.
 */
final class ProgramSettings {
  /** What asks for them. A terminal may take the last as colours, which are reset. */
  static final String QUERY = "\u001b]10;?\u001b\\\u001b]11;?\u001b\\\u001b[?4m\u001b[0m";

  static final String RESET = "\u001b]110\u001b\\\u001b]111\u001b\\\u001b[>4;0m";

  /** The terminal's own form, as it is written back. */
  private static final Pattern COLOUR =
      Pattern.compile("\\](1[01]);(rgba?:[0-9a-fA-F]{1,4}(?:/[0-9a-fA-F]{1,4}){2,3})");

  private static final Pattern KEYS = Pattern.compile("\\[>4;([0-3])m");

  private final Map<String, String> program = new LinkedHashMap<>();
  private final Map<String, String> own = new LinkedHashMap<>();

  /** What the terminal has told before the reset; of several reports the last counts. */
  void program(List<String> reports) {
    take(reports, program);
  }

  /** What it tells after the reset. */
  void own(List<String> reports) {
    take(reports, own);
  }

  private static void take(List<String> reports, Map<String, String> values) {
    for (String report : reports) {
      Matcher colour = COLOUR.matcher(report);
      Matcher keys = KEYS.matcher(report);
      if (colour.matches()) {
        values.put("\u001b]" + colour.group(1) + ";", colour.group(2) + "\u001b\\");
      } else if (keys.matches()) {
        values.put("\u001b[>4;", keys.group(1) + "m");
      }
    }
  }

  /** What sets again what was another value before the reset. */
  String restore() {
    StringBuilder text = new StringBuilder();
    program.forEach(
        (setting, value) -> {
          if (!value.equals(own.get(setting))) {
            text.append(setting).append(value);
          }
        });
    return text.toString();
  }
}
