package io.github.appaware.linux;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Finds the processes that own sockets of this machine: the kernel's tables give a socket's inode,
 * and {@code /proc/PID/fd} the processes that have it open. A search takes milliseconds, and serves
 * for all sockets that there are at that time. A socket may change its owner between two searches.
 *
 * <p>More than one owner is usual: a socket is inherited, or several share a port.
 */
public final class SocketOwners {
  /** Of one table; a line has about 150 bytes. */
  private static final long MOST_BYTES = 64L << 20;

  /** Stands for the network namespace of this process. */
  public static final long SELF = 0;

  private final ProcFs proc;
  private final ListenerQueries queries;
  private final SocketHolders holders;

  /** By the tables alone; of the network namespace of this process. */
  public SocketOwners(ProcFs proc) {
    this(proc, null);
  }

  /**
   * Of the network namespace of this process, where {@code proc} is the system's.
   *
   * @param scratch a private directory, as for {@link Linux#open}, for a quicker way than the
   *     tables once there is much to look up; null for the tables alone
   */
  public SocketOwners(ProcFs proc, Path scratch) {
    this.proc = proc;
    this.queries = new ListenerQueries(scratch);
    this.holders = new SocketHolders(proc);
  }

  /** The owners of a listening TCP socket that a connection to this address reaches. */
  public List<Owner> ofTcpListener(InetSocketAddress address) {
    return of(tcpListeners(SELF, address));
  }

  /** The owners of an unconnected UDP socket that a datagram to this address reaches. */
  public List<Owner> ofUdpSocket(InetSocketAddress address) {
    return of(udpSockets(SELF, address));
  }

  /**
   * The listening TCP sockets that a connection to this address reaches; one is usual.
   *
   * @param pid of a process in whose network namespace that is
   */
  public List<ListeningSocket> tcpListeners(long pid, InetSocketAddress address) {
    Optional<List<SocketEntry>> quick =
        pid == SELF ? queries.on(address.getPort()) : Optional.empty();
    return sockets(
        quick.isPresent()
            ? nearest(quick.get(), address)
            : nearest(pid, address, SocketEntry.LISTENING, "tcp", "tcp6"));
  }

  /** The unconnected UDP sockets that a datagram to this address reaches; as above. */
  public List<ListeningSocket> udpSockets(long pid, InetSocketAddress address) {
    return sockets(nearest(pid, address, SocketEntry.UNCONNECTED, "udp", "udp6"));
  }

  /** The owners of the far end of a connection over loopback, seen from this end. */
  public List<Owner> ofTcpPeer(InetSocketAddress local, InetSocketAddress remote) {
    return of(
        sockets(
            entries(
                SELF,
                remote.getPort(),
                each ->
                    each.state() == SocketEntry.ESTABLISHED
                        && each.local().equals(remote)
                        && each.remote().equals(local),
                "tcp",
                "tcp6")));
  }

  /**
   * The owners of a listening Unix-domain socket.
   *
   * @param path as it was bound: absolute, or relative to the binder's directory then; an abstract
   *     name begins with {@code @}
   */
  public List<Owner> ofUnixListener(String path) {
    Map<Long, OptionalLong> inodes = new HashMap<>();
    byte[] asked = path.getBytes(Charset.defaultCharset());
    String name = new String(asked, StandardCharsets.ISO_8859_1);
    for (UnixSocketEntry each : unixListeners(SELF)) {
      if (!name.isEmpty() && each.path().equals(name)) {
        inodes.put(each.inode(), OptionalLong.empty());
      }
    }
    return holders(inodes, Duration.ZERO).all();
  }

  /**
   * The listening Unix-domain sockets whose file is this one, by whichever path each was bound: as
   * it is, through a link, or relative to a directory that its owner is still in. A file that was
   * renamed after the bind is not recognized.
   *
   * @param pid of a process in whose network namespace they are
   * @param path the file's real path
   */
  public List<ListeningSocket> unixListeners(long pid, Path path) {
    byte[] asked = path.toString().getBytes(Charset.defaultCharset());
    String name = new String(asked, StandardCharsets.ISO_8859_1);
    String last = name.substring(name.lastIndexOf('/') + 1);
    List<ListeningSocket> found = new ArrayList<>();
    for (UnixSocketEntry each : unixListeners(pid)) {
      boolean isNamed = each.path().equals(name);
      boolean isLike = each.path().endsWith(last) && !each.path().startsWith("@");
      if (isNamed || (isLike && isBoundTo(each, path))) {
        found.add(new ListeningSocket(each.inode(), OptionalLong.empty()));
      }
    }
    return found;
  }

  private boolean isBoundTo(UnixSocketEntry socket, Path path) {
    String bound =
        new String(socket.path().getBytes(StandardCharsets.ISO_8859_1), Charset.defaultCharset());
    if (bound.startsWith("/")) {
      return isSame(Path.of(bound), path);
    }
    Map<Long, OptionalLong> inode = new HashMap<>();
    inode.put(socket.inode(), OptionalLong.empty());
    for (Owner owner : holders(inode, Duration.ZERO).all()) {
      if (owner.pid().isPresent()
          && isSame(proc.root().resolve(owner.pid().getAsLong() + "/cwd").resolve(bound), path)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException | InvalidPathException e) {
      return false; // it is gone
    }
  }

  private List<UnixSocketEntry> unixListeners(long pid) {
    List<UnixSocketEntry> found = new ArrayList<>();
    lines(pid, "unix", line -> UnixSocketEntry.parse(line).filter(UnixSocketEntry::isListening))
        .forEach(found::add);
    return found;
  }

  private List<SocketEntry> nearest(
      long pid, InetSocketAddress address, int state, String... tables) {
    return nearest(entries(pid, address.getPort(), each -> each.state() == state, tables), address);
  }

  /** As the kernel chooses: a socket of that very address before one of the wildcard. */
  private static List<SocketEntry> nearest(List<SocketEntry> open, InetSocketAddress address) {
    List<SocketEntry> found = open.stream().filter(each -> each.local().equals(address)).toList();
    return found.isEmpty()
        ? open.stream()
            .filter(each -> isWildcardFor(each.local().getAddress(), address.getAddress()))
            .toList()
        : found;
  }

  /** The wildcard of IPv6 takes IPv4 too, unless its owner chose otherwise, which is not told. */
  private static boolean isWildcardFor(InetAddress bound, InetAddress asked) {
    return bound.isAnyLocalAddress() && bound.getAddress().length >= asked.getAddress().length;
  }

  /** Those of a local port; most lines of a long table are skipped without being parsed. */
  private List<SocketEntry> entries(
      long pid, int port, Predicate<SocketEntry> wanted, String... tables) {
    List<SocketEntry> found = new ArrayList<>();
    String bound = String.format(Locale.ROOT, ":%04X ", port);
    for (String table : tables) {
      found.addAll(
          lines(
              pid,
              table,
              line ->
                  line.contains(bound)
                      ? SocketEntry.parse(line)
                          .filter(each -> each.local().getPort() == port && wanted.test(each))
                      : Optional.empty()));
    }
    return found;
  }

  /** What is made of the lines of a table in a process's network namespace. */
  private <T> List<T> lines(long pid, String table, Function<String, Optional<T>> wanted) {
    List<T> found = new ArrayList<>();
    try (InputStream in = Files.newInputStream(table(pid, table));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1))) {
      long bytes = 0;
      for (String line = reader.readLine();
          line != null && bytes < MOST_BYTES;
          line = reader.readLine()) {
        bytes += line.length();
        wanted.apply(line).ifPresent(found::add);
      }
    } catch (IOException e) {
      return found; // no IPv6, or no such table
    }
    return found;
  }

  private Path table(long pid, String name) {
    return net(pid).resolve(name);
  }

  private Path net(long pid) {
    return proc.root().resolve(pid == SELF ? "net" : pid + "/net");
  }

  /** Whether the tables of a process's network namespace can be read. */
  public boolean areVisible(long pid) {
    return Files.isReadable(table(pid, "tcp"));
  }

  /** The addresses of the interfaces in a process's network namespace. */
  public Set<InetAddress> localAddresses(long pid) {
    return LocalAddresses.of(net(pid));
  }

  /** Whether a process has any of the sockets open; some microseconds. */
  public boolean holdsAny(long pid, List<ListeningSocket> sockets) {
    Set<Long> inodes = new HashSet<>();
    sockets.forEach(each -> inodes.add(each.inode()));
    return holders.holdsAny(pid, inodes);
  }

  /** The owners of sockets; those that no process shows have only the user. */
  public List<Owner> of(List<ListeningSocket> sockets) {
    return of(sockets, Duration.ZERO).all();
  }

  /**
   * The owners of sockets.
   *
   * @param all oldest first, then the users of the sockets that no process shows
   * @param since {@link System#nanoTime} before the search: what has come to share a socket since
   *     then may be missing
   */
  public record Owners(List<Owner> all, long since) {
    public Owners {
      all = List.copyOf(all);
    }
  }

  /**
   * The same.
   *
   * @param age how old what is known of all processes may be: then it takes microseconds
   */
  public Owners of(List<ListeningSocket> sockets, Duration age) {
    Map<Long, OptionalLong> inodes = new HashMap<>();
    sockets.forEach(each -> inodes.put(each.inode(), each.uid()));
    return holders(inodes, age);
  }

  private static List<ListeningSocket> sockets(List<SocketEntry> entries) {
    return entries.stream()
        .filter(each -> each.inode() != 0)
        .map(each -> new ListeningSocket(each.inode(), OptionalLong.of(each.uid())))
        .toList();
  }

  private Owners holders(Map<Long, OptionalLong> inodes, Duration age) {
    if (inodes.isEmpty()) {
      return new Owners(List.of(), System.nanoTime());
    }
    SocketHolders.Found found = holders.of(inodes.keySet(), age);
    List<ProcessInfo> processes = new ArrayList<>();
    found.pids().forEach(pid -> proc.process(pid).ifPresent(processes::add));
    processes.sort(
        Comparator.comparingLong(ProcessInfo::started).thenComparingLong(ProcessInfo::pid));
    List<Owner> owners = new ArrayList<>();
    for (ProcessInfo each : processes) {
      owners.add(new Owner(OptionalLong.of(each.pid()), proc.user(each.pid()), each.command()));
    }
    for (long inode : found.unseen()) {
      owners.add(new Owner(OptionalLong.empty(), inodes.get(inode), ""));
    }
    return new Owners(owners, found.since());
  }
}
