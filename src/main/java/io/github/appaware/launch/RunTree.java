package io.github.appaware.launch;

import io.github.appaware.linux.OwnChildren;
import io.github.appaware.linux.ProcFs;
import io.github.appaware.linux.ProcessInfo;
import io.github.appaware.linux.RunMembership;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

/**
 * The processes of a run, according to {@code /proc}: the target, what else is a child of the
 * launcher without doing the launcher's work, which are the orphans that it adopted, what names the
 * run's private directory, and the descendants of all these. Nothing else is touched: a process
 * that merely shares the launcher's process group belongs to the user.
 */
final class RunTree {
  private final ProcFs proc;
  private final long self;
  private final LongPredicate own;
  private final RunMembership membership;

  /** Of the run with this private directory, whose launcher is this process. */
  RunTree(Path directory) {
    this(directory, ProcFs.ofSystem(), ProcessHandle.current().pid(), OwnChildren::contains);
  }

  RunTree(Path directory, ProcFs proc, long self, LongPredicate own) {
    this.proc = proc;
    this.self = self;
    this.own = own;
    this.membership = new RunMembership(proc, directory, self, own);
  }

  /** Whether a process is of the run. */
  boolean contains(long pid) {
    return membership.contains(pid);
  }

  /**
   * Those that are alive now, parents before children; where there is no /proc, what the JDK sees.
   */
  List<Long> of(long target) {
    if (!proc.isAvailable()) {
      return ProcessHandle.of(target).stream()
          .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
          .map(ProcessHandle::pid)
          .toList();
    }
    Map<Long, ProcessInfo> all = new HashMap<>();
    proc.processes().forEach(each -> all.put(each.pid(), each));
    Set<Long> found = new LinkedHashSet<>(List.of(target));
    for (ProcessInfo each : all.values()) {
      if (each.parent() == self ? !own.test(each.pid()) : isLeft(each, all.get(target))) {
        found.add(each.pid());
      }
    }
    boolean more = true;
    while (more) {
      more = false;
      for (ProcessInfo each : all.values()) {
        more |= found.contains(each.parent()) && found.add(each.pid());
      }
    }
    return List.copyOf(found);
  }

  /**
   * The same as far as it costs little: the target, what the launcher adopted, and what came of
   * them.
   */
  List<ProcessInfo> look(long target) {
    List<ProcessInfo> found = new ArrayList<>();
    proc.process(target).ifPresent(found::add);
    found.addAll(proc.descendants(target));
    for (ProcessInfo each : proc.adopted(self)) {
      if (each.pid() != target && !own.test(each.pid())) {
        found.add(each);
        found.addAll(proc.descendants(each.pid()));
      }
    }
    return found;
  }

  /** Orphaned before the launcher adopted orphans. */
  private boolean isLeft(ProcessInfo each, ProcessInfo target) {
    return target != null
        && each.started() >= target.started()
        && each.pid() != self
        && membership.isNamed(each.pid());
  }
}
