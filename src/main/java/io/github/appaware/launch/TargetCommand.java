package io.github.appaware.launch;

import io.github.appaware.wire.AgentOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The target's command line with the agent: as an option where the command is a JDK's own {@code
 * java}, else as a variable for the JVMs that the command may start.
 *
 * @param words the command line
 * @param inherited the option to pass on in the environment, or empty
 */
record TargetCommand(List<String> words, String inherited) {
  static TargetCommand of(
      List<String> typed, boolean java, Path agent, Map<String, String> environment) {
    String jar = agent.toString();
    if (!java) {
      return new TargetCommand(typed, AgentOptions.argument(jar));
    }
    List<String> words = new ArrayList<>(typed);
    words.add(1, AgentOptions.argument(jar, typed.subList(1, typed.size()), environment));
    return new TargetCommand(words, "");
  }

  /** Adds the variable to an environment. */
  void equip(Map<String, String> environment) {
    if (!inherited.isEmpty()) {
      String present = environment.get(AgentOptions.VARIABLE);
      environment.put(AgentOptions.VARIABLE, AgentOptions.inVariable(present, inherited));
    }
  }
}
