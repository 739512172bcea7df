package io.github.appaware.server.local;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Peer;
import io.github.appaware.event.Protocol;
import io.github.appaware.linux.ListeningSocket;
import io.github.appaware.linux.Owner;
import io.github.appaware.linux.ProcFs;
import io.github.appaware.linux.ProcessInfo;
import io.github.appaware.linux.RunMembership;
import io.github.appaware.linux.SocketOwners;
import io.github.appaware.server.PeerFinder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * By the kernel's tables. To read those of TCP takes the kernel milliseconds, as it walks a table
 * of all connections, and to search all processes for a socket takes some more: both are remembered
 * for as long as the processes that had the socket still have it, which is seen in microseconds. Of
 * several that share a socket one that is not of the run counts.
 */
final class KernelPeers implements PeerFinder {
  /** How long what was found of all processes counts where it is asked to look anew. */
  private static final Duration KNOWN = Duration.ofSeconds(1);

  /** How long the machine's own addresses count as known. */
  private static final Duration ADDRESSES_KNOWN = Duration.ofSeconds(2);

  /** Sockets, and processes, that are remembered; beyond, all are forgotten. */
  private static final int MOST = 4_096;

  private static final int MOST_SEARCHES = 3;

  /** What the kernel appends when the file is gone. */
  private static final String DELETED = " (deleted)";

  private record Holder(Peer peer, long started) {
    /** Another user's, or one that is gone by now. */
    boolean isUnseen() {
      return peer.pid() == 0;
    }
  }

  private record Known(List<Holder> holders, long since) {}

  /** Where something was found to listen. */
  private record Endpoint(long namespace, Protocol protocol, InetSocketAddress address) {}

  private record Addresses(Set<InetAddress> all, long since) {}

  private final ProcFs proc;
  private final SocketOwners sockets;
  private final RunMembership membership;
  private final Map<List<ListeningSocket>, Known> known = new ConcurrentHashMap<>();
  private final Map<Endpoint, List<ListeningSocket>> seen = new ConcurrentHashMap<>();
  private final Map<Long, Addresses> addresses = new ConcurrentHashMap<>();

  /** Processes that were seen in the server's own network namespace. */
  private final Set<Long> neighbours = ConcurrentHashMap.newKeySet();

  /**
   * Nothing is known yet.
   *
   * @param scratch the run's private directory; null to do without system calls
   */
  KernelPeers(ProcFs proc, RunMembership membership, Path scratch) {
    this.proc = proc;
    this.sockets = new SocketOwners(proc, scratch);
    this.membership = membership;
  }

  @Override
  public Event find(Application application, Event event, boolean anew) {
    if (!PeerFinder.isReaching(event)) {
      return event.withPeer(null);
    }
    long namespace = namespace(application.pid());
    if (event instanceof Event.Unix unix) {
      return event.withPeer(unix.path().isEmpty() ? Peer.NONE : listener(namespace, unix, anew));
    }
    if (event instanceof Event.Inet inet) {
      InetAddress address = address(inet);
      boolean isLocal = inet.address().isLoopback() || isOwn(namespace, address);
      return event.withPeer(isLocal ? listener(namespace, inet, address, anew) : null);
    }
    return event;
  }

  /** A process that has ended is still to be looked for where it was. */
  private long namespace(long pid) {
    var theirs = proc.networkOf(pid);
    boolean isOurs =
        theirs.isPresent()
            ? theirs.equals(proc.networkOf(ProcessHandle.current().pid()))
            : neighbours.contains(pid);
    if (isOurs) {
      if (neighbours.size() >= MOST) {
        neighbours.clear();
      }
      neighbours.add(pid);
    } else {
      neighbours.remove(pid);
    }
    return isOurs ? SocketOwners.SELF : pid;
  }

  private static InetAddress address(Event.Inet event) {
    try {
      return InetAddress.getByAddress(event.address().bytes());
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // it has the length of an address
    }
  }

  private boolean isOwn(long namespace, InetAddress address) {
    Addresses now = addresses.get(namespace);
    if (now == null || isOlder(now.since(), ADDRESSES_KNOWN)) {
      now = new Addresses(sockets.localAddresses(namespace), System.nanoTime());
      if (addresses.size() >= MOST) {
        addresses.clear();
      }
      addresses.put(namespace, now);
    }
    return now.all().contains(address);
  }

  private static boolean isOlder(long nanos, Duration than) {
    return System.nanoTime() - nanos > than.toNanos();
  }

  private Peer listener(long namespace, Event.Inet event, InetAddress address, boolean anew) {
    if (event.protocol() == Protocol.SCTP || !sockets.areVisible(namespace)) {
      return Peer.UNKNOWN;
    }
    InetSocketAddress far = new InetSocketAddress(address, event.port());
    Endpoint endpoint = new Endpoint(namespace, event.protocol(), far);
    List<Holder> still = anew ? List.of() : stillHolding(endpoint);
    if (!still.isEmpty()) {
      return peer(still);
    }
    return peer(
        endpoint,
        () ->
            event.protocol() == Protocol.UDP
                ? sockets.udpSockets(namespace, far)
                : sockets.tcpListeners(namespace, far),
        "",
        anew);
  }

  private Peer listener(long namespace, Event.Unix event, boolean anew) {
    if (!sockets.areVisible(namespace)) {
      return Peer.UNKNOWN;
    }
    try {
      Path path = Path.of(event.path());
      String owner = SocketFiles.owner(path);
      return peer(null, () -> sockets.unixListeners(namespace, path), owner, anew);
    } catch (InvalidPathException e) {
      return Peer.UNKNOWN;
    }
  }

  /**
   * The process behind the sockets that listen there now. One that was closed between two looks is
   * not taken for another user's.
   *
   * @param endpoint under which they are remembered, or null
   * @param user whose they are where the kernel does not say
   */
  private Peer peer(
      Endpoint endpoint, Supplier<List<ListeningSocket>> table, String user, boolean anew) {
    List<ListeningSocket> found = table.get();
    for (int i = 1; ; i++) {
      if (found.isEmpty()) {
        return Peer.NONE;
      }
      List<Holder> holders = holders(found, user, anew);
      boolean isSure = !holders.isEmpty() && holders.stream().noneMatch(Holder::isUnseen);
      List<ListeningSocket> now = isSure || i == MOST_SEARCHES ? found : table.get();
      if (now.equals(found)) {
        if (endpoint != null && isSure) {
          remember(endpoint, found);
        }
        return peer(holders);
      }
      found = now;
    }
  }

  private void remember(Endpoint endpoint, List<ListeningSocket> found) {
    if (seen.size() >= MOST) {
      seen.clear();
    }
    seen.put(endpoint, found);
  }

  /** Those that listened there before, where each still has the socket; else empty. */
  private List<Holder> stillHolding(Endpoint endpoint) {
    List<ListeningSocket> found = seen.get(endpoint);
    Known holders = found == null ? null : known.get(found);
    if (holders == null) {
      return List.of();
    }
    for (Holder each : holders.holders()) {
      if (each.isUnseen() || !isAlive(each) || !sockets.holdsAny(each.peer().pid(), found)) {
        return List.of();
      }
    }
    return holders.holders();
  }

  private static Peer peer(List<Holder> holders) {
    for (Holder each : holders) {
      if (each.peer().isOutside()) {
        return each.peer();
      }
    }
    return holders.isEmpty() ? Peer.NONE : holders.get(0).peer();
  }

  private List<Holder> holders(List<ListeningSocket> found, String user, boolean anew) {
    Known holders = known.get(found);
    if (holders == null || (anew && isOlder(holders.since(), KNOWN)) || !areAlive(holders)) {
      holders = search(found, user);
      if (known.size() >= MOST) {
        known.clear();
      }
      if (!holders.holders().isEmpty()) {
        known.put(found, holders);
      }
    }
    return holders.holders();
  }

  private boolean areAlive(Known holders) {
    for (Holder each : holders.holders()) {
      if (!isAlive(each)) {
        return false;
      }
    }
    return true;
  }

  private boolean isAlive(Holder holder) {
    return holder.isUnseen()
        || proc.process(holder.peer().pid())
            .filter(now -> now.started() == holder.started())
            .isPresent();
  }

  private Known search(List<ListeningSocket> found, String user) {
    Known holders = search(found, user, KNOWN);
    for (int i = 1;
        i < MOST_SEARCHES && holders.holders().stream().anyMatch(Holder::isUnseen);
        i++) {
      // It may have been on its way from one process to another.
      holders = search(found, user, Duration.ZERO);
    }
    return holders;
  }

  private Known search(List<ListeningSocket> found, String user, Duration age) {
    SocketOwners.Owners owners = sockets.of(found, age);
    return new Known(
        owners.all().stream().map(each -> holder(each, user)).flatMap(Optional::stream).toList(),
        owners.since());
  }

  /** Empty when the process has ended: of that nothing says whose it was. */
  private Optional<Holder> holder(Owner owner, String user) {
    String name = owner.uid().isPresent() ? UserNames.of(owner.uid().getAsLong()) : user;
    if (owner.pid().isEmpty()) {
      return Optional.of(new Holder(new Peer(Peer.Place.OUTSIDE, 0, name, "", ""), 0));
    }
    long pid = owner.pid().getAsLong();
    Optional<ProcessInfo> before = proc.process(pid);
    Peer.Place place = membership.contains(pid) ? Peer.Place.RUN : Peer.Place.OUTSIDE;
    String file = proc.executable(pid).map(KernelPeers::fileName).orElse(owner.command());
    String program = ProgramNames.of(file, proc.commandLine(pid));
    Peer peer = new Peer(place, pid, name, ProgramNames.cut(file), program);
    return before.map(info -> new Holder(peer, info.started())).filter(holder -> isAlive(holder));
  }

  private static String fileName(Path executable) {
    String name = executable.getFileName() == null ? "" : executable.getFileName().toString();
    return name.endsWith(DELETED) ? name.substring(0, name.length() - DELETED.length()) : name;
  }
}
