package io.github.appaware.launch;

import io.github.appaware.wire.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The programs of a run that used a network, or could, without being judged: for the record, in
 * which each command has a line, and for the summary. Safe for all threads.
 */
public final class UnjudgedPrograms {
  /** Different commands: a program may make up more. */
  private static final int MOST = 1_000;

  /** Different names: a process may give itself any. */
  private static final int MOST_NAMES = 100;

  /** Different commands that the summary names. */
  private static final int MOST_NAMED = 5;

  /** Characters of a command. */
  private static final int MOST_CHARACTERS = 1_000;

  private static final String OTHERS = "(other commands)";

  /** What shows that a program used a network, or could. */
  public enum Why {
    /** It had a socket open. */
    SOCKET,
    /** It is known for it. */
    NAME,
    /** It can't be looked into. */
    HIDDEN,
    /** It is a JVM. */
    JVM,
    /** It went on when the run had ended, so that what it does later is not seen. */
    LEFT
  }

  /**
   * A program.
   *
   * @param command its command line, as it says itself: hostile text
   * @param pid the first process that ran it
   * @param since when that was first seen
   * @param why what shows that it used a network, or could
   * @param count how many processes ran it
   */
  public record Program(String command, long pid, Instant since, Why why, int count) {}

  private final Consumer<Message.Unjudged> record;
  private final Map<String, Program> programs = new LinkedHashMap<>();
  private final Set<String> names = new TreeSet<>();
  private final Map<String, Integer> unrecorded = new LinkedHashMap<>();

  UnjudgedPrograms(Consumer<Message.Unjudged> record) {
    this.record = record;
  }

  /** A process runs it. The first of each command is recorded at once. */
  synchronized void add(long pid, String commandLine, Instant since, Why why) {
    String command =
        commandLine.length() <= MOST_CHARACTERS
            ? commandLine
            : commandLine.substring(0, MOST_CHARACTERS) + "...";
    if (programs.size() >= MOST && !programs.containsKey(command)) {
      command = OTHERS;
    }
    Program known = programs.get(command);
    if (known == null) {
      programs.put(command, new Program(command, pid, since, why, 1));
      record.accept(new Message.Unjudged(pid, command, 1, since.toEpochMilli()));
    } else {
      programs.put(
          command,
          new Program(command, known.pid(), known.since(), known.why(), known.count() + 1));
      unrecorded.merge(command, 1, Integer::sum);
    }
  }

  /** A program without the agent is there, whatever it does. */
  synchronized void see(String name) {
    if (names.size() < MOST_NAMES) {
      names.add(name);
    }
  }

  /** Records what was only counted. */
  synchronized void end() {
    for (Map.Entry<String, Integer> each : unrecorded.entrySet()) {
      Program program = programs.get(each.getKey());
      record.accept(
          new Message.Unjudged(
              program.pid(), each.getKey(), each.getValue(), program.since().toEpochMilli()));
    }
    unrecorded.clear();
  }

  /** The names of all programs without the agent. */
  synchronized List<String> names() {
    return List.copyOf(names);
  }

  /** The first of them. */
  synchronized List<Program> first() {
    List<Program> all = new ArrayList<>(programs.values());
    return all.subList(0, Math.min(all.size(), MOST_NAMED));
  }

  /** How many commands there were. */
  synchronized int size() {
    return programs.size();
  }
}
