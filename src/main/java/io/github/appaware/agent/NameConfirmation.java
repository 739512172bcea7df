package io.github.appaware.agent;

import io.github.appaware.event.Address;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Finds out whether a name that a library gives an address is that address's, where the library's
 * own queries can't be seen: the JDK's own resolver, past its cache and without any code of the
 * application, looks up the name as well. Safe for all threads.
 */
final class NameConfirmation {
  /** As long as a resolver with two servers may take to give up on the first. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(6);

  /** For how long a name that was not confirmed is not looked up again. */
  private static final long AGAIN = TimeUnit.SECONDS.toNanos(5);

  private static final int MOST_AT_ONCE = 16;
  private static final int MOST_FAILED = 1_024;

  /** Only pages that are touched take memory. */
  private static final long STACK = 512 * 1024;

  private final Instrumentation instrumentation;
  private final ResolvedNames names;
  private final ConcurrentHashMap<String, Long> failed = new ConcurrentHashMap<>();
  private final AtomicInteger running = new AtomicInteger();
  private JdkResolver resolver;

  /** Where the application's threads wait, or null if they park. */
  private volatile WaitingPlaces places;

  /**
   * Not used yet.
   *
   * @param instrumentation to reach the JDK's resolver with, or null if it can't be reached
   */
  NameConfirmation(Instrumentation instrumentation, ResolvedNames names) {
    this.instrumentation = instrumentation;
    this.names = names;
  }

  /** Sets where the application's threads wait. */
  void waitAt(WaitingPlaces there) {
    places = there;
  }

  /** Whether this thread is looking up that name here, which is no event of the application. */
  static boolean isOwn(Thread thread, String host) {
    return thread instanceof LookUp own && own.host.equals(host);
  }

  /**
   * Whether the JDK's resolver finds the address by the name, which it then knows; waits for it.
   *
   * @param host in normal form; it may be looked up
   */
  boolean confirms(String host, Address address) {
    if (running.incrementAndGet() <= MOST_AT_ONCE) {
      LookUp lookUp = new LookUp(host);
      lookUp.start(); // counts itself out when it ends
      Boolean unused = lookUp.done.await(PATIENCE, places);
    } else {
      int unused = running.decrementAndGet();
    }
    boolean confirmed = names.isProven(host, address);
    if (!confirmed) {
      if (failed.size() >= MOST_FAILED) {
        failed.clear();
      }
      failed.put(pair(host, address), System.nanoTime());
    }
    return confirmed;
  }

  /** Whether it makes sense to look up the name. */
  boolean isPossible(String host, Address address) {
    Long before = failed.get(pair(host, address));
    return instrumentation != null
        && !JdkResolver.isAddress(host)
        && (before == null || System.nanoTime() - before > AGAIN);
  }

  private static String pair(String host, Address address) {
    return host + ' ' + address;
  }

  private synchronized JdkResolver resolver() throws AgentStartException {
    if (resolver == null) {
      resolver = new JdkResolver(instrumentation);
    }
    return resolver;
  }

  /** A thread of its own: nothing of the application's may be on its stack or inherited. */
  private final class LookUp extends Thread {
    final String host;
    final PendingReply<Boolean> done = new PendingReply<>();

    LookUp(String host) {
      super(null, null, "appaware-names", STACK, false);
      this.host = host;
      setDaemon(true);
    }

    @Override
    public void run() {
      try {
        int found = resolver().lookUp(host).length; // the hook remembers them
        done.answer(found > 0);
      } catch (IOException | AgentStartException e) {
        done.answer(Boolean.FALSE);
      } finally {
        int unused = running.decrementAndGet();
        done.answer(Boolean.FALSE);
      }
    }
  }
}
