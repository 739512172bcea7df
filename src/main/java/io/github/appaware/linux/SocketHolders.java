package io.github.appaware.linux;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which processes have which sockets open. To find those of one socket, every descriptor of every
 * process is read; that finds those of all other sockets as well, and is kept for the next look.
 * Safe for all threads.
 */
final class SocketHolders {
  /** Descriptors that are kept, some 100 bytes each; of more, none. */
  private static final int MOST = 200_000;

  /**
   * The processes that have any of some sockets open.
   *
   * @param pids each once
   * @param unseen the sockets that no process shows
   * @param since {@link System#nanoTime} before the first descriptor was read
   */
  record Found(Set<Long> pids, Set<Long> unseen, long since) {}

  /** A socket's descriptor in a process. */
  private record Holding(long pid, long descriptor) {}

  /** All that was found at one time, by inode. */
  private record Pass(Map<Long, List<Holding>> holdings, long since) {
    Found of(Set<Long> inodes) {
      Set<Long> pids = new HashSet<>();
      Set<Long> unseen = new HashSet<>();
      for (long inode : inodes) {
        List<Holding> of = holdings.getOrDefault(inode, List.of());
        of.forEach(each -> pids.add(each.pid()));
        if (of.isEmpty()) {
          unseen.add(inode);
        }
      }
      return new Found(pids, unseen, since);
    }
  }

  private final ProcFs proc;
  private volatile Pass last = new Pass(Map.of(), System.nanoTime());

  SocketHolders(ProcFs proc) {
    this.proc = proc;
  }

  /**
   * The processes that have the sockets open.
   *
   * @param age how old what is known may be. What was found then and has the socket no more is
   *     noticed; what has come to share it since then is not
   */
  Found of(Set<Long> inodes, Duration age) {
    long now = System.nanoTime();
    Found known = known(inodes, now - age.toNanos());
    return known != null ? known : anew(inodes, now);
  }

  /** Of threads that look at the same time, one reads for all that were waiting by then. */
  private synchronized Found anew(Set<Long> inodes, long now) {
    Found known = known(inodes, now);
    return known != null ? known : pass(inodes);
  }

  /** What was found at that time or later, where it still holds; else null. */
  private Found known(Set<Long> inodes, long since) {
    Pass pass = last;
    Found found = pass.since() - since >= 0 ? pass.of(inodes) : null;
    return found != null && found.unseen().isEmpty() && stillHold(pass, inodes) ? found : null;
  }

  private boolean stillHold(Pass pass, Set<Long> inodes) {
    for (long inode : inodes) {
      for (Holding each : pass.holdings().get(inode)) {
        if (!isStill(each, inode)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean isStill(Holding holding, long inode) {
    Path descriptor = descriptors(holding.pid()).resolve(Long.toString(holding.descriptor()));
    return SocketLink.inode(descriptor).filter(open -> open == inode).isPresent();
  }

  private Path descriptors(long pid) {
    return proc.root().resolve(pid + "/fd");
  }

  private Found pass(Set<Long> inodes) {
    long since = System.nanoTime();
    Map<Long, List<Holding>> holdings = new HashMap<>();
    int count = 0;
    for (long pid : ProcFs.numbers(proc.root())) {
      Path descriptors = descriptors(pid);
      for (long number : ProcFs.numbers(descriptors)) {
        Long inode = SocketLink.inode(descriptors.resolve(Long.toString(number))).orElse(null);
        if (inode != null && (count < MOST || inodes.contains(inode))) {
          holdings
              .computeIfAbsent(inode, unused -> new ArrayList<>(1))
              .add(new Holding(pid, number));
          count++;
        }
      }
    }
    Pass pass = new Pass(holdings, since);
    if (count <= MOST) { // else it may lack some that share a socket
      last = pass;
    }
    return pass.of(inodes);
  }

  /** Whether a process has any of the sockets open; some microseconds. */
  boolean holdsAny(long pid, Set<Long> inodes) {
    Pass pass = last;
    for (long inode : inodes) {
      for (Holding each : pass.holdings().getOrDefault(inode, List.of())) {
        if (each.pid() == pid && isStill(each, inode)) {
          return true;
        }
      }
    }
    Path descriptors = descriptors(pid);
    for (long number : ProcFs.numbers(descriptors)) {
      if (SocketLink.inode(descriptors.resolve(Long.toString(number)))
          .filter(inodes::contains)
          .isPresent()) {
        return true;
      }
    }
    return false;
  }
}
