package io.github.appaware.agent;

import io.github.appaware.bridge.Bridge;
import io.github.appaware.bridge.WovenClasses;
import io.github.appaware.wire.AgentOptions;
import io.github.appaware.wire.RemoteOptions;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.BiConsumer;

/** Puts the agent together, in the order in which nothing is ever unprotected. */
public final class Start implements BiConsumer<String, Instrumentation> {
  /** For {@link Premain}, which can reach public members only: another loader, another package. */
  public Start() {}

  @Override
  public void accept(String argument, Instrumentation instrumentation) {
    if (argument == null || argument.isEmpty()) {
      Stop.now(
          "the agent needs to know its server: use `appaware run`, or say"
              + " `-javaagent:appaware-agent.jar=server=tls://HOST:PORT`");
    }
    try {
      Preparation preparation = new Preparation();
      preparation.start();
      if (argument.startsWith(RemoteOptions.PREFIX)) {
        Remote remote = new Remote(argument, instrumentation);
        Desk desk = desk();
        start(
            remote.agentOptions(),
            argument,
            desk,
            remote.begin(desk),
            remote.unused(),
            instrumentation,
            preparation);
      } else {
        AgentOptions options = AgentOptions.parse(argument, read(argument));
        Desk desk = desk();
        Connection connection = Connection.begin(options.socket(), options.token(), desk);
        Path unused = Path.of(argument).resolveSibling("unused");
        start(options, argument, desk, connection, unused, instrumentation, preparation);
      }
    } catch (Refusal e) {
      Stop.now(e.getMessage());
    } catch (Exception e) {
      Stop.now("the agent can't start: " + e);
    }
  }

  private static Desk desk() {
    return new Desk(
        System.getProperty("sun.java.command", ""), System.getProperty("java.class.path", ""));
  }

  private static void start(
      AgentOptions options,
      String argument,
      Desk desk,
      Connection connection,
      Path unused,
      Instrumentation instrumentation,
      Preparation preparation)
      throws Exception {
    desk.connect(connection);
    Weaving weaving = new Weaving(options);
    WovenClasses woven = weaving.bundle();
    Judge judge =
        new Judge(desk, new Names(), new Sight(desk, new Children(options.agent(), argument)));

    preparation.await();
    defineBridge(instrumentation, woven, judge);
    Transformer transformer =
        new Transformer(woven, weaving, new Late(woven, weaving, judge, instrumentation));
    instrumentation.addTransformer(transformer, true);
    judge.loadLate(new Loading.OnDemand(woven.sctpNames(), instrumentation, transformer));
    connection.connect(judge.provider());
    Set<String> hooked = woven.names();
    hooked.removeAll(SelfTest.TOUCHED);
    Loading others = new Loading(hooked, instrumentation, transformer);
    others.start();
    Loading.load(SelfTest.TOUCHED, instrumentation, transformer);
    SelfTest.run(judge, unused);
    others.await();
    connection.awaitWelcome();
    judge.judgeAgents();
    judge.atTheVeryEnd(new Close(desk));
    judge.begin();
  }

  private static void defineBridge(Instrumentation instrumentation, WovenClasses woven, Judge judge)
      throws Exception {
    Doorway.enter(instrumentation, woven);
    System.getProperties().put(Bridge.JUDGE_PROPERTY, judge);
    Class.forName(Bridge.WOVEN_NAME, true, null);
    if (System.getProperties().containsKey(Bridge.JUDGE_PROPERTY)) {
      throw new IllegalStateException("the bridge did not take its judge");
    }
  }

  /** What runs last; no lambda, as linking one costs milliseconds. */
  private record Close(Desk desk) implements Runnable {
    @Override
    public void run() {
      desk.close();
    }
  }

  /** The content of a file that belongs to the installation. */
  static byte[] read(String file) throws IOException {
    try (FileInputStream in = new FileInputStream(file)) {
      return in.readAllBytes();
    }
  }
}
