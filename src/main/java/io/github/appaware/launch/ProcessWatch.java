package io.github.appaware.launch;

import io.github.appaware.event.Secrets;
import io.github.appaware.event.Text;
import io.github.appaware.identity.Identifier;
import io.github.appaware.identity.JavaHome;
import io.github.appaware.launch.UnjudgedPrograms.Why;
import io.github.appaware.linux.NetworkUse;
import io.github.appaware.linux.NetworkUse.Found;
import io.github.appaware.linux.ProcFs;
import io.github.appaware.linux.ProcessInfo;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Notices processes of the run that nothing judges: JVMs without the run's agent, those whose agent
 * does not report, and other programs that use a network. Looks at {@code /proc} from time to time,
 * most often just after a process has appeared; what is shorter than the time between two looks is
 * not seen.
 */
final class ProcessWatch implements Runnable {
  private static final long FIRST_MILLIS = 50;

  /** After something appeared, when looks begin to become rarer. */
  private static final long FASTEST_MILLIS = 5;

  /** While there are programs without the agent. */
  private static final long SLOW_MILLIS = 250;

  private static final long SLOWEST_MILLIS = 1_000;

  /** Looks may take at most one part in this many of the time. */
  private static final int SHARE = 10;

  /** For the sake of that share; on a busy machine, time passes in which it does not look. */
  private static final long MOST_REST = 100;

  /** Looks that are slow because the classes are new. */
  private static final int COLD_LOOKS = 10;

  private static final long HELLO = TimeUnit.SECONDS.toNanos(Watchdog.HELLO_SECONDS);

  /** Longer than the time between fork and exec, in which a process looks like its parent. */
  private static final long SETTLED = TimeUnit.MILLISECONDS.toNanos(40);

  /** In which a JVM that has the agent usually reports, or it is none but looks like one. */
  private static final long BEGINNING = TimeUnit.SECONDS.toNanos(5);

  /** For those that are about to end with the target. */
  private static final long LEAVING = TimeUnit.MILLISECONDS.toNanos(500);

  private static final int MOST_TOLD = 10_000;
  private static final int MOST_CHARACTERS = 200;

  /** A program in a process. */
  private static final class Seen {
    final Instant since = Instant.now();
    long from;
    boolean isSettled;
    Path executable;
    boolean isJvm;
    Boolean hasAgent;
    String command = "";

    /** What is to be told as soon as the command line is known, or the process is gone. */
    Why found;

    /** Or null. */
    Seen before;

    Seen(long now, Seen before) {
      this.from = now;
      this.before = before;
    }
  }

  private record Key(long pid, long started, String name) {}

  private final long target;
  private final Members members;
  private final RunOrphans orphans;
  private final RunTree tree;
  private final UnjudgedPrograms unjudged;
  private final ProcFs proc;
  private final NetworkUse network;
  private final boolean guarded;
  private final Set<Long> inherited;
  private final Set<Key> told = new HashSet<>();
  private Map<Key, Seen> seen = new HashMap<>();
  private boolean isOver;
  private int looks;

  private ProcessWatch(
      long target,
      Members members,
      RunTree tree,
      RunOrphans orphans,
      UnjudgedPrograms unjudged,
      boolean guarded,
      ProcFs proc) {
    this.guarded = guarded;
    this.target = target;
    this.members = members;
    this.tree = tree;
    this.orphans = orphans;
    this.unjudged = unjudged;
    this.proc = proc;
    this.network = new NetworkUse(proc);
    this.inherited = network.standardStreams(ProcessHandle.current().pid());
  }

  /**
   * Looks from now on, on a thread of its own.
   *
   * @param guarded whether the guard judges what has no agent, so that there is nothing to tell
   */
  static ProcessWatch begin(
      long target,
      Members members,
      RunTree tree,
      RunOrphans orphans,
      UnjudgedPrograms unjudged,
      boolean guarded) {
    ProcFs proc = ProcFs.ofSystem();
    ProcessWatch watch = new ProcessWatch(target, members, tree, orphans, unjudged, guarded, proc);
    if (proc.isAvailable()) {
      Thread thread = new Thread(watch, "process-watch");
      thread.setDaemon(true);
      thread.start();
    }
    return watch;
  }

  /** The target has ended: looks at what it left. */
  void end() {
    synchronized (this) {
      if (proc.isAvailable() && !guarded) {
        tellLeft();
      }
      isOver = true;
    }
    unjudged.end();
  }

  /** What goes on without the agent could use a network whenever it likes. */
  private void tellLeft() {
    long end = System.nanoTime() + LEAVING;
    boolean unused = look(System.nanoTime());
    while (left().findAny().isPresent() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(FASTEST_MILLIS));
      unused = look(System.nanoTime());
    }
    left().toList().forEach(each -> tell(each.getKey(), each.getValue(), Why.LEFT));
  }

  private Stream<Map.Entry<Key, Seen>> left() {
    return seen.entrySet().stream()
        .filter(each -> each.getKey().pid() != target && !each.getValue().isSettled)
        .filter(each -> !Boolean.TRUE.equals(each.getValue().hasAgent));
  }

  @Override
  public void run() {
    try {
      // A JVM with the agent says by itself what it starts.
      long pause = isJvm() ? FIRST_MILLIS : FASTEST_MILLIS;
      while (true) {
        boolean isNews = orphans.await(pause);
        long begun = System.nanoTime();
        synchronized (this) {
          if (isOver) {
            return;
          }
          isNews |= look(begun);
        }
        orphans.collect();
        long cost = TimeUnit.NANOSECONDS.toMillis((System.nanoTime() - begun) * SHARE);
        pause = isNews ? FASTEST_MILLIS : longer(pause);
        pause = ++looks > COLD_LOOKS ? Math.max(pause, Math.min(cost, MOST_REST)) : pause;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the target is a JVM that was started with the agent. */
  private boolean isJvm() {
    return members.target().java().isPresent();
  }

  private long longer(long pause) {
    boolean isAnyOpen = seen.values().stream().anyMatch(each -> !each.isSettled && !each.isJvm);
    long most = isAnyOpen ? SLOW_MILLIS : SLOWEST_MILLIS;
    long factor = isAnyOpen ? 5 : 8;
    return Math.min(most, Math.max(pause + 1, pause * factor / 4));
  }

  /** Whether there are new programs without the agent. */
  private boolean look(long now) {
    Map<Key, Seen> still = new HashMap<>();
    boolean isNews = false;
    for (ProcessInfo each : tree.look(target)) {
      boolean isAwaited = each.pid() == target && isJvm(); // by the watchdog
      if (isAwaited || each.isZombie() || members.hasReported(each.pid())) {
        continue;
      }
      Key key = key(each);
      Seen known = seen.get(key);
      isNews |= known == null;
      Seen one = known == null ? new Seen(now, before(key)) : known;
      still.put(key, one);
      if (each.state() == 'T') {
        one.from = now; // stopped for a question, perhaps
      }
      if (!one.isSettled) {
        one.isSettled = isSettled(each, one, now);
      }
    }
    for (Map.Entry<Key, Seen> each : seen.entrySet()) {
      Key key = each.getKey();
      Seen one = each.getValue();
      boolean isGone = !still.containsKey(key) && !members.hasReported(key.pid());
      if (isGone && !one.isSettled && one.found != null) {
        tell(key, one, one.found);
      }
    }
    seen = still;
    return isNews;
  }

  private static Key key(ProcessInfo process) {
    return new Key(process.pid(), process.started(), process.command());
  }

  /** Once: a look may miss a process whose parent ends meanwhile, and the next one finds it. */
  private void tell(Key key, Seen one, Why why) {
    if (guarded) {
      return;
    }
    String command = told(key.name(), one);
    // Its name may be that of the program before.
    if (told.size() >= MOST_TOLD || told.add(new Key(key.pid(), key.started(), command))) {
      unjudged.add(key.pid(), command, one.since, why);
    }
  }

  /** The same process under another name, or null. */
  private Seen before(Key key) {
    for (Map.Entry<Key, Seen> each : seen.entrySet()) {
      if (each.getKey().pid() == key.pid() && each.getKey().started() == key.started()) {
        return each.getValue();
      }
    }
    return null;
  }

  /** Whether nothing more can be found out about it. */
  private boolean isSettled(ProcessInfo process, Seen one, long now) {
    long pid = process.pid();
    Optional<Path> executable = proc.executable(pid);
    if (executable.isPresent() && !executable.get().equals(one.executable)) {
      one.executable = executable.get();
      if (one.before != null && one.executable.equals(one.before.executable)) {
        one.from = one.before.from; // it only calls itself something else
      }
      one.before = null;
      one.isJvm = JavaHome.of(one.executable).isPresent();
      one.hasAgent = null;
    }
    long age = now - one.from;
    String command = command(pid); // now, as it may be gone before anything else is known
    one.command = command.isEmpty() ? one.command : command;
    if (!one.isJvm && one.executable != null) {
      unjudged.see(process.command());
    }
    if (one.isJvm && age < SETTLED) {
      return false;
    }
    if (one.isJvm && isUnjudgedJvm(process, one, age)) {
      return true;
    }
    if (one.found == null) {
      one.found = NetworkPrograms.isOne(process.command()) ? Why.NAME : use(process, age);
    }
    boolean isInExec = one.command.isEmpty() && age < SETTLED;
    // Some agents of the JVM's own open sockets before ours reports.
    boolean isBeginning = one.isJvm && age < BEGINNING;
    if (one.found == null || isInExec || isBeginning) {
      return false;
    }
    tell(key(process), one, one.found);
    return true;
  }

  private Why use(ProcessInfo process, long age) {
    return switch (network.of(process.pid(), without(process))) {
      case NOTHING -> null;
      // Once more: its parent may have opened one and forked after the first look at the parent.
      case SOCKET ->
          network.of(process.pid(), without(process)) == Found.SOCKET ? Why.SOCKET : null;
      case HIDDEN -> age < SETTLED ? null : Why.HIDDEN;
    };
  }

  /**
   * Sockets that do not count: those that came with the launcher, and the open ones of a judged JVM
   * that started the process, which closes them a moment after the fork.
   */
  private Set<Long> without(ProcessInfo process) {
    long parent = process.parent();
    if (!members.hasReported(parent) && !(parent == target && isJvm())) {
      return inherited;
    }
    Set<Long> without = new HashSet<>(network.sockets(parent));
    without.addAll(inherited);
    return without;
  }

  private boolean isUnjudgedJvm(ProcessInfo process, Seen one, long age) {
    long pid = process.pid();
    if (one.hasAgent == null) {
      one.hasAgent = Identifier.hasAgent(pid, members.own());
    }
    if ((one.hasAgent && age < HELLO) || members.hasReported(pid)) {
      return false;
    }
    tell(key(process), one, Why.JVM);
    if (pid != target && !guarded) {
      String shown = Text.printable(told(process.command(), one));
      members.fail(
          "process "
              + pid
              + " (`"
              + shown.substring(0, Math.min(shown.length(), MOST_CHARACTERS))
              + (one.hasAgent ? "`) has not reported" : "`) is a JVM without the agent")
              + ": nothing that it does is judged");
    }
    return true;
  }

  /** What the user typed, or what a process says of itself; empty when that is unknown. */
  private String command(long pid) {
    List<String> words =
        pid == target
            ? members.target().application().command()
            : Secrets.hidden(proc.commandLine(pid));
    return String.join(" ", words);
  }

  private static String told(String name, Seen one) {
    return one.command.isEmpty() ? "[" + name + "]" : one.command;
  }
}
