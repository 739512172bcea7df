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
 * Connections that wait for their handshake. A limited number is made at a time, at most half of
 * them for one address, each address in turn; a slow one is cancelled when others wait. So a host
 * that opens connections and sends nothing mostly delays itself. Safe for all threads.
 */
final class HandshakeQueue implements Closeable {
  /** Makes handshakes. */
  interface Handshaker {
    /**
     * Called by a thread of its own.
     *
     * @param isCancelled whether the queue closed the socket, because others wait
     */
    void handshake(SocketChannel socket, BooleanSupplier isCancelled);

    /** Too many wait: the oldest connection of the address that has most is closed. */
    void displaced(SocketChannel socket);
  }

  /** Handshakes at a time: they are costly, and any host can begin them. */
  private static final int MAX = 64;

  private static final int MAX_PER_ADDRESS = MAX / 2;
  private static final int MAX_WAITING = 2_000;

  /** A handshake that takes longer goes on only while no other connection waits. */
  private static final long SLOW = TimeUnit.SECONDS.toNanos(1);

  /** Bytes of an IPv6 address that count: a host may use any address of its network. */
  private static final int PREFIX = 8;

  private record Handshake(
      SocketChannel socket, ByteBuffer from, long at, AtomicBoolean cancelled) {
    Handshake(SocketChannel socket, ByteBuffer from) {
      this(socket, from, System.nanoTime(), new AtomicBoolean());
    }
  }

  private final Handshaker handshaker;
  private final Map<ByteBuffer, Deque<SocketChannel>> waiting = new LinkedHashMap<>();
  private final Set<Handshake> running = new LinkedHashSet<>();
  private int count;
  private boolean closed;

  HandshakeQueue(Handshaker handshaker) {
    this.handshaker = handshaker;
  }

  private static ByteBuffer from(SocketChannel socket) throws IOException {
    if (socket.getRemoteAddress() instanceof InetSocketAddress remote) {
      InetAddress address = remote.getAddress();
      byte[] bytes = address.getAddress();
      return ByteBuffer.wrap(Arrays.copyOf(bytes, Math.min(bytes.length, PREFIX)));
    }
    throw new IOException("gone already");
  }

  /** Queues a connection; one that is displaced is closed. */
  void enter(SocketChannel socket) throws IOException {
    SocketChannel displaced = enter(socket, from(socket));
    if (displaced != null) {
      handshaker.displaced(displaced);
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
    if (count >= MAX_WAITING) {
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

  /** Begins handshakes, each address in turn. */
  private void admit() {
    boolean found = true;
    while (found && running.size() < MAX && !closed) {
      found = false;
      for (ByteBuffer from : List.copyOf(waiting.keySet())) {
        Deque<SocketChannel> mine = waiting.remove(from);
        if (!mine.isEmpty() && running.size() < MAX && runningFrom(from) < MAX_PER_ADDRESS) {
          count--;
          begin(new Handshake(mine.removeFirst(), from));
          found = true;
        }
        if (!mine.isEmpty()) {
          waiting.put(from, mine); // behind the others
        }
      }
    }
  }

  private long runningFrom(ByteBuffer from) {
    return running.stream().filter(each -> each.from.equals(from)).count();
  }

  private void begin(Handshake one) {
    running.add(one);
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                handshaker.handshake(one.socket, one.cancelled::get);
              } finally {
                done(one);
              }
            },
            "handshake",
            256 * 1024);
    thread.setDaemon(true);
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      running.remove(one);
      close(one.socket);
    }
  }

  private synchronized void done(Handshake one) {
    running.remove(one);
    admit();
  }

  /** Cancels slow handshakes that others wait for; to be called a few times a second. */
  synchronized void cancelSlow() {
    long now = System.nanoTime();
    int places = 0;
    for (Handshake each : new ArrayList<>(running)) {
      boolean isFull = running.size() >= MAX || runningFrom(each.from) >= MAX_PER_ADDRESS;
      if (isFull && places < count && now - each.at > SLOW) {
        places++;
        each.cancelled.set(true);
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
    running.forEach(each -> close(each.socket));
  }
}
