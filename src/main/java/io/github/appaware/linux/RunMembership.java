package io.github.appaware.linux;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * Which processes belong to a run, by the kernel's word: what came of its launcher, which adopts
 * orphans as soon as there can be any ({@link SystemCalls#becomeSubreaper}), and what has the run's
 * private directory in its environment or brings the agent from there on its command line. Safe for
 * all threads.
 */
public final class RunMembership {
  /** Ancestors of a process: more is a loop of a tree that changed meanwhile. */
  private static final int MOST_ANCESTORS = 10_000;

  /** Looks at a process whose ancestors keep ending. */
  private static final int MOST_LOOKS = 1_000;

  private static final int MOST_BYTES = 1 << 20;

  private final ProcFs proc;
  private final long launcher;
  private final LongPredicate own;
  private final String inside;

  /** Where the launcher holds what it hands to child JVMs. */
  private final String held;

  /**
   * The processes of one run.
   *
   * @param directory the run's private directory
   * @param launcher the process that started the target
   * @param own whether a child of the launcher does the launcher's own work
   */
  public RunMembership(ProcFs proc, Path directory, long launcher, LongPredicate own) {
    this.proc = proc;
    this.launcher = launcher;
    this.own = own;
    byte[] bytes = (directory + "/").getBytes(StandardCharsets.UTF_8);
    this.inside = new String(bytes, StandardCharsets.ISO_8859_1);
    this.held = "/proc/" + launcher + "/fd/";
  }

  /** Whether a process is of the run. One that is gone is not. */
  public boolean contains(long pid) {
    return isBelowLauncher(pid) || isNamed(pid);
  }

  /** Whether it came of the launcher, without being the launcher's own. */
  private boolean isBelowLauncher(long pid) {
    for (int i = 0; i < MOST_LOOKS; i++) {
      Optional<Boolean> known = look(pid);
      if (known.isPresent()) {
        return known.get();
      }
    }
    return true; // no honest program's ancestors end as fast as that
  }

  /** Empty when an ancestor ended meanwhile: its children have another parent by now. */
  private Optional<Boolean> look(long pid) {
    ProcessInfo at = proc.process(pid).orElse(null);
    for (int i = 0; i < MOST_ANCESTORS && at != null; i++) {
      if (at.pid() == launcher || own.test(at.pid())) {
        return Optional.of(false);
      }
      if (at.parent() == launcher) {
        return Optional.of(true);
      }
      ProcessInfo parent = at.parent() == 0 ? null : proc.process(at.parent()).orElse(null);
      boolean isTrue = parent != null && parent.started() <= at.started();
      if (!isTrue && at.parent() != 0 && hasOtherParent(at)) {
        return Optional.empty();
      }
      at = isTrue ? parent : null; // another user's may be invisible
    }
    return Optional.of(false);
  }

  private boolean hasOtherParent(ProcessInfo known) {
    return proc.process(known.pid()).filter(now -> now.parent() == known.parent()).isEmpty();
  }

  /** Whether the environment or the command line says so: also of what was orphaned before. */
  public boolean isNamed(long pid) {
    if (proc.text(pid, "environ", MOST_BYTES).contains(inside)) {
      return true;
    }
    for (String argument : proc.text(pid, "cmdline", MOST_BYTES).split("\0", -1)) {
      if (bringsAgent(argument)) {
        return true;
      }
    }
    return false;
  }

  /** That a command line merely mentions the directory says nothing: it may be the user's own. */
  private boolean bringsAgent(String argument) {
    return (argument.startsWith("-javaagent:") || argument.startsWith("-agentlib:"))
        && (argument.contains(inside) || argument.contains(held));
  }
}
