package io.github.appaware.agent;

import io.github.appaware.bridge.Bridge;
import io.github.appaware.bridge.WovenClasses;
import io.github.appaware.wire.AgentOptions;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** Puts the agent together, in the order in which nothing is ever unprotected. */
public final class Start implements BiConsumer<String, Instrumentation> {
  /** A class of the bridge's package that is not hooked and costs nothing to load. */
  private static final String NEIGHBOUR = "sun.nio.ch.IOStatus";

  /** For {@link Premain}, which can reach public members only: another loader, another package. */
  public Start() {}

  @Override
  public void accept(String file, Instrumentation instrumentation) {
    if (file == null || file.isEmpty()) {
      Stop.now("the agent is not meant to be named by hand: use `appaware run`");
    }
    try {
      start(AgentOptions.read(Path.of(file)), file, instrumentation);
    } catch (Refusal e) {
      Stop.now(e.getMessage());
    } catch (Exception e) {
      Stop.now("the agent can't start: " + e);
    }
  }

  private static void start(AgentOptions options, String file, Instrumentation instrumentation)
      throws Exception {
    Weaving weaving = new Weaving(options);
    WovenClasses woven = weaving.bundle();
    Names names = new Names();
    Desk desk = new Desk();
    Judge judge = new Judge(desk, names, new Children(options.agent(), file));

    defineBridge(woven, judge, instrumentation);
    instrumentation.addTransformer(new Transformer(woven, weaving), true);
    desk.connect(Connection.open(options, desk));
    reweave(woven, instrumentation);
    SelfTest.run(judge, Path.of(file).resolveSibling("unused"));
    judge.begin();
    Runtime.getRuntime().addShutdownHook(desk.closing());
  }

  private static void defineBridge(WovenClasses woven, Judge judge, Instrumentation instrumentation)
      throws Exception {
    Module base = Object.class.getModule();
    Module own = Start.class.getModule();
    instrumentation.redefineModule(
        base, Set.of(), Map.of(), Map.of("sun.nio.ch", Set.of(own)), Set.of(), Map.of());
    Class<?> neighbour = Class.forName(NEIGHBOUR, false, null);
    Class<?> bridge =
        MethodHandles.privateLookupIn(neighbour, MethodHandles.lookup())
            .defineClass(woven.bridge());
    System.getProperties().put(Bridge.JUDGE_PROPERTY, judge);
    Class.forName(bridge.getName(), true, null);
    if (System.getProperties().containsKey(Bridge.JUDGE_PROPERTY)) {
      throw new IllegalStateException("the bridge did not take its judge");
    }
  }

  /** Classes that were loaded before the transformer came. */
  private static void reweave(WovenClasses woven, Instrumentation instrumentation)
      throws Exception {
    List<Class<?>> early = new ArrayList<>();
    for (Class<?> type : instrumentation.getAllLoadedClasses()) {
      if (type.getClassLoader() == null
          && woven.get(type.getName().replace('.', '/')) != null
          && !Transformer.hasWoven(type.getName())) {
        early.add(type);
      }
    }
    if (!early.isEmpty()) {
      instrumentation.retransformClasses(early.toArray(new Class<?>[0]));
    }
  }

  /** The content of a file that belongs to the installation. */
  static byte[] read(String file) throws IOException {
    return Files.readAllBytes(Path.of(file));
  }
}
