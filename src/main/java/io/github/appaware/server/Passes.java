package io.github.appaware.server;

import io.github.appaware.event.Address;
import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Protocol;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the agents in the JVMs of a run were allowed, so that the system calls that follow are not
 * decided and recorded a second time: this server's own verdicts, for the process, the endpoint and
 * the epoch. The origin is not part of it, as code that calls the system by itself could claim any:
 * all code of a process may do what any of it was allowed, and no more. Safe for all threads.
 */
final class Passes {
  /** Twice what an agent keeps; what was used longest ago makes room. */
  private static final int MOST = 8_192;

  private static final Address LOOPBACK4 = Address.of(new byte[] {127, 0, 0, 1});
  private static final Address LOOPBACK6 = loopback6();

  /** An allowed event, and its verdict. */
  record Pass(Application application, Event event, Origin origin, Verdict verdict) {}

  /** A pass, and how often it may be used where its verdict may not be used again. */
  private static final class Held {
    Pass pass;
    int once;
  }

  /** The passes of a process. */
  private static final class Jvm {
    final Application application;
    boolean resolves;

    final Map<PassedEndpoint, Held> passes =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<PassedEndpoint, Held> eldest) {
            return size() > MOST;
          }
        };

    Jvm(Application application) {
      this.application = application;
    }
  }

  /** Decides anew what was allowed under an earlier policy. */
  interface Renewal {
    Optional<Verdict> decide(Pass pass);
  }

  private final Map<Long, Jvm> jvms = new HashMap<>();
  private final SystemResolver resolver = new SystemResolver();

  private static Address loopback6() {
    byte[] bytes = new byte[16];
    bytes[15] = 1;
    return Address.of(bytes);
  }

  /** A JVM's agent may ask from now on. */
  synchronized void admitted(Application application) {
    jvms.put(application.pid(), new Jvm(application));
  }

  /** The agent in a process has ended. */
  synchronized void gone(long pid) {
    jvms.remove(pid);
  }

  /** Whether an agent is in a process. */
  synchronized boolean isJvm(long pid) {
    return jvms.containsKey(pid);
  }

  /** What a JVM with an agent runs. */
  synchronized Optional<Application> application(long pid) {
    return Optional.ofNullable(jvms.get(pid)).map(jvm -> jvm.application);
  }

  /** An agent was allowed an event. */
  synchronized void add(Application application, Event event, Origin origin, Verdict verdict) {
    Jvm jvm = jvms.get(application.pid());
    if (jvm == null) {
      return;
    }
    jvm.resolves |= event instanceof Event.Resolve;
    PassedEndpoint endpoint = PassedEndpoint.of(event);
    if (endpoint == null) {
      return;
    }
    Held held = jvm.passes.computeIfAbsent(endpoint, unused -> new Held());
    if (verdict.reuse() == Verdict.Reuse.NOTHING) {
      held.once++;
    }
    boolean isBetter =
        held.pass == null
            || held.pass.verdict().epoch() != verdict.epoch()
            || held.pass.verdict().reuse() == Verdict.Reuse.NOTHING;
    if (isBetter) {
      held.pass = new Pass(application, event, origin, verdict);
    }
  }

  /**
   * The verdict on a system call, where it needs no decision of its own.
   *
   * @param epoch the policy's
   * @param renewal for a pass of an earlier one
   */
  synchronized Optional<Verdict> take(long pid, Event event, int epoch, Renewal renewal) {
    Jvm jvm = jvms.get(pid);
    if (jvm == null) {
      return Optional.empty();
    }
    PassedEndpoint endpoint = PassedEndpoint.of(event);
    Held held = endpoint == null ? null : jvm.passes.get(endpoint);
    if (held == null && endpoint != null && LOOPBACK6.equals(endpoint.address())) {
      // Java's sockets reach the wildcard address of IPv4 as that of IPv6.
      held = jvm.passes.get(endpoint.at(LOOPBACK4));
    }
    if (held != null) {
      Optional<Verdict> passed = use(held, epoch, renewal);
      if (passed.isPresent()) {
        return passed;
      }
    }
    if (isSelfTest(event)) {
      return Optional.of(verdict(true, Reason.Kind.PASSED, epoch));
    }
    if (jvm.resolves && resolver.isUsed(event)) {
      return Optional.of(verdict(true, Reason.Kind.RESOLVER, epoch));
    }
    return resolver.isRouteProbe(event)
        ? Optional.of(verdict(false, Reason.Kind.RESOLVER, epoch))
        : Optional.empty();
  }

  /**
   * Whether the agent does so to prove its hooks: a stream socket that is bound to any port of this
   * machine's own address reaches nothing and is not reached, unless it connects or listens, which
   * is an event of its own.
   */
  private static boolean isSelfTest(Event event) {
    return event instanceof Event.Inet inet
        && inet.kind() == EventKind.BIND
        && inet.protocol() == Protocol.TCP
        && inet.port() == 0
        && inet.address().isLoopback();
  }

  private static Optional<Verdict> use(Held held, int epoch, Renewal renewal) {
    Verdict known = held.pass.verdict();
    if (known.epoch() != epoch) {
      Optional<Verdict> now = renewal.decide(held.pass);
      if (now.isEmpty()) {
        return Optional.empty();
      }
      held.pass =
          new Pass(held.pass.application(), held.pass.event(), held.pass.origin(), now.get());
      known = now.get();
    }
    if (known.reuse() != Verdict.Reuse.NOTHING) {
      return Optional.of(
          new Verdict(true, Reason.of(Reason.Kind.PASSED), Verdict.Reuse.ENDPOINT, epoch));
    }
    if (held.once == 0) {
      return Optional.empty();
    }
    held.once--;
    return Optional.of(verdict(true, Reason.Kind.PASSED, epoch));
  }

  private static Verdict verdict(boolean allowed, Reason.Kind kind, int epoch) {
    return new Verdict(allowed, Reason.of(kind), Verdict.Reuse.NOTHING, epoch);
  }
}
