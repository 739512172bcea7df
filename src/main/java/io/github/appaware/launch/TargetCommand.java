package io.github.appaware.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the target is started so that the agent is in it: an option where the command is a JDK's
 * {@code java} itself, a variable for whatever else, which may start JVMs.
 *
 * @param words the command line
 * @param variable what to append to {@code JAVA_TOOL_OPTIONS}, or empty
 */
record TargetCommand(List<String> words, String variable) {
  private static final String TOOL_OPTIONS = "JAVA_TOOL_OPTIONS";

  static TargetCommand of(List<String> typed, boolean java, Path agent, Path options) {
    String option = "-javaagent:" + agent + "=" + options;
    if (!java) {
      boolean blank = option.chars().anyMatch(Character::isWhitespace);
      return new TargetCommand(typed, blank ? "\"" + option + "\"" : option);
    }
    List<String> words = new ArrayList<>(typed);
    words.add(1, option);
    return new TargetCommand(words, "");
  }

  /** Adds the variable to an environment. */
  void equip(Map<String, String> environment) {
    if (!variable.isEmpty()) {
      String present = environment.get(TOOL_OPTIONS);
      environment.put(TOOL_OPTIONS, present == null ? variable : present + " " + variable);
    }
  }
}
