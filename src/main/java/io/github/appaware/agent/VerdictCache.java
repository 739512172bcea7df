package io.github.appaware.agent;

import io.github.appaware.bridge.Operation;
import io.github.appaware.event.Address;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives events their verdicts: a cached one of this epoch that may be reused, otherwise the
 * server's. Without a server events are denied, also those that were allowed before.
 *
 * <p>Safe for all threads; blocks the caller until there is a verdict, at most 30 seconds.
 */
final class VerdictCache {
  /** Reusable verdicts kept; past it all are dropped, and asked for again. */
  private static final int MOST = 4_096;

  private final String command;
  private final String classPath;
  private final ConcurrentHashMap<Event, CachedVerdict> reusable = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<CausedEvent, CachedVerdict> reusableFrom =
      new ConcurrentHashMap<>();

  /** What tests forbid themselves: counted like verdicts that are reused. */
  private final ConcurrentHashMap<CausedEvent, CachedVerdict> forbidden = new ConcurrentHashMap<>();

  private final CallSites uses = new CallSites();
  private volatile Origins origins;
  private volatile Connection connection;
  private volatile int epoch;
  private volatile List<Address> nameServers = List.of();

  /** The number of connections to servers until now; of the reading thread. */
  private int connections;

  /** The number of the present connection. */
  private volatile int present;

  /** Whether there ever was a verdict for any port of the far end. */
  private volatile boolean anyPort;

  /** Null until there is a test framework. */
  private volatile RunningTests tests;

  /** Whether the JVM ends: from then on each event is asked for and so recorded at once. */
  private volatile boolean closing;

  /**
   * For this JVM.
   *
   * @param command as {@code sun.java.command} has it
   * @param classPath as {@code java.class.path} has it
   */
  VerdictCache(String command, String classPath) {
    this.command = command;
    this.classPath = classPath;
  }

  void connect(Connection to) {
    connection = to;
  }

  /** Whether this is the agent's own thread, on its way to the server. */
  boolean isOwn(Thread thread, int operation, Object[] arguments) {
    return connection.isOwn(thread, operation, arguments);
  }

  /** The name servers that the policy names. */
  List<Address> nameServers() {
    return nameServers;
  }

  void nameServers(List<Address> named) {
    nameServers = named;
  }

  /** Null, or the denial's message. */
  String denial(Event event) {
    return denial(event, null);
  }

  /** The same; the socket that sends, or the stack of the thread that connects, or null. */
  String denial(Event event, Object by) {
    Verdict verdict = checker(event, by);
    return verdict.allowed() ? null : verdict.describe(event);
  }

  Verdict checker(Event event) {
    return checker(event, null);
  }

  private Verdict checker(Event event, Object by) {
    RunningTests told = tests;
    if (told == null) {
      return decided(event, by);
    }
    Verdict verdict = told.forbids(event) ? forbidden(event) : decided(event, by);
    if (!verdict.allowed()) {
      Origin.Frame from = origins().here().library();
      told.denied(verdict.describe(event) + (from == null ? "" : ", from " + from.describe()));
    }
    return verdict;
  }

  /** The test that runs forbids it to itself; the server is told. */
  private Verdict forbidden(Event event) {
    Origin origin = here();
    CausedEvent key = new CausedEvent(event, origin);
    CachedVerdict known = forbidden.get(key);
    if (known == null || !known.isOf(present, epoch)) {
      Reason reason = new Reason(Reason.Kind.TEST, "", origin.test());
      Verdict denied = new Verdict(false, reason, Verdict.Reuse.NOTHING, epoch);
      known = new CachedVerdict(event, origin, denied, present);
      keep(forbidden, key, known);
    }
    return reuse(known);
  }

  private Verdict decided(Event event, Object by) {
    CachedVerdict known = known(event);
    if (known != null && known.isOf(present, epoch) && !closing) {
      if (!known.verdict.reuse().fromOrigin()) {
        return reuse(uses.from(known, origins(), test(), by));
      }
      Origin origin = here();
      CachedVerdict same = reusableFrom.get(new CausedEvent(known.event, origin));
      return same != null && same.isOf(present, epoch) ? reuse(same) : ask(event, origin);
    }
    return ask(event, here());
  }

  /** Tells the server that an event which it allowed was denied here, for this reason. */
  void revoke(Event event, Reason reason) {
    connection.denied(event, here(), reason);
  }

  private Verdict reuse(CachedVerdict known) {
    connection.used(known);
    return known.verdict;
  }

  private Verdict ask(Event event, Origin origin) {
    int over = present; // a verdict over a later connection is not kept, which costs one question
    Verdict verdict = connection.ask(event, origin);
    Verdict.Reuse reuse = verdict.reuse();
    if (reuse != Verdict.Reuse.NOTHING && verdict.epoch() == epoch) {
      Event covered = event;
      if (reuse.anyPort()) {
        anyPort = true;
        covered = withoutPort(event);
      }
      if (reuse.fromOrigin()) {
        CausedEvent caused = new CausedEvent(covered, origin);
        keep(reusableFrom, caused, new CachedVerdict(covered, origin, verdict, over));
      }
      // Of a verdict that depends on the origin it says just that.
      keep(reusable, covered, new CachedVerdict(covered, Origin.UNKNOWN, verdict, over));
    }
    return verdict;
  }

  /** Makes what a security manager would be asked about later. */
  void prepare() {
    Origin unused = origins().here();
  }

  private Origin here() {
    return origins().here().inTest(test());
  }

  /** The test that this thread's events belong to now; empty for none. */
  private String test() {
    RunningTests known = tests;
    return known == null ? "" : known.current();
  }

  /** From now on. */
  synchronized void tellTests() {
    if (tests == null) {
      tests = new RunningTests();
      origins = null; // another code is the application's own from now on
    }
  }

  /** A framework's notice, or what a test says or asks of itself; the result is of that kind. */
  Object test(int operation, Object described) {
    RunningTests known = tests;
    if (known != null && described != null) {
      switch (operation) {
        case Operation.TEST_STARTED -> known.started(described);
        case Operation.TEST_FINISHED -> known.finished(described);
        case Operation.TEST_REPORTED -> known.reported(described);
        case Operation.TEST_RESTRICTED -> {
          return known.restrict((String[]) described);
        }
        default -> {
          return known.denials();
        }
      }
    }
    return null;
  }

  /** Any thread may make it; a second one is as good. */
  private Origins origins() {
    Origins known = origins;
    if (known == null) {
      known = new Origins(command, classPath, tests != null);
      origins = known;
    }
    return known;
  }

  private CachedVerdict known(Event event) {
    CachedVerdict known = reusable.get(event);
    if (known != null || !anyPort) {
      return known;
    }
    CachedVerdict forPeer = reusable.get(withoutPort(event));
    return forPeer != null && forPeer.verdict.reuse().anyPort() ? forPeer : null;
  }

  private static <K> void keep(
      ConcurrentHashMap<K, CachedVerdict> among, K key, CachedVerdict reused) {
    if (among.size() >= MOST) {
      among.clear();
    }
    among.put(key, reused);
  }

  /** Stands for the event with any port of the far end, also in the record. */
  private static Event withoutPort(Event event) {
    return event instanceof Event.Inet inet ? inet.withPort(0) : event;
  }

  /** The number of the policy that verdicts are of now. */
  int epoch() {
    return epoch;
  }

  /** The policy changed; called by the connection in the order of arrival. */
  void epoch(int current) {
    epoch = current;
    clear();
  }

  /** There is another connection; its server may have another policy with the same epoch. */
  void renewed(int current) {
    epoch = -1;
    nameServers = List.of();
    present = ++connections;
    epoch(current);
  }

  /** The server is gone: no verdict of its may be used any more. */
  void lost() {
    epoch = -1;
    clear();
  }

  private void clear() {
    reusable.clear();
    reusableFrom.clear();
    forbidden.clear();
    uses.clear();
  }

  static Verdict timeout() {
    return Verdict.denied(Reason.Kind.TIMEOUT);
  }

  /** The JVM ends and the application has nothing more to say. */
  void close() {
    closing = true;
    connection.finish();
  }
}
