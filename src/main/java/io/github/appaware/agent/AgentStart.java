package io.github.appaware.agent;

import io.github.appaware.bridge.Bridge;
import io.github.appaware.bridge.WovenClasses;
import io.github.appaware.link.LinkTime;
import io.github.appaware.link.Sockets;
import io.github.appaware.link.UnixServer;
import io.github.appaware.wire.AgentOptions;
import io.github.appaware.wire.RemoteOptions;
import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** Puts the agent together, in the order in which nothing is ever unprotected. */
public final class AgentStart
    implements BiConsumer<String, Instrumentation>, PrivilegedAction<Void> {
  /** Hooked, but not to judge anything: loaded by the application, if at all. */
  private static final List<String> LATE =
      List.of("java.net.NetworkInterface", "sun.nio.ch.FileChannelImpl");

  private static volatile String begun;

  private String argument;
  private Instrumentation instrumentation;

  /** For {@link Premain}, which can reach public members only: another loader, another package. */
  public AgentStart() {}

  /** Whether the agent in this JVM was started with these options, or with others of its run. */
  public static boolean isOf(String argument) {
    String first = begun;
    try {
      return argument.equals(first)
          || AgentOptions.parse(argument).token().equals(AgentOptions.parse(first).token());
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Returns when the agent is in place.
   *
   * @param argument what {@link AgentOptions#text} made, or the argument of an agent without a
   *     launcher
   */
  @Override
  @SuppressWarnings("removal") // not called where it is to be removed
  public void accept(String argument, Instrumentation instrumentation) {
    begun = argument;
    this.argument = argument;
    this.instrumentation = instrumentation;
    Void unused =
        Runtime.version().feature() < Bridge.UNMANAGED
            ? AccessController.doPrivileged(this)
            : run();
  }

  /**
   * With the agent's privileges, which its threads inherit: what the premain class may do is not
   * theirs, if a security manager comes later.
   */
  @Override
  public Void run() {
    AgentAbort.prepare();
    if (!argument.startsWith(RemoteOptions.PREFIX) && argument.indexOf('\n') < 0) {
      AgentAbort.now(
          "the agent needs to know its server: use `appaware run`, or say"
              + " `-javaagent:appaware-agent.jar=server=tls://HOST:PORT`");
    }
    try {
      if (argument.startsWith(RemoteOptions.PREFIX)) {
        Remote remote = new Remote(argument, instrumentation);
        VerdictCache verdicts = verdicts();
        start(
            remote.agentOptions(),
            argument,
            verdicts,
            remote.connection(verdicts),
            remote.unused(),
            instrumentation);
      } else {
        AgentOptions options = AgentOptions.parse(argument);
        VerdictCache verdicts = verdicts();
        Sockets sockets = new Sockets();
        Connection connection =
            new Connection(
                new UnixServer(options.socket(), sockets),
                sockets,
                new Greeting(options.token()),
                null,
                verdicts,
                new LinkTime());
        Path unused = Path.of(options.socket()).resolveSibling("unused");
        start(options, "", verdicts, connection, unused, instrumentation);
      }
    } catch (AgentStartException e) {
      AgentAbort.now(e.getMessage());
    } catch (Exception e) {
      AgentAbort.now("the agent can't start: " + e);
    }
    return null;
  }

  private static VerdictCache verdicts() {
    return new VerdictCache(
        System.getProperty("sun.java.command", ""), System.getProperty("java.class.path", ""));
  }

  private static void start(
      AgentOptions options,
      String remote,
      VerdictCache verdicts,
      Connection connection,
      Path unused,
      Instrumentation instrumentation)
      throws Exception {
    verdicts.connect(connection);
    connection.begin();
    WovenClassSource weaving = new WovenClassSource(options);
    WovenClasses woven = weaving.bundle();
    EventChecker checker =
        new EventChecker(
            verdicts,
            new ResolvedNames(),
            new BlindEvents(verdicts, new ChildProcesses(options, remote)),
            instrumentation);

    defineBridge(instrumentation, woven, checker);
    ManagerPreparation managers = new ManagerPreparation(options.agent(), verdicts);
    Transformer transformer =
        new Transformer(
            woven,
            weaving,
            new LateTransformer(woven, weaving, checker, instrumentation),
            managers);
    instrumentation.addTransformer(transformer, true);
    checker.loadLate(new ClassPreloader.OnDemand(woven, instrumentation, transformer));
    connection.connect(checker.provider());
    Set<String> hooked = woven.names();
    hooked.removeAll(SelfTest.TOUCHED);
    hooked.removeAll(LATE);
    ClassPreloader others = new ClassPreloader(hooked, instrumentation, transformer);
    others.start();
    ClassPreloader.load(SelfTest.TOUCHED, instrumentation, transformer);
    SelfTest.run(checker, unused);
    others.await();
    if (ClassPreloader.areOtherAgents(BridgeCalls.options())) {
      ClassPreloader.loadAgain(woven, instrumentation, transformer);
    }
    SelfTest.prepare();
    connection.awaitWelcome();
    checker.checkAgents();
    checker.atTheVeryEnd(new Close(verdicts, options));
    connection.waitAt(checker.waitingPlaces());
    managers.afterStart();
    if (isSealed(options)) {
      OpenedPackages.watch(instrumentation, AgentOptions.arguments(options.childJar()));
    }
    checker.begin();
  }

  /** Whether this JVM is one that a program started where blind events are denied. */
  private static boolean isSealed(AgentOptions options) {
    return !options.childJar().isEmpty() && options.own().equals(options.childJar());
  }

  private static void defineBridge(
      Instrumentation instrumentation, WovenClasses woven, EventChecker checker) throws Exception {
    BridgeInjector.enter(instrumentation, woven);
    System.getProperties().put(Bridge.CHECKER_PROPERTY, checker);
    Class.forName(Bridge.WOVEN_NAME, true, null);
    if (System.getProperties().containsKey(Bridge.CHECKER_PROPERTY)) {
      throw new IllegalStateException("the bridge did not take its checker");
    }
  }

  /** What runs last; no lambda, as linking one costs milliseconds. */
  private record Close(VerdictCache verdicts, AgentOptions options) implements Runnable {
    @Override
    public void run() {
      verdicts.close();
      if (!options.own().equals(options.shared()) && !isSealed(options)) {
        boolean unused = new File(options.own()).delete(); // made for this JVM alone
      }
    }
  }
}
