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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Finds the processes that own sockets of this machine: the kernel's tables give a socket's inode,
 * and {@code /proc/PID/fd} the processes that have it open. A search takes milliseconds: do it once
 * per listener, not per connection. A socket may change its owner between two searches.
 *
 * <p>More than one owner is usual: a socket is inherited, or several share a port.
 */
public final class SocketOwners {
  /** Of one table; a line has about 150 bytes. */
  private static final long MOST_BYTES = 64L << 20;

  private static final String LINK = "socket:[";

  private final ProcFs proc;

  /** Of the network namespace of this process, where {@code proc} is the system's. */
  public SocketOwners(ProcFs proc) {
    this.proc = proc;
  }

  /** The owners of a listening TCP socket that a connection to this address reaches. */
  public List<Owner> ofTcpListener(InetSocketAddress address) {
    return owners(
        nearest(address, each -> each.state() == SocketEntry.LISTENING, "net/tcp", "net/tcp6"));
  }

  /** The owners of an unconnected UDP socket that a datagram to this address reaches. */
  public List<Owner> ofUdpSocket(InetSocketAddress address) {
    return owners(
        nearest(address, each -> each.state() == SocketEntry.UNCONNECTED, "net/udp", "net/udp6"));
  }

  /** The owners of the far end of a connection over loopback, seen from this end. */
  public List<Owner> ofTcpPeer(InetSocketAddress local, InetSocketAddress remote) {
    return owners(
        entries(
            each ->
                each.state() == SocketEntry.ESTABLISHED
                    && each.local().equals(remote)
                    && each.remote().equals(local),
            "net/tcp",
            "net/tcp6"));
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
    for (String line : lines("net/unix")) {
      UnixSocketEntry.parse(line)
          .filter(each -> each.isListening() && !name.isEmpty() && each.path().equals(name))
          .ifPresent(each -> inodes.put(each.inode(), OptionalLong.empty()));
    }
    return holders(inodes);
  }

  /** As the kernel chooses: a socket of that very address before one of the wildcard. */
  private List<SocketEntry> nearest(
      InetSocketAddress address, Predicate<SocketEntry> open, String... tables) {
    List<SocketEntry> found =
        entries(each -> open.test(each) && each.local().equals(address), tables);
    if (!found.isEmpty()) {
      return found;
    }
    return entries(
        each ->
            open.test(each)
                && each.local().getPort() == address.getPort()
                && isWildcardFor(each.local().getAddress(), address.getAddress()),
        tables);
  }

  /** The wildcard of IPv6 takes IPv4 too, unless its owner chose otherwise, which is not told. */
  private static boolean isWildcardFor(InetAddress bound, InetAddress asked) {
    return bound.isAnyLocalAddress() && bound.getAddress().length >= asked.getAddress().length;
  }

  private List<SocketEntry> entries(Predicate<SocketEntry> wanted, String... tables) {
    List<SocketEntry> found = new ArrayList<>();
    for (String table : tables) {
      for (String line : lines(table)) {
        SocketEntry.parse(line).filter(wanted).ifPresent(found::add);
      }
    }
    return found;
  }

  private List<String> lines(String table) {
    List<String> lines = new ArrayList<>();
    try (InputStream in = Files.newInputStream(proc.root().resolve(table));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1))) {
      long bytes = 0;
      for (String line = reader.readLine();
          line != null && bytes < MOST_BYTES;
          line = reader.readLine()) {
        bytes += line.length();
        lines.add(line);
      }
    } catch (IOException e) {
      return lines; // no IPv6, or no such table
    }
    return lines;
  }

  private List<Owner> owners(List<SocketEntry> sockets) {
    Map<Long, OptionalLong> inodes = new HashMap<>();
    sockets.stream()
        .filter(each -> each.inode() != 0)
        .forEach(each -> inodes.put(each.inode(), OptionalLong.of(each.uid())));
    return holders(inodes);
  }

  /**
   * The processes that have them open, oldest first, then the users of the sockets that no process
   * shows.
   */
  private List<Owner> holders(Map<Long, OptionalLong> inodes) {
    if (inodes.isEmpty()) {
      return List.of();
    }
    Map<Long, OptionalLong> unseen = new HashMap<>(inodes);
    List<ProcessInfo> holders = new ArrayList<>();
    for (long pid : ProcFs.numbers(proc.root())) {
      List<Long> held = held(pid, inodes);
      if (!held.isEmpty()) {
        proc.process(pid).ifPresent(holders::add);
        unseen.keySet().removeAll(held);
      }
    }
    holders.sort(
        Comparator.comparingLong(ProcessInfo::started).thenComparingLong(ProcessInfo::pid));
    List<Owner> owners = new ArrayList<>();
    for (ProcessInfo each : holders) {
      owners.add(new Owner(OptionalLong.of(each.pid()), proc.user(each.pid()), each.command()));
    }
    unseen.values().forEach(uid -> owners.add(new Owner(OptionalLong.empty(), uid, "")));
    return owners;
  }

  private List<Long> held(long pid, Map<Long, OptionalLong> inodes) {
    Path descriptors = proc.root().resolve(pid + "/fd");
    List<Long> held = new ArrayList<>();
    for (long number : ProcFs.numbers(descriptors)) {
      inode(descriptors.resolve(Long.toString(number)))
          .filter(inodes::containsKey)
          .ifPresent(held::add);
    }
    return held;
  }

  private static Optional<Long> inode(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      if (!target.startsWith(LINK) || !target.endsWith("]")) {
        return Optional.empty();
      }
      OptionalLong inode = Decimal.parse(target.substring(LINK.length(), target.length() - 1));
      return inode.isPresent() ? Optional.of(inode.getAsLong()) : Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }
}
