package io.github.appaware.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.testkit.Jdk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** What an allowed, cached event costs with the agent and without, in turns. */
class EventsBench {
  /** Forks of each kind: one of them, then one of the other, and so on. */
  private static final int TURNS = 3;

  @TempDir Path directory;

  static List<Jdk> jdks() {
    return Jdk.all().toList();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void anAllowedEvent(Jdk jdk) throws Exception {
    Path policy = directory.resolve("p.toml");
    Files.writeString(policy, "version = 1\n[default]\nunknown = 'allow'\n");
    Path hosts = directory.resolve("hosts");
    Files.writeString(hosts, "127.0.0.1 " + Events.HOST + "\n");
    Path own = Files.createDirectory(directory.resolve("server"));
    Map<String, List<Double>> without = new TreeMap<>();
    Map<String, List<Double>> with = new TreeMap<>();
    try (StandingServer server = new StandingServer(own, policy, jdk);
        ServerSocket listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress())) {
      accept(listener);
      List<String> options =
          List.of(
              "-Djdk.net.hosts.file=" + hosts,
              "-Dsun.net.inetaddr.ttl=3600",
              "-D" + Events.LISTENER + "=" + listener.getLocalPort());
      List<String> agent = new ArrayList<>(options);
      agent.add(server.agent());
      for (int turn = 0; turn < TURNS; turn++) {
        note(run(jdk, options), without);
        note(run(jdk, agent), with);
      }
    }
    print(jdk, without, with);
    assertThat(with.keySet()).isEqualTo(without.keySet()).hasSize(6);
  }

  static void accept(ServerSocket listener) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  Socket peer = listener.accept();
                  peer.close();
                }
              } catch (IOException e) {
                // The end of the benchmark.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static Collection<RunResult> run(Jdk jdk, List<String> options) throws RunnerException {
    return new Runner(
            new OptionsBuilder()
                .include(Events.class.getName())
                .jvm(jdk.java())
                .jvmArgs(options.toArray(String[]::new))
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .warmupIterations(2)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(3)
                .measurementTime(TimeValue.seconds(1))
                .build())
        .run();
  }

  private static void note(Collection<RunResult> results, Map<String, List<Double>> times) {
    for (RunResult result : results) {
      String name = result.getPrimaryResult().getLabel();
      times
          .computeIfAbsent(name, unused -> new ArrayList<>())
          .add(result.getPrimaryResult().getScore());
    }
  }

  private static void print(
      Jdk jdk, Map<String, List<Double>> without, Map<String, List<Double>> with) {
    System.out.println();
    System.out.println("JDK " + jdk.feature() + ", median of " + TURNS + " forks in turns");
    System.out.println();
    System.out.println("| allowed, cached event | without | with the agent | difference |");
    System.out.println("|---|---|---|---|");
    for (String name : without.keySet()) {
      double plain = median(without.get(name));
      double watched = median(with.get(name));
      System.out.printf(
          "| %s | %.2f µs | %.2f µs | %+.2f µs |%n",
          name, plain / 1000, watched / 1000, (watched - plain) / 1000);
    }
  }

  private static double median(List<Double> times) {
    return times.stream().sorted().toList().get(times.size() / 2);
  }
}
