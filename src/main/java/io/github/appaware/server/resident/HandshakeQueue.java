package io.github.appaware.server.resident;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Where connections wait for their handshake. So many are made at once, no more than half of them
 * from one address; who is slow has to go when others wait. So whoever opens connections and says
 * nothing is mostly in his own way. Safe for all threads.
 */
final class HandshakeQueue implements Closeable {
  /** Makes a handshake. */
  interface Greeter {
    /**
     * Called by a thread of its own.
     *
     * @param isCut whether the lobby closed the socket, as others wait
     */
    void greet(SocketChannel socket, BooleanSupplier isCut);

    /** Too many wait: whoever waited longest among the most from one address has to go. */
    void displace(SocketChannel socket);
  }

  /** Handshakes at once: they cost the most, and strangers can begin them. */
  private static final int MOST = 64;

  private static final int MOST_OF_ONE = MOST / 2;
  private static final int MOST_WAITING = 2_000;

  /** A handshake that takes longer goes on only while nobody waits. */
  private static final long SLOW = TimeUnit.SECONDS.toNanos(1);

  /** An IPv4 address, or the network of an IPv6 one: within it anybody has as many as he likes. */
  private static final int PREFIX = 8;

  private record Begun(SocketChannel socket, ByteBuffer from, long at, AtomicBoolean cut) {
    Begun(SocketChannel socket, ByteBuffer from) {
      this(socket, from, System.nanoTime(), new AtomicBoolean());
    }
  }

  private final Greeter greeter;
  private final Map<ByteBuffer, Deque<SocketChannel>> waiting = new LinkedHashMap<>();
  private final Set<Begun> begun = new LinkedHashSet<>();
  private int count;
  private boolean closed;

  HandshakeQueue(Greeter greeter) {
    this.greeter = greeter;
  }

  private static ByteBuffer from(SocketChannel socket) throws IOException {
    if (socket.getRemoteAddress() instanceof InetSocketAddress remote) {
      InetAddress address = remote.getAddress();
      byte[] bytes = address.getAddress();
      return ByteBuffer.wrap(Arrays.copyOf(bytes, Math.min(bytes.length, PREFIX)));
    }
    throw new IOException("gone already");
  }

  /** One more waits; closed when too many do. */
  void enter(SocketChannel socket) throws IOException {
    SocketChannel displaced = enter(socket, from(socket));
    if (displaced != null) {
      greeter.displace(displaced);
      close(displaced);
    }
  }

  private synchronized SocketChannel enter(SocketChannel socket, ByteBuffer from)
      throws IOException {
    if (closed) {
      socket.close();
      return null;
    }
    SocketChannel displaced = null;
    if (count >= MOST_WAITING) {
      Deque<SocketChannel> longest =
          waiting.values().stream().max(Comparator.comparingInt(Deque::size)).orElseThrow();
      count--;
      displaced = longest.removeFirst();
    }
    waiting.computeIfAbsent(from, unused -> new ArrayDeque<>()).addLast(socket);
    count++;
    admit();
    return displaced;
  }

  /** Lets in whose turn it is: each address in turn. */
  private void admit() {
    boolean found = true;
    while (found && begun.size() < MOST && !closed) {
      found = false;
      for (ByteBuffer from : List.copyOf(waiting.keySet())) {
        Deque<SocketChannel> mine = waiting.remove(from);
        if (!mine.isEmpty() && begun.size() < MOST && of(from) < MOST_OF_ONE) {
          count--;
          begin(new Begun(mine.removeFirst(), from));
          found = true;
        }
        if (!mine.isEmpty()) {
          waiting.put(from, mine); // behind the others
        }
      }
    }
  }

  private long of(ByteBuffer from) {
    return begun.stream().filter(each -> each.from.equals(from)).count();
  }

  private void begin(Begun one) {
    begun.add(one);
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                greeter.greet(one.socket, one.cut::get);
              } finally {
                done(one);
              }
            },
            "greeter",
            256 * 1024);
    thread.setDaemon(true);
    try {
      thread.start();
    } catch (OutOfMemoryError noMoreThreads) {
      begun.remove(one);
      close(one.socket);
    }
  }

  private synchronized void done(Begun one) {
    begun.remove(one);
    admit();
  }

  /** Ends slow handshakes that others wait for; to be called a few times a second. */
  synchronized void look() {
    long now = System.nanoTime();
    int places = 0;
    for (Begun each : new ArrayList<>(begun)) {
      boolean isFull = begun.size() >= MOST || of(each.from) >= MOST_OF_ONE;
      if (isFull && places < count && now - each.at > SLOW) {
        places++;
        each.cut.set(true);
        close(each.socket); // its thread makes room
      }
    }
  }

  private static void close(SocketChannel socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed as far as it can be.
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    waiting.values().forEach(mine -> mine.forEach(HandshakeQueue::close));
    waiting.clear();
    count = 0;
    begun.forEach(each -> close(each.socket));
  }
}
