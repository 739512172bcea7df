package io.github.appaware.agent;

import io.github.appaware.bridge.Bridge;
import io.github.appaware.bridge.Operation;
import io.github.appaware.event.Address;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import io.github.appaware.event.Verdict;
import java.lang.instrument.Instrumentation;
import java.net.InetAddress;
import java.nio.channels.spi.SelectorProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;

/**
 * The function that the bridge calls: turns the arguments of a JDK method into an event, and the
 * verdict on it into null or the denial's message. Runs on the application's threads.
 */
final class EventChecker implements BiFunction<Integer, Object[], Object> {
  /** As a destination, the kernel treats the wildcard address like the loopback address. */
  private static final Address LOOPBACK4 = Address.of(new byte[] {127, 0, 0, 1});

  private static final Address LOOPBACK6 =
      Address.of(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});

  /** Where {@link Operation#RESOLVED} has the path of that file. */
  private static final int HOSTS_FILE = 2;

  /** Where {@link Operation#CONNECT} has what is connected to. */
  private static final int JUDGED = 3;

  /** Likewise, the stack; where {@link Operation#SEND} has the socket. */
  private static final int BY = 4;

  /** Set before the application can set another; null without one. */
  private final String hostsFile = System.getProperty("jdk.net.hosts.file");

  private final VerdictCache verdicts;
  private final ResolvedNames names;
  private final EventReader reader;
  private final BlindEvents blindEvents;
  private final Instrumentation instrumentation;

  /** Null until a library looks up a name by itself: most programs have none that does. */
  private volatile LibraryNames libraryNames;

  private WaitingPlaces places;

  /** The last name that the JDK was allowed to look up, which a library may do for it; or null. */
  private volatile String lookedUp;

  private final Proxies proxies;

  /** Whether this process has the port of a name server. */
  private volatile boolean isNameServer;

  /** Set before the hooks are in place. */
  private volatile ClassPreloader.OnDemand late;

  /** The JVM's start-up thread until {@link #begin}; its events are the agent's. */
  private volatile Thread starting = Thread.currentThread();

  /** The bridge, which registers itself when it is initialized. */
  private volatile BiFunction<Integer, Object[], Object> bridge;

  private volatile SelectorProvider provider;

  private final FirstUse firstUse = new FirstUse(this);

  /** The operation that the self-test is provoking, or -1. */
  private volatile int provoked = -1;

  /**
   * For this JVM.
   *
   * @param instrumentation to confirm what libraries say of names; null if they are never believed
   */
  EventChecker(
      VerdictCache verdicts,
      ResolvedNames names,
      BlindEvents blindEvents,
      Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
    this.verdicts = verdicts;
    this.names = names;
    this.reader = new EventReader(names);
    this.blindEvents = blindEvents;
    this.proxies = new Proxies(verdicts, names);
  }

  /** What is known of proxies. */
  Proxies proxies() {
    return proxies;
  }

  /** There is a test framework: from now on events belong to the tests that it tells of. */
  void tellTests() {
    verdicts.tellTests();
  }

  /** Sets what loads the hooked classes that come with some of the JDK's libraries. */
  void loadLate(ClassPreloader.OnDemand classes) {
    late = classes;
  }

  /** Runs the action after the application's shutdown hooks, which may use the network too. */
  void atTheVeryEnd(Runnable action) {
    Object none = bridge.apply(Operation.READY, new Object[] {action});
    assert none == null;
  }

  /**
   * Has the bridge call a method of the JDK, for the self-test; returns the message of its failure,
   * or null.
   */
  Object provoke(int operation, Object... arguments) {
    return bridge.apply(operation, arguments);
  }

  /** Where threads wait for their verdicts. */
  synchronized WaitingPlaces waitingPlaces() {
    if (places == null) {
      places = new WaitingPlaces(bridge);
    }
    return places;
  }

  /** The JDK's own provider of channels. */
  SelectorProvider provider() {
    return provider;
  }

  /** Checks the native agents that this JVM was started with. */
  void checkAgents() throws AgentStartException {
    blindEvents.agents(BridgeCalls.options());
  }

  /** From now on every event is the application's. */
  void begin() {
    starting = null;
  }

  /** Denies this operation, for the self-test; -1 for none. */
  void forbid(int operation) {
    provoked = operation;
  }

  @Override
  public Object apply(Integer operation, Object[] arguments) {
    if (operation == Operation.READY) {
      return ready(arguments[0], (SelectorProvider) arguments[1]);
    }
    if (starting == Thread.currentThread()) {
      return operation == provoked ? SelfTest.DENIAL : null;
    }
    if (verdicts.isOwn(Thread.currentThread(), operation, arguments)) {
      return null;
    }
    if (operation == Operation.RESOLVED) {
      return resolved(arguments);
    }
    if (operation == Operation.FOUND && names.haveNames((InetAddress[]) arguments[1])) {
      return null;
    }
    if (operation >= Operation.LOOK_UP) {
      return libraryNames().apply(operation, arguments, isNameServer);
    }
    if (operation == Operation.RESOLVE
        && NameConfirmation.isOwn(Thread.currentThread(), (String) arguments[0])) {
      return null;
    }
    if (operation >= Operation.TEST_STARTED && operation <= Operation.TEST_DENIALS) {
      return verdicts.test(operation, arguments[0]);
    }
    if (operation == Operation.CHILD) {
      return blindEvents.child(arguments);
    }
    if (operation == Operation.LIBRARY) {
      String path = (String) arguments[0];
      String failure = late.load(path);
      return failure != null ? failure : blindEvents.library(path, (Class<?>) arguments[1]);
    }
    if (operation >= Operation.UNIX_CONNECT && operation <= Operation.UNIX_LISTEN) {
      firstUse.beforeUnixSocket();
    }
    if (operation == Operation.UNIX_CONNECT || operation == Operation.UNIX_REACH) {
      String jvm = UnixPaths.attachedTo((String) arguments[0]);
      String denial = jvm == null ? null : blindEvents.attach(jvm);
      if (denial != null) {
        return denial;
      }
    }
    if (operation == Operation.UNIX_CONNECT && !((String) arguments[0]).isEmpty()) {
      return connectUnix((String) arguments[0]);
    }
    if (operation == Operation.UNIX_CONNECTED) {
      JudgedSocket socket = (JudgedSocket) arguments[0];
      return socket.isChanged((Boolean) arguments[1]) ? deny(socket) : null;
    }
    if (operation == Operation.FOREIGN) {
      return blindEvents.foreign((Class<?>) arguments[0]);
    }
    if (operation == Operation.STARTED) {
      return blindEvents.started((Process) arguments[0], (Path) arguments[1]);
    }
    if (operation == Operation.ATTACH) {
      return blindEvents.attach((String) arguments[0]);
    }
    String denied = firstUse.before(operation, arguments);
    if (denied != null) {
      return denied.isEmpty() ? null : denied;
    }
    if (operation == Operation.TUNNEL || operation == Operation.UNRESOLVED) {
      return operation == Operation.TUNNEL
          ? proxies.tunnel(arguments)
          : names.denial((String) arguments[0]);
    }
    if (operation == Operation.CONNECT || operation == Operation.SEND) {
      return outbound(operation, arguments);
    }
    Event event = reader.read(operation, arguments);
    if (event == null) {
      return null;
    }
    String denial = verdicts.denial(event);
    if (operation == Operation.RESOLVE) {
      names.decided((String) arguments[0], denial);
      if (denial == null) {
        lookedUp(((Event.Resolve) event).host());
      }
    }
    if (operation == Operation.BIND && (Integer) arguments[1] == Bridge.DNS && denial == null) {
      isNameServer = true;
    }
    return denial;
  }

  /** What a file of hosts says is believed if the JVM was started with it: by the user. */
  private Object resolved(Object[] arguments) {
    if (arguments.length > HOSTS_FILE && !arguments[HOSTS_FILE].equals(hostsFile)) {
      return libraryNames().apply(Operation.FOUND, arguments, isNameServer);
    }
    names.resolved((String) arguments[0], (InetAddress[]) arguments[1]);
    return null;
  }

  private void lookedUp(String host) {
    LibraryNames known = libraryNames;
    if (known != null) {
      known.allowed(host);
    } else {
      lookedUp = host;
    }
  }

  private synchronized LibraryNames libraryNames() {
    if (libraryNames == null) {
      LibraryNames made = new LibraryNames(verdicts, names, instrumentation);
      made.waitAt(waitingPlaces());
      if (lookedUp != null) {
        made.allowed(lookedUp);
      }
      libraryNames = made;
    }
    return libraryNames;
  }

  /**
   * Connect and send: the name that a library gave the address object counts if it is true; if that
   * can't be found out, it can only deny.
   */
  private String outbound(int operation, Object[] arguments) {
    EventKind kind = operation == Operation.CONNECT ? EventKind.CONNECT : EventKind.SEND;
    InetAddress object = (InetAddress) arguments[0];
    Address given = EventReader.address(arguments.length > JUDGED ? arguments[JUDGED] : object);
    Address far = given;
    if (far.isWildcard()) {
      far = far.bits() == 32 ? LOOPBACK4 : LOOPBACK6;
    }
    String host = names.askedFor(object, given);
    String said = host == null ? names.saidOf(object, given) : null;
    if (said != null && libraryNames().isTrue(said, object, far)) {
      host = said;
      said = null;
    }
    List<String> known = host == null ? names.of(far) : List.of();
    Protocol protocol = EventReader.protocol(arguments[2]);
    Event.Inet event = new Event.Inet(kind, protocol, far, (Integer) arguments[1], host, known, 0);
    long since = kind == EventKind.CONNECT ? System.nanoTime() : 0;
    String denial = verdicts.denial(event, arguments.length > BY ? arguments[BY] : null);
    if (denial == null && said != null) {
      denial = verdicts.denial(event.withHost(said));
    }
    return denial == null ? proxies.denial(event, since) : denial;
  }

  /** A denial's message, or where to connect. */
  private Object connectUnix(String given) {
    JudgedSocket socket = JudgedSocket.hold(given, bridge);
    Object[] where = null;
    try {
      Event event = socket.event();
      Verdict verdict = verdicts.checker(event);
      if (!verdict.allowed()) {
        return verdict.describe(event);
      }
      where = socket.where();
      return where != null ? where : deny(socket);
    } finally {
      if (where == null) {
        socket.release();
      }
    }
  }

  /** Denies what the server has allowed, and tells it so. */
  private String deny(JudgedSocket socket) {
    verdicts.revoke(socket.event(), socket.reason());
    return socket.denial();
  }

  @SuppressWarnings("unchecked")
  private Object ready(Object newBridge, SelectorProvider jdks) {
    if (bridge == null) {
      bridge = (BiFunction<Integer, Object[], Object>) newBridge;
      BridgeCalls.use(bridge);
      provider = jdks;
    }
    return null;
  }
}
