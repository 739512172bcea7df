package io.github.appaware.agent;

import io.github.appaware.event.Event;
import io.github.appaware.event.Event.Blind.Way;
import io.github.appaware.event.Verdict;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checks blind events: native code, other programs, other JVMs. A library, and a module with native
 * access, cause one event at their first use; each start of a program causes one.
 *
 * <p>Safe for all threads.
 */
final class BlindEvents {
  /** Characters of a command line that an event carries. */
  private static final int MOST_CHARACTERS = 1_000;

  /** Libraries and modules remembered; beyond that, some are reported again. */
  private static final int MOST_KNOWN = 4_096;

  private final VerdictCache verdicts;
  private final ChildProcesses children;

  /** The directory of the JDK's own libraries, as the JVM set it before the application ran. */
  private final String jdk = System.getProperty("java.home") + File.separator;

  private final Set<Event> allowed = ConcurrentHashMap.newKeySet();
  private volatile String realJdk;

  BlindEvents(VerdictCache verdicts, ChildProcesses children) {
    this.verdicts = verdicts;
    this.children = children;
  }

  /**
   * Checks a process that is about to start.
   *
   * @param directory its working directory, or null for this process's own
   * @return the command and environment to use, or the denial's message
   */
  Object child(String[] command, Map<String, String> environment, String directory) {
    if (command == null || command.length == 0 || command[0] == null) {
      return new Object[] {command, environment}; // the JDK rejects it with its own message
    }
    if (!children.isOwnJava(command[0], directory)
        || children.mayLoseTheAgent(command, environment, directory)) {
      String denial = ask(new Event.Blind(Way.PROCESS, shortened(command)));
      if (denial != null) {
        return denial;
      }
    }
    String preloaded = children.preloaded(environment);
    if (preloaded != null) {
      String denial = ask(new Event.Blind(Way.LIBRARY, preloaded));
      if (denial != null) {
        return denial;
      }
    }
    try {
      return children.equip(command, environment, directory);
    } catch (IOException e) {
      return "appaware: the agent can't be given to the new process: " + e.getMessage();
    }
  }

  private static String shortened(String[] command) {
    StringBuilder shortened = new StringBuilder();
    for (String word : command) {
      if (shortened.length() < MOST_CHARACTERS) {
        shortened.append(shortened.length() == 0 ? "" : " ").append(word);
      }
    }
    if (shortened.length() > MOST_CHARACTERS) {
      shortened.setLength(MOST_CHARACTERS);
      shortened.append("...");
    }
    return shortened.toString();
  }

  /** Checks a library that is about to be loaded; null or the denial's message. */
  String library(String path) {
    return isOfTheJdk(path) ? null : once(new Event.Blind(Way.LIBRARY, path));
  }

  private boolean isOfTheJdk(String path) {
    if (path.startsWith(jdk)) {
      return true;
    }
    if (realJdk == null) {
      realJdk = real(jdk);
    }
    return path.startsWith(realJdk);
  }

  /** The JDK gives real paths for libraries, but its own home as it was started. */
  private static String real(String directory) {
    try {
      return new File(directory).getCanonicalPath() + File.separator;
    } catch (IOException e) {
      return directory;
    }
  }

  /** Checks a native function that is about to be linked; null or the denial's message. */
  String foreign() {
    String module = CallerFinder.module();
    return module == null ? null : once(new Event.Blind(Way.FOREIGN, module));
  }

  /** Checks attaching to another JVM; null or the denial's message. */
  String attach(String pid) {
    return ask(new Event.Blind(Way.ATTACH, pid));
  }

  /**
   * Checks native agents, such as a debugger's, which connects and listens without the JDK's
   * sockets.
   *
   * @param options of this JVM
   * @throws AgentStartException if one is denied: it runs already, so the JVM must not continue
   */
  void agents(String[] options) throws AgentStartException {
    for (String option : options) {
      boolean isNative =
          option.startsWith("-agentpath:")
              || option.startsWith("-Xrun")
              || (option.startsWith("-agentlib:") && !option.startsWith("-agentlib:instrument="));
      if (isNative) {
        Event event = new Event.Blind(Way.LIBRARY, shortened(new String[] {option}));
        Verdict verdict = verdicts.checker(event);
        if (!verdict.allowed()) {
          throw new AgentStartException(verdict.reason().describe(event.describe() + " denied"));
        }
      }
    }
  }

  private String once(Event event) {
    if (allowed.contains(event)) {
      return null;
    }
    String denial = ask(event);
    if (denial == null) {
      if (allowed.size() >= MOST_KNOWN) {
        allowed.clear();
      }
      allowed.add(event);
    }
    return denial;
  }

  private String ask(Event event) {
    Verdict verdict = verdicts.checker(event);
    return verdict.allowed() ? null : verdict.describe(event);
  }
}
