package io.github.appaware.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import java.io.File;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What it costs to know who connects: an allowed, cached connect with the agent, beside one without
 * it, and one without it that walks the stack to the application's own frame before.
 */
class WalksBench {
  private static final int TURNS = 3;
  private static final List<String> DEPTHS = List.of("10", "50", "200");

  @TempDir Path directory;
  private String classPath;
  private int port;

  static List<Jdk> jdks() {
    return Jdk.all().toList();
  }

  /** The figures of each depth. */
  private record Figures(Map<String, Series> times, Map<String, Series> bytes) {
    Figures() {
      this(new TreeMap<>(), new TreeMap<>());
    }

    void add(String line) {
      List<String> words = List.of(line.split(" ", -1));
      times
          .computeIfAbsent(words.get(0), unused -> new Series())
          .add(Double.parseDouble(words.get(1)) / 1000);
      bytes
          .computeIfAbsent(words.get(0), unused -> new Series())
          .add(Double.parseDouble(words.get(2)));
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aConnectBelowALibrary(Jdk jdk) throws Exception {
    Path policy = directory.resolve("p.toml");
    Files.writeString(policy, "version = 1\n[default]\nunknown = 'allow'\n");
    classPath =
        Programs.jar(directory.resolve("app.jar"), Walks.class)
            + File.pathSeparator
            + Programs.library(directory.resolve("lib.jar"), LibraryOfWalks.class, "bench:lib:1");
    Path own = Files.createDirectory(directory.resolve("server"));
    try (StandingServer server = new StandingServer(own, policy, jdk);
        ServerSocket listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress())) {
      EventsBench.accept(listener);
      port = listener.getLocalPort();
      System.out.println();
      System.out.printf("JDK %d, median of %d forks in turns%n%n", jdk.feature(), TURNS);
      System.out.println(
          "| thread | frames of the library | plain | plain and a bare walk | with the agent"
              + " | beyond the walk | bytes: plain, walk, agent |");
      System.out.println("|---|---|---|---|---|---|---|");
      print(jdk, "platform", server.agent());
      if (jdk.feature() >= 21) {
        print(jdk, "virtual", server.agent());
      }
    }
  }

  private void print(Jdk jdk, String thread, String agent) throws Exception {
    Figures plain = new Figures();
    Figures walk = new Figures();
    Figures with = new Figures();
    for (int turn = 0; turn < TURNS; turn++) {
      run(jdk, List.of(), "plain", thread, plain);
      run(jdk, List.of(), "walk", thread, walk);
      run(jdk, List.of(agent), "plain", thread, with);
    }
    for (String depth : DEPTHS) {
      double walked = walk.times.get(depth).median();
      double ours = with.times.get(depth).median();
      System.out.printf(
          "| %s | %s | %.1f µs | %.1f µs | %.1f µs | %+.1f µs | %.0f, %.0f, %.0f |%n",
          thread,
          depth,
          plain.times.get(depth).median(),
          walked,
          ours,
          ours - walked,
          plain.bytes.get(depth).median(),
          walk.bytes.get(depth).median(),
          with.bytes.get(depth).median());
    }
  }

  private void run(Jdk jdk, List<String> options, String what, String thread, Figures into)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(jdk.java()));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, Walks.class.getName(), "" + port, what, thread));
    command.addAll(DEPTHS);
    Result result = Tool.run(new ProcessBuilder(command), "");
    assertThat(result.status()).as(result.err()).isZero();
    result.out().lines().forEach(into::add);
  }
}
