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
 * Which certificates are still valid, by the register as it is now, also when another process
 * changes it. While the register can't be read, none is.
 */
public final class Revocations implements Closeable {
  private static final long INTERVAL_MILLIS = 300;

  /** Differs when a file was changed. */
  private record Stamp(long size, Object modified, Object key) {}

  private final Path file;
  private final CertificateRegister register;
  private final Clock clock;
  private ScheduledExecutorService timer;

  /** Under this. */
  private Stamp seen;

  private CertificateRegister.Entries state;
  private String trouble = "";

  Revocations(ServerHome home, Clock clock) {
    this.file = home.register();
    this.register = new CertificateRegister(file);
    this.clock = clock;
  }

  /**
   * From now on calls {@code changed} within a second, by a thread of its own, whenever a client
   * was enrolled, renewed or revoked. The server should then, and from time to time, call {@link
   * #refusal} for each open connection, and close those that have one.
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
    } catch (RuntimeException e) { // thrown on, it would end the timer
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }
  }

  /**
   * Why a peer's certificate is not valid: revoked, replaced by a new enrolment, expired, or
   * unknown.
   *
   * @return empty if it is valid
   */
  public String refusal(PeerIdentity peer) {
    boolean unused = look();
    Instant now = clock.instant();
    synchronized (this) {
      if (!trouble.isEmpty()) {
        return "certificates can't be checked: " + trouble;
      }
      if (state.isRevoked(peer.name())) {
        return "the certificate of `" + peer.name() + "` was revoked";
      }
      if (!state.isValid(peer)) {
        return state.knows(peer.name())
            ? "the certificate of `" + peer.name() + "` was replaced by another enrolment"
            : "no client has enrolled as `" + peer.name() + "`";
      }
    }
    return now.isAfter(peer.notAfter())
        ? "the certificate of `" + peer.name() + "` expired " + peer.notAfter()
        : "";
  }

  /** Reads the register if it was changed; returns whether it was. */
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
