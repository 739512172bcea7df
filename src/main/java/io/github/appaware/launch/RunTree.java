package io.github.appaware.launch;

import io.github.appaware.linux.ProcFs;
import io.github.appaware.linux.ProcessInfo;
import io.github.appaware.linux.TerminalUse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The processes of a run, according to {@code /proc}: the target, its descendants, and what another
 * process adopted when its parent ended. An orphan is known by the run's private directory, which
 * is on its command line or in its environment, or by the launcher's process group. One that
 * changed its environment, its group and its parent is not found.
 */
final class RunTree {
  private static final int MOST_BYTES = 1 << 20;

  private final Path directory;
  private final ProcFs proc;
  private final TerminalUse use;
  private final long self;

  /** Of the run with this private directory, whose launcher is this process. */
  RunTree(Path directory) {
    this(directory, ProcFs.ofSystem(), ProcessHandle.current().pid());
  }

  RunTree(Path directory, ProcFs proc, long self) {
    this.directory = directory;
    this.proc = proc;
    this.use = new TerminalUse(proc);
    this.self = self;
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
    List<Long> orphans = new ArrayList<>();
    for (ProcessInfo each : all.values()) {
      if (!isWithin(each.pid(), target, all) && isOrphan(each, target, all)) {
        orphans.add(each.pid());
      }
    }
    found.addAll(orphans);
    boolean more = true;
    while (more) {
      more = false;
      for (ProcessInfo each : all.values()) {
        more |= found.contains(each.parent()) && found.add(each.pid());
      }
    }
    return List.copyOf(found);
  }

  private static boolean isWithin(long pid, long ancestor, Map<Long, ProcessInfo> all) {
    Set<Long> seen = new HashSet<>();
    for (long at = pid; at > 0 && seen.add(at); at = parent(at, all)) {
      if (at == ancestor) {
        return true;
      }
    }
    return false;
  }

  private static long parent(long pid, Map<Long, ProcessInfo> all) {
    ProcessInfo known = all.get(pid);
    return known == null ? 0 : known.parent();
  }

  /** The launcher, what it started for itself, and what it came from are not of the run. */
  private boolean isOrphan(ProcessInfo each, long target, Map<Long, ProcessInfo> all) {
    if (isWithin(self, each.pid(), all) || startedBefore(each, target, all)) {
      return false;
    }
    return names(each.pid()) || isLeftInGroup(each, all);
  }

  private static boolean startedBefore(ProcessInfo each, long target, Map<Long, ProcessInfo> all) {
    ProcessInfo known = all.get(target);
    return known == null || each.started() < known.started();
  }

  /** In the launcher's group, and neither its own child nor another part of the shell's command. */
  private boolean isLeftInGroup(ProcessInfo each, Map<Long, ProcessInfo> all) {
    long shell = parent(self, all);
    return each.parent() != shell
        && !isWithin(each.pid(), self, all)
        && use.job(each.pid()).group() == use.job(self).group()
        && (each.parent() <= 1 || isWithin(shell, each.parent(), all));
  }

  private boolean names(long pid) {
    byte[] text = (directory + "/").getBytes(StandardCharsets.UTF_8);
    return contains(pid, "environ", text) || contains(pid, "cmdline", text);
  }

  private boolean contains(long pid, String name, byte[] text) {
    try (var in = Files.newInputStream(Path.of("/proc", Long.toString(pid), name))) {
      String content = new String(in.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
      return content.contains(new String(text, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return false; // it has ended, or is another user's
    }
  }
}
