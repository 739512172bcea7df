package io.github.appaware.linux;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Whether a process has a socket open that leads to a network: one that is neither a Unix-domain
 * nor a netlink socket, by the tables of the process's own network namespace. What a process does
 * between two looks is not seen. Safe for all threads.
 */
public final class NetworkUse {
  /** What a look found. */
  public enum Found {
    /** No socket, or none of a network. */
    NOTHING,
    /** A socket of a network. */
    SOCKET,
    /**
     * The process belongs to another user, its program may not be looked into, or it has the kernel
     * do its work by io_uring, whose sockets need no descriptor.
     */
    HIDDEN
  }

  /** The kernel alone writes these; a process can add no line. */
  private static final List<String> INTERNET =
      List.of("tcp", "tcp6", "udp", "udp6", "udplite", "udplite6", "raw", "raw6", "icmp", "icmp6");

  private static final int MOST_LINES = 500_000;

  /** Fields of {@code /proc/net/netlink}. */
  private static final int NETLINK_INODE = 9;

  private final ProcFs proc;

  /** By this {@code /proc}. */
  public NetworkUse(ProcFs proc) {
    this.proc = proc;
  }

  /**
   * Looks at a process.
   *
   * @param except inodes of sockets that do not count
   */
  public Found of(long pid, Set<Long> except) {
    Set<Long> sockets = new HashSet<>();
    boolean hasRing;
    try {
      hasRing = addSockets(pid, sockets);
    } catch (AccessDeniedException e) {
      return Found.HIDDEN;
    } catch (IOException e) {
      return Found.NOTHING; // it has ended
    }
    sockets.removeAll(except);
    if (!sockets.isEmpty() && isAnyOfNetwork(pid, sockets)) {
      return Found.SOCKET;
    }
    return hasRing ? Found.HIDDEN : Found.NOTHING;
  }

  /** The sockets that all of a process has open; none of one that may not be looked into. */
  public Set<Long> sockets(long pid) {
    Set<Long> sockets = new HashSet<>();
    try {
      boolean unused = addSockets(descriptors(proc.root().resolve(Long.toString(pid))), sockets);
    } catch (IOException e) {
      return Set.of(); // it has ended, or is hidden
    }
    return sockets;
  }

  /** The sockets among the first descriptors of a process: those that its children may inherit. */
  public Set<Long> standardStreams(long pid) {
    Set<Long> sockets = new HashSet<>();
    for (int number = 0; number <= 2; number++) {
      SocketLink.inode(proc.root().resolve(pid + "/fd/" + number)).ifPresent(sockets::add);
    }
    return sockets;
  }

  /** Whether there is a ring as well. A thread may have descriptors of its own: unshare(2). */
  private boolean addSockets(long pid, Set<Long> sockets) throws IOException {
    Path process = proc.root().resolve(Long.toString(pid));
    List<Path> shared = descriptors(process);
    boolean hasRing = addSockets(shared, sockets);
    Set<String> names = names(shared);
    for (long thread : ProcFs.numbers(process.resolve("task"))) {
      List<Path> own = thread == pid ? shared : ofThread(process, thread);
      if (!names(own).equals(names)) {
        hasRing |= addSockets(own, sockets);
      }
    }
    return hasRing;
  }

  private static List<Path> ofThread(Path process, long thread) {
    try {
      return descriptors(process.resolve("task/" + thread));
    } catch (IOException e) {
      return List.of(); // it has ended
    }
  }

  private static List<Path> descriptors(Path process) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(process.resolve("fd"))) {
      all.forEach(found::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return found;
  }

  private static Set<String> names(List<Path> descriptors) {
    Set<String> names = new HashSet<>();
    for (Path each : descriptors) {
      names.add(each.getFileName().toString());
    }
    return names;
  }

  private static boolean addSockets(List<Path> descriptors, Set<Long> sockets) {
    boolean hasRing = false;
    for (Path descriptor : descriptors) {
      String target = SocketLink.target(descriptor);
      SocketLink.inode(target).ifPresent(sockets::add);
      hasRing |= SocketLink.isRing(target);
    }
    return hasRing;
  }

  /** A line of the Unix-domain sockets may be feigned, so the others are asked first. */
  private boolean isAnyOfNetwork(long pid, Set<Long> sockets) {
    Path tables = proc.root().resolve(pid + "/net");
    for (String table : INTERNET) {
      Set<Long> internet = new HashSet<>();
      read(
          tables.resolve(table),
          line -> SocketEntry.parse(line).ifPresent(each -> internet.add(each.inode())));
      if (internet.stream().anyMatch(sockets::contains)) {
        return true;
      }
    }
    Set<Long> others = new HashSet<>(sockets);
    read(
        tables.resolve("unix"),
        line -> UnixSocketEntry.parse(line).ifPresent(each -> others.remove(each.inode())));
    read(tables.resolve("netlink"), line -> netlink(line).ifPresent(others::remove));
    return !others.isEmpty(); // not connected yet, or of another kind: SCTP, packets, virtual hosts
  }

  private static Optional<Long> netlink(String line) {
    String[] fields = line.trim().split("\\s+", -1);
    OptionalLong inode =
        fields.length > NETLINK_INODE ? Decimal.parse(fields[NETLINK_INODE]) : OptionalLong.empty();
    return inode.isPresent() ? Optional.of(inode.getAsLong()) : Optional.empty();
  }

  private interface Line {
    void take(String line);
  }

  private static void read(Path table, Line each) {
    try (InputStream in = Files.newInputStream(table);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1))) {
      int lines = 0;
      for (String line = reader.readLine();
          line != null && lines < MOST_LINES;
          line = reader.readLine()) {
        lines++;
        each.take(line);
      }
    } catch (IOException e) {
      // No such protocol, or the process has ended: then its sockets are gone too.
    }
  }
}
