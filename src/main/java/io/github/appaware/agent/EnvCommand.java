package io.github.appaware.agent;

import io.github.appaware.wire.AgentOptions;
import java.io.File;

/**
 * A command that starts with {@code env}, which can remove and set variables: options, assignments,
 * then the command proper, as in GNU coreutils 9 and POSIX.
 *
 * @param operand the index of the command proper, where one more assignment can be inserted
 * @param inherits whether the agent's variable is inherited
 * @param assigned the value that it gives to the agent's variable, or null
 */
record EnvCommand(int operand, boolean inherits, String assigned) {
  /** Null if it is not such a command, or has unknown options. */
  static EnvCommand of(String[] command) {
    if (!new File(command[0]).getName().equals("env")) {
      return null;
    }
    boolean inherits = true;
    int at = 1;
    for (; at < command.length && command[at].startsWith("-"); at++) {
      String word = command[at];
      if (word.equals("--")) {
        at++;
        break;
      }
      if (word.equals("-") || word.equals("--ignore-environment")) {
        inherits = false;
      } else if (word.equals("-u") || word.equals("--unset")) {
        at++;
        inherits &= at >= command.length || !command[at].equals(AgentOptions.VARIABLE);
      } else if (word.startsWith("-u") || word.startsWith("--unset=")) {
        inherits &= !word.endsWith(AgentOptions.VARIABLE);
      } else if (word.equals("-C") || word.equals("--chdir")) {
        at++;
      } else if (isCluster(word)) {
        inherits &= word.indexOf('i') < 0;
      } else if (!isHarmless(word)) {
        return null; // --split-string, or newer than this
      }
    }
    String assigned = null;
    for (; at < command.length && command[at].indexOf('=') > 0; at++) {
      if (command[at].startsWith(AgentOptions.VARIABLE + "=")) {
        assigned = command[at].substring(AgentOptions.VARIABLE.length() + 1);
      }
    }
    return at < command.length ? new EnvCommand(at, inherits, assigned) : null;
  }

  /** One-letter options without a value. */
  private static boolean isCluster(String word) {
    for (int i = 1; i < word.length(); i++) {
      if ("iv0".indexOf(word.charAt(i)) < 0) {
        return false;
      }
    }
    return word.length() > 1;
  }

  private static boolean isHarmless(String word) {
    return word.startsWith("-C")
        || word.startsWith("--chdir=")
        || word.equals("--null")
        || word.equals("--debug")
        || word.startsWith("--block-signal")
        || word.startsWith("--default-signal")
        || word.startsWith("--ignore-signal")
        || word.equals("--list-signal-handling");
  }
}
