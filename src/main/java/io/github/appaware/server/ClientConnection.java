package io.github.appaware.server;

import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import io.github.appaware.wire.WireException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A connection to a client. One thread reads and handles messages, another writes, so that a client
 * that does not read delays no other; once its queue is full, its connection is closed.
 *
 * <p>What the reading thread replies to its own client, it writes itself if no message waits to be
 * written: the change of threads would cost more than all the rest. If the client does not read,
 * only that thread waits.
 */
@SuppressWarnings("ReferenceEquality") // the sentinel of the queue is that very object
public final class ClientConnection {
  /** Messages that wait for the client to read. */
  private static final int MAX_WAITING = 10_000;

  /** Messages that wait before those that may be lost are. */
  private static final int MAX_OPTIONAL = 1_000;

  /** Bytes of messages that may be lost. */
  private static final long MAX_OPTIONAL_BYTES =
      Math.min(4 << 20, Runtime.getRuntime().maxMemory() / 64);

  /** In the queue: the connection is closed when everything before is written. */
  private static final Message.Noted LAST = new Message.Noted(0);

  /** Handles what a client sends; called by the connection's reading thread. */
  public interface Handler {
    /** Handles a message; an exception closes the connection. */
    void receive(ClientConnection client, Message message) throws IOException;

    /** The client sent what is no message, or one that it may not send; {@link #gone} follows. */
    default void violated(ClientConnection client, Exception how) {}

    /** The connection is gone; called once. */
    void gone(ClientConnection client);
  }

  private final FrameChannel channel;
  private final Handler handler;
  private final BlockingQueue<Message> outgoing = new ArrayBlockingQueue<>(MAX_WAITING);

  /** Messages that are queued, or taken from the queue and being written. */
  private final AtomicInteger unwritten = new AtomicInteger();

  private final AtomicLong optionalBytes = new AtomicLong();
  private final ReentrantLock writing = new ReentrantLock();
  private volatile Thread reader;
  private volatile boolean closed;
  private volatile long heard = System.nanoTime();
  private volatile Optional<ClientSession> session = Optional.empty();
  private volatile boolean gone;

  public ClientConnection(FrameChannel channel, Handler handler) {
    this.channel = channel;
    this.handler = handler;
  }

  public void start(int number) {
    thread("client-" + number + "-out", this::writeAll).start();
    boolean started = false;
    try {
      reader = thread("client-" + number + "-in", this::readAll);
      reader.start();
      started = true;
    } finally {
      if (!started) { // no more threads: the writer would wait forever
        send(LAST);
        close();
      }
    }
  }

  private static Thread thread(String name, Runnable work) {
    Thread thread = new Thread(null, work, name, 256 * 1024);
    thread.setDaemon(true);
    return thread;
  }

  /** What the client proved to be; empty before. */
  public Optional<ClientSession> session() {
    return session;
  }

  public void session(ClientSession proven) {
    session = Optional.of(proven);
  }

  /** Whether {@link Handler#gone} was or is being called. */
  public boolean isGone() {
    return gone;
  }

  /** Whether it has sent nothing for this long. */
  public boolean isSilent(long nanos) {
    return System.nanoTime() - heard > nanos;
  }

  /** Queues a message; never blocks. */
  public void send(Message message) {
    unwritten.incrementAndGet();
    if (!outgoing.offer(message)) {
      close();
    }
  }

  /**
   * As {@link #send}, but may block the connection's own reading thread, which must hold no lock.
   */
  void reply(Message message) {
    if (!isWrittenAtOnce(message)) {
      send(message);
    }
  }

  private boolean isWrittenAtOnce(Message message) {
    if (Thread.currentThread() != reader || !writing.tryLock()) {
      return false;
    }
    try {
      if (unwritten.get() > 0) {
        return false; // messages stay in order, also with one that was taken and not yet written
      }
      write(message);
    } catch (IOException e) {
      close();
    } finally {
      writing.unlock();
    }
    return true;
  }

  /** Queues a message that may be lost; false when it is, as the client reads too slowly. */
  boolean offer(Message message) {
    long bytes = MemoryCost.of(message);
    long before = optionalBytes.getAndAdd(bytes);
    unwritten.incrementAndGet();
    boolean isTaken =
        outgoing.size() < MAX_OPTIONAL
            && (before == 0 || before + bytes <= MAX_OPTIONAL_BYTES)
            && outgoing.offer(message);
    if (!isTaken) {
      unwritten.decrementAndGet();
      optionalBytes.addAndGet(-bytes);
    }
    return isTaken;
  }

  /** Sends the reason, and closes when it is written. */
  public void refuse(String why) {
    finish(new Message.Refused(why));
  }

  /** Sends a last message, and closes when it is written. */
  public void finish(Message last) {
    send(last);
    send(LAST);
  }

  /** Whether this side closed it. */
  public boolean isClosed() {
    return closed;
  }

  public void close() {
    closed = true;
    try {
      channel.close();
    } catch (IOException e) {
      // It is closed as far as it can be.
    }
  }

  private void readAll() {
    try {
      for (Message message = channel.read(); message != null; message = channel.read()) {
        heard = System.nanoTime();
        handler.receive(this, message);
      }
    } catch (IOException | RuntimeException e) {
      // A violation and a broken connection end alike: the client is denied from now on.
      if (!closed) {
        handler.violated(this, e);
      }
    } catch (OutOfMemoryError e) { // no buffer for this one; the others have theirs
      if (!closed) {
        handler.violated(this, new IOException("out of memory", e));
      }
    } finally {
      close();
      outgoing.clear();
      send(LAST);
      gone = true;
      handler.gone(this);
    }
  }

  /**
   * A message for people that is too long is skipped: it must not end the connection and the run.
   */
  private void write(Message message) throws IOException {
    ByteBuffer frame;
    try {
      frame = FrameChannel.frame(message);
    } catch (WireException tooLong) {
      if (message instanceof QuestionMessage) {
        return;
      }
      throw tooLong;
    }
    channel.write(frame);
  }

  private void writeAll() {
    try {
      for (Message message = outgoing.take(); message != LAST; message = outgoing.take()) {
        writing.lock();
        try {
          write(message);
          unwritten.decrementAndGet();
        } finally {
          writing.unlock();
        }
        optionalBytes.addAndGet(-MemoryCost.of(message));
      }
    } catch (IOException | InterruptedException e) {
      // The reading thread finds the channel closed.
    } finally {
      close();
    }
  }
}
