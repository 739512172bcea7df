package io.github.appaware.guard;

import io.github.appaware.event.Application;
import io.github.appaware.linux.GuardCalls;
import io.github.appaware.linux.SeccompListener;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.WireException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/**
 * Starts the target of a run so that the kernel brings each of its network calls here, and those of
 * all that it starts. Used by the launcher's main thread.
 */
public final class Guard implements AutoCloseable {
  /** Of the call that proves that calls are caught: tcpmux, which no program uses. */
  private static final int TEST_PORT = 1;

  /** Starts the target. */
  public interface Starter {
    /** Called once, on the restricted thread. */
    Process start() throws IOException;
  }

  /** Says what a process is. */
  public interface Measurer {
    /**
     * As measured from outside; takes its time.
     *
     * @throws IOException when it can't be told: all that the process asks is denied
     */
    Application measure(long pid) throws IOException;
  }

  private final Thread restricted;
  private final CompletableFuture<SeccompListener> listener = new CompletableFuture<>();
  private final CountDownLatch supervised = new CountDownLatch(1);
  private final CompletableFuture<Void> proven = new CompletableFuture<>();
  private final CompletableFuture<Starter> starter = new CompletableFuture<>();
  private final CompletableFuture<Process> started = new CompletableFuture<>();
  private final GuardCalls calls;
  private Supervisor supervisor;

  private Guard(GuardCalls calls) {
    this.calls = calls;
    this.restricted = new Thread(this::runRestricted, "guarded");
    restricted.setDaemon(true);
  }

  /**
   * Restricts a thread, and proves that its calls are caught.
   *
   * @param socket the decision server's
   * @param key the secret between launcher and server
   * @param token the run's
   * @throws IOException that says in words why this can't be done; the run has no guard then
   */
  public static Guard prepare(
      GuardCalls calls, String socket, String key, String token, Measurer measurer)
      throws IOException {
    Guard guard = new Guard(calls);
    guard.restricted.start();
    try {
      SeccompListener listener = guard.await(guard.listener);
      ProcessLink.Measurer hello =
          pid -> new Message.Guard(Message.VERSION, key, token, measurer.measure(pid));
      guard.supervisor =
          new Supervisor(
              calls,
              listener,
              socket,
              pid -> new ProcessLink(pid, socket, hello),
              pid -> frame(new Message.Vouch(key, pid)));
      guard.supervisor.start();
      guard.supervised.countDown();
      guard.await(guard.proven);
      guard.supervisor.shared().selfTest(-1);
      return guard;
    } catch (IOException | RuntimeException e) {
      guard.close();
      throw e;
    }
  }

  private static byte[] frame(Message message) {
    try {
      ByteBuffer frame = FrameChannel.frame(message);
      byte[] bytes = new byte[frame.remaining()];
      frame.get(bytes);
      return bytes;
    } catch (WireException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Starts the target. The thread that does so lives as long as the target: a program may ask to be
   * ended with it (PR_SET_PDEATHSIG).
   */
  public Process start(Starter target) throws IOException {
    starter.complete(target);
    return await(started);
  }

  /**
   * On the restricted thread, which creates no other threads but those of the JDK for the target.
   */
  private void runRestricted() {
    try {
      listener.complete(calls.restrictThread());
      supervised.await();
      prove();
      proven.complete(null);
      Process process = starter.get().start();
      started.complete(process);
      int unused = process.waitFor();
    } catch (IOException | RuntimeException | Error | ExecutionException e) {
      fail(e instanceof ExecutionException ? e.getCause() : e);
    } catch (InterruptedException e) {
      fail(e);
    }
  }

  private void prove() throws IOException {
    supervisor.shared().selfTest(supervisor.shared().listener().currentThread());
    long result = calls.provoke(TEST_PORT);
    if (result != Results.EACCES) {
      throw new IOException("a call that must be denied returned " + result);
    }
  }

  private void fail(Throwable why) {
    listener.completeExceptionally(why);
    proven.completeExceptionally(why);
    started.completeExceptionally(why);
  }

  private <T> T await(CompletableFuture<T> future) throws IOException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /**
   * Has everything recorded, and stops answering: processes that the target left behind have no
   * network from now on.
   */
  @Override
  public void close() {
    restricted.interrupt();
    if (supervisor != null) {
      supervisor.close();
    } else if (listener.isDone() && !listener.isCompletedExceptionally()) {
      listener.join().close();
    }
  }
}
