package io.github.appaware.agent;

import io.github.appaware.event.Event;
import io.github.appaware.event.Event.Blind.Way;
import io.github.appaware.event.Secrets;
import io.github.appaware.event.Verdict;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
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

  /**
   * The JDK's libraries that hand over to ones of the system, which speak to the network or load
   * what the user's settings name: the display, sound, debugging of another process.
   */
  private static final Set<String> OF_THE_SYSTEM =
      Set.of("libawt_xawt.so", "libjsound.so", "libsaproc.so");

  private final Set<Event> allowed = ConcurrentHashMap.newKeySet();

  BlindEvents(VerdictCache verdicts, ChildProcesses children) {
    this.verdicts = verdicts;
    this.children = children;
  }

  /**
   * Checks a process that is about to start.
   *
   * @param arguments those of {@code Operation.CHILD}
   * @return the command and environment to use and the program that must then run, or null; or the
   *     denial's message
   */
  @SuppressWarnings("unchecked")
  Object child(Object[] arguments) {
    String[] command = (String[]) arguments[0];
    Map<String, String> given = (Map<String, String>) arguments[1];
    // Another thread of the program may change the given one until the process has started.
    Map<String, String> environment = given == null ? null : ChildProcesses.copy(given);
    String directory = (String) arguments[2];
    if (command == null || command.length == 0 || command[0] == null) {
      return new Object[] {command, given, null}; // the JDK rejects it with its own message
    }
    Child child = children.child(command.clone(), environment, directory);
    if (!child.isHarmless()) {
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
      return children.equip(child);
    } catch (IOException e) {
      return "appaware: the agent can't be given to the new process: " + e.getMessage();
    }
  }

  private static String shortened(String[] command) {
    StringBuilder shortened = new StringBuilder();
    for (String word : Secrets.hidden(Arrays.asList(command))) {
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

  /**
   * Checks a library that is about to be loaded; null or the denial's message.
   *
   * @param path its path, or its name where the system looks it up
   * @param from the class that it is loaded for, or null where the JDK loads it for no class. Only
   *     the JDK's own classes may use the JDK's libraries unasked: a class of the application may
   *     have the name of one of the JDK, and would get its native methods
   */
  String library(String path, Class<?> from) {
    return (from == null || JdkCode.is(from)) && isOfTheJdk(path, from != null)
        ? null
        : once(new Event.Blind(Way.LIBRARY, path));
  }

  /** A link in a path that the application gives may lead elsewhere when the path is followed. */
  private boolean isOfTheJdk(String path, boolean mayHaveLinks) {
    String home = JdkHome.path() + File.separator;
    if (!path.startsWith(home)) {
      return false;
    }
    try {
      File real = new File(path).getCanonicalFile();
      return (mayHaveLinks || real.getPath().equals(path))
          && real.getPath().startsWith(new File(home).getCanonicalPath() + File.separator)
          && !OF_THE_SYSTEM.contains(real.getName())
          && !children.isChanged(real.toPath());
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Checks a native function that is about to be linked, or native memory that is about to be
   * opened; null or the denial's message.
   *
   * @param caller as the JDK determines it, or null
   */
  String foreign(Class<?> caller) {
    String module = CallerFinder.module(caller);
    return module == null ? null : once(new Event.Blind(Way.FOREIGN, module));
  }

  /** Checks attaching to another JVM; null or the denial's message. */
  String attach(String pid) {
    return ask(new Event.Blind(Way.ATTACH, pid));
  }

  /** Checks a process that was just started; null or why it must end. */
  String started(Process process, Path program) {
    return children.isRunning(process, program)
        ? null
        : "appaware: killed, as the process does not run " + program + ", which was to be started";
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
    return verdicts.denial(event);
  }
}
