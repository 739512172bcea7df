package io.github.appaware.e2e;

import io.github.appaware.target.Attacks;
import io.github.appaware.target.AttacksLoader;
import io.github.appaware.target.AttacksOnHooks;
import io.github.appaware.target.AttacksProvider;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.Tool;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * All attacks on one JDK, each in a JVM of its own and with peers of its own: started by one shell,
 * a few at a time, as one run each would take longer than the attacks.
 */
final class Attempts implements Closeable {
  /** As {@code timeout} says it. */
  static final int TIMED_OUT = 124;

  private static final int LANES = 3;
  private static final long PATIENCE_MINUTES = 10;

  /** These need something allowed besides what is denied: port 1, where nothing listens. */
  private static final Set<String> WITH_DECOY =
      Set.of(
          "race",
          "datagram-race",
          "verdict-for-another",
          "reconnected-datagrams",
          "repair-at-the-stacks-end");

  private final Map<String, Listener> listeners = new HashMap<>();
  private final Path directory;

  /** The result of one: seen from outside, and as it reports itself. */
  record Attempt(int connections, int datagrams, int status, String output) {}

  Attempts(Jdk jdk, Path parent, Collection<String> attacks) throws Exception {
    directory = Files.createDirectory(parent.resolve("jdk-" + jdk.feature()));
    Path jar = directory.resolve("attacks.jar");
    Programs.jar(jar, Attacks.class, AttacksOnHooks.class);
    StringBuilder[] denied = lanes();
    StringBuilder[] decoy = lanes();
    int lane = 0;
    for (String attack : attacks) {
      Listener listener = new Listener();
      listeners.put(attack, listener);
      StringBuilder[] lanes = WITH_DECOY.contains(attack) ? decoy : denied;
      lanes[lane++ % LANES].append(line(jdk, jar, attack, listener));
    }
    run("deny", "", denied);
    run("decoy", "[[rule]]\naction = 'allow'\naddress = 'loopback'\nport = 1\n", decoy);
  }

  private static StringBuilder[] lanes() {
    StringBuilder[] lanes = new StringBuilder[LANES];
    for (int i = 0; i < LANES; i++) {
      lanes[i] = new StringBuilder();
    }
    return lanes;
  }

  private static String line(Jdk jdk, Path jar, String attack, Listener listener)
      throws IOException {
    String options =
        switch (attack) {
          case "close-descriptors" -> "--add-opens=java.base/java.io=ALL-UNNAMED";
          case "second-agent" -> "-javaagent:" + jar + "=" + listener.port();
          case "security-manager" -> jdk.feature() < 24 ? "-Djava.security.manager=allow" : "";
          case "own-provider" ->
              "-Djava.nio.channels.spi.SelectorProvider=" + AttacksProvider.class.getName();
          case "own-system-loader" ->
              "--add-opens=java.base/jdk.internal.loader=ALL-UNNAMED -Djava.system.class.loader="
                  + AttacksLoader.class.getName();
          default -> "";
        };
    return "(%s timeout -k 1 100 '%s' -Xmx48m -XX:TieredStopAtLevel=1 %s -jar '%s' %s %d %d '%s')"
            .formatted(
                attack.equals("exhausted-descriptors") ? "ulimit -n 64;" : "",
                jdk.java(),
                options,
                jar,
                attack,
                listener.port(),
                listener.datagramPort(),
                jar)
        + " > %s.out 2>&1; echo $? > %s.status%n".formatted(attack, attack);
  }

  private void run(String name, String rules, StringBuilder[] lanes) throws Exception {
    Path policy = directory.resolve(name + ".toml");
    Files.writeString(policy, "version = 1\n[default]\nunknown = 'deny'\n" + rules);
    Path script = directory.resolve(name + ".sh");
    StringBuilder all = new StringBuilder();
    for (StringBuilder lane : lanes) {
      all.append("(\n").append(lane).append("true\n) &\n");
    }
    Files.writeString(script, all + "wait\n");
    List<String> command = List.of("run", "-q", "-p", policy.toString(), "--", "/bin/sh");
    ProcessBuilder builder = new Tool(directory).builder(command.toArray(String[]::new));
    builder.command().add(script.toString());
    Process process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(name + ".log").toFile())
            .start();
    if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("the attacks did not end within 10 min");
    }
    if (process.exitValue() != 0) {
      throw new AssertionError(Files.readString(directory.resolve(name + ".log")));
    }
  }

  Attempt of(String attack) throws IOException {
    Listener listener = listeners.get(attack);
    return new Attempt(
        listener.connections(),
        listener.datagrams(),
        Integer.parseInt(Files.readString(directory.resolve(attack + ".status")).strip()),
        Files.readString(directory.resolve(attack + ".out")));
  }

  @Override
  public void close() throws IOException {
    for (Listener listener : listeners.values()) {
      listener.close();
    }
  }
}
