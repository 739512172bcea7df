package io.github.appaware.trust;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Who is still welcome: the register as it is now, also when another process changes it. While it
 * can't be read, nobody is.
 */
public final class Revocations implements Closeable {
  private static final long INTERVAL_MILLIS = 300;

  /** What changes when a file does. */
  private record Stamp(long size, Object modified, Object key) {}

  private final Path file;
  private final CertificateRegister register;
  private final Clock clock;
  private ScheduledExecutorService timer;

  /** Under this. */
  private Stamp seen;

  private CertificateRegister.State state;
  private String trouble = "";

  Revocations(ServerHome home, Clock clock) {
    this.file = home.register();
    this.register = new CertificateRegister(file);
    this.clock = clock;
  }

  /**
   * From now on calls {@code changed} within a second, on a thread of its own, whenever somebody
   * was enrolled, renewed or revoked. Who has connections open should ask then, and now and then,
   * {@link #refusal} about each, and close those that have one.
   */
  public void start(Runnable changed) {
    timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "revocations");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        timer.scheduleWithFixedDelay(
            () -> tick(changed), INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void tick(Runnable changed) {
    try {
      if (look()) {
        changed.run();
      }
    } catch (RuntimeException e) { // or there would be no next tick
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  /**
   * Why a peer is not welcome: revoked, replaced by a new enrolment, expired, or unknown.
   *
   * @return empty for one who is
   */
  public String refusal(PeerIdentity peer) {
    boolean unused = look();
    Instant now = clock.instant();
    synchronized (this) {
      if (!trouble.isEmpty()) {
        return "nobody can be checked: " + trouble;
      }
      if (state.isRevoked(peer.name())) {
        return "the certificate of `" + peer.name() + "` was revoked";
      }
      if (!state.isValid(peer)) {
        return state.knows(peer.name())
            ? "the certificate of `" + peer.name() + "` was replaced by another enrolment"
            : "nobody has enrolled as `" + peer.name() + "`";
      }
    }
    return now.isAfter(peer.notAfter())
        ? "the certificate of `" + peer.name() + "` expired " + peer.notAfter()
        : "";
  }

  /** Whether there is something new. */
  private synchronized boolean look() {
    try {
      Stamp stamp = stamp();
      if (stamp.equals(seen)) {
        return false;
      }
      state = register.read();
      seen = stamp;
      trouble = "";
    } catch (IOException e) {
      String now = String.valueOf(e.getMessage());
      boolean news = !now.equals(trouble);
      seen = null;
      trouble = now;
      return news;
    }
    return true;
  }

  private Stamp stamp() throws IOException {
    BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
    return new Stamp(found.size(), found.lastModifiedTime(), found.fileKey());
  }

  @Override
  public void close() {
    if (timer != null) {
      timer.shutdownNow();
    }
  }
}
