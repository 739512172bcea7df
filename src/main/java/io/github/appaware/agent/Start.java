package io.github.appaware.agent;

import io.github.appaware.bridge.Bridge;
import io.github.appaware.bridge.WovenClasses;
import io.github.appaware.wire.AgentOptions;
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
  public void accept(String file, Instrumentation instrumentation) {
    if (file == null || file.isEmpty()) {
      Stop.now("the agent is not meant to be named by hand: use `appaware run`");
    }
    try {
      Preparation preparation = new Preparation();
      preparation.start();
      start(AgentOptions.parse(file, read(file)), file, instrumentation, preparation);
    } catch (Refusal e) {
      Stop.now(e.getMessage());
    } catch (Exception e) {
      Stop.now("the agent can't start: " + e);
    }
  }

  private static void start(
      AgentOptions options, String file, Instrumentation instrumentation, Preparation preparation)
      throws Exception {
    Desk desk =
        new Desk(
            System.getProperty("sun.java.command", ""), System.getProperty("java.class.path", ""));
    Connection connection = Connection.begin(options.socket(), options.token(), desk);
    desk.connect(connection);
    Weaving weaving = new Weaving(options);
    WovenClasses woven = weaving.bundle();
    Judge judge =
        new Judge(desk, new Names(), new Sight(desk, new Children(options.agent(), file)));

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
    SelfTest.run(judge, Path.of(file).resolveSibling("unused"));
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
