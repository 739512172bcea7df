package io.github.appaware.launch;

import io.github.appaware.event.Text;
import io.github.appaware.identity.Identifier;
import io.github.appaware.identity.JavaHome;
import io.github.appaware.linux.ProcFs;
import io.github.appaware.linux.ProcessInfo;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Notices JVMs below the target that run without the run's agent: those that were started without
 * it, and those whose agent does not report. Looks at {@code /proc} from time to time: what is
 * shorter than the time between two looks is not seen.
 */
final class ChildJvms implements Runnable {
  private static final long FIRST_MILLIS = 50;
  private static final long LAST_MILLIS = 1_000;
  private static final long NANOS = TimeUnit.SECONDS.toNanos(Watchdog.HELLO_SECONDS);

  /** Longer than the time between fork and exec, in which a process looks like its parent. */
  private static final long SETTLED = TimeUnit.MILLISECONDS.toNanos(40);

  private final long target;
  private final Members members;
  private final ProcFs proc;
  private final Map<ProcessInfo, Long> waiting = new HashMap<>();
  private final Set<Long> judged = new HashSet<>();

  private ChildJvms(long target, Members members, ProcFs proc) {
    this.target = target;
    this.members = members;
    this.proc = proc;
  }

  /** Looks from now on, on a thread of its own. */
  static void watch(long target, Members members) {
    ProcFs proc = ProcFs.ofSystem();
    if (proc.isAvailable()) {
      Thread thread = new Thread(new ChildJvms(target, members, proc), "child-jvms");
      thread.setDaemon(true);
      thread.start();
    }
  }

  @Override
  public void run() {
    try {
      for (long pause = FIRST_MILLIS; ; pause = Math.min(LAST_MILLIS, 2 * pause)) {
        Thread.sleep(pause);
        look(System.nanoTime());
        members.collectOrphans();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(long now) {
    Map<ProcessInfo, Long> still = new HashMap<>();
    for (ProcessInfo each : proc.descendants(target)) {
      // As a name it is told apart from what it was at the look before.
      ProcessInfo key =
          new ProcessInfo(each.pid(), each.command(), ' ', each.parent(), each.started());
      if (!each.isZombie() && !members.hasReported(each.pid()) && !judged.contains(each.pid())) {
        long since = waiting.getOrDefault(key, now);
        if (!isSettled(each, now - since)) {
          still.put(key, each.state() == 'T' ? now : since);
        }
      }
    }
    waiting.clear();
    waiting.putAll(still);
  }

  /** Whether nothing more can be found out about it. */
  private boolean isSettled(ProcessInfo process, long age) {
    if (age < SETTLED) {
      return false;
    }
    long pid = process.pid();
    if (proc.executable(pid).flatMap(JavaHome::of).isEmpty()) {
      return false; // it may become one
    }
    boolean given = Identifier.hasAgent(pid, members.own());
    if ((given && age < NANOS) || members.hasReported(pid)) {
      return false;
    }
    judged.add(pid);
    String command = Text.printable(String.join(" ", proc.commandLine(pid)));
    members.fail(
        "process "
            + pid
            + " (`"
            + command.substring(0, Math.min(command.length(), 200))
            + (given ? "`) has not reported" : "`) is a JVM without the agent")
            + ": nothing that it does is judged");
    return true;
  }
}
