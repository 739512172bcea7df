package io.github.appaware.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Hello;
import io.github.appaware.target.Steps;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Dialog;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.wire.AgentOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a hello-world jar costs, whole processes: plain, with the agent against a server that runs
 * already, and as a full {@code appaware run} with its parts; in turn, so that a machine that
 * changes its speed changes it for all.
 */
class StartupBench {
  private static final int WARM_UP = 2;
  private static final int COUNTED = 10;

  @TempDir Path directory;

  static List<Jdk> jdks() {
    return Jdk.all().toList();
  }

  /** One kind of process. */
  private record Kind(Callable<ProcessBuilder> process, Series millis, Series kib) {
    Kind(Callable<ProcessBuilder> process) {
      this(process, new Series(), new Series());
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void helloWorld(Jdk jdk) throws Exception {
    Tool tool = new Tool(directory);
    Path hello = Programs.jar(directory.resolve("hello.jar"), Hello.class);
    Path steps = Programs.jar(directory.resolve("steps.jar"), Steps.class);
    Files.writeString(directory.resolve("p.toml"), "version = 1\n[default]\nunknown = 'deny'\n");
    List<String> plain = List.of(jdk.java(), "-jar", hello.toString());
    String[] run = {"run", "-q", "-p", "p.toml", "--", jdk.java(), "-jar", hello.toString()};

    Path own = Files.createDirectory(directory.resolve("server"));
    try (StandingServer server = new StandingServer(own, directory.resolve("p.toml"), jdk);
        Dialog standing =
            tool.talk("run", "-q", "-p", "p.toml", "--", jdk.java(), "-jar", steps.toString())) {
      standing.say("pid");
      Path premain;
      try (Stream<Path> files = Files.list(tool.left().get(0))) {
        premain = files.filter(file -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
      }
      List<String> agent = new ArrayList<>(plain);
      agent.add(1, server.agent());
      List<String> child = new ArrayList<>(plain);
      child.add(1, AgentOptions.argument(premain.toString(), List.of(), Map.of()));
      Map<String, Kind> kinds = new LinkedHashMap<>();
      kinds.put("plain", new Kind(() -> new ProcessBuilder(plain)));
      kinds.put("agent, server running", new Kind(() -> new ProcessBuilder(agent)));
      kinds.put("agent, as a child of a run's target", new Kind(() -> new ProcessBuilder(child)));
      kinds.put("full `appaware run`", new Kind(() -> tool.builder(run)));
      kinds.put("  launcher alone (--version)", new Kind(() -> tool.builder("--version")));
      kinds.put(
          "  and identifying (identify)",
          new Kind(() -> tool.builder("identify", "--json", hello.toString())));
      measure(kinds);
      print(jdk, kinds);
      assertThat(standing.end()).isZero();
    }
  }

  private static void measure(Map<String, Kind> kinds) throws Exception {
    for (int i = -WARM_UP; i < COUNTED; i++) {
      for (Kind kind : kinds.values()) {
        ProcessBuilder builder = kind.process.call();
        long begin = System.nanoTime();
        Result result = Tool.run(builder, "");
        double millis = (System.nanoTime() - begin) / 1e6;
        assertThat(result.status()).as(result.err()).isZero();
        if (i >= 0) {
          kind.millis.add(millis);
          kind.kib.add(peak(result));
        }
      }
    }
  }

  /** Hello prints its own peak as its last line; the others don't. */
  private static double peak(Result result) {
    String[] lines = result.out().strip().split("\n", -1);
    String last = lines[lines.length - 1];
    return last.matches("[0-9]+") ? Double.parseDouble(last) : 0;
  }

  private static void print(Jdk jdk, Map<String, Kind> kinds) throws IOException {
    Kind plain = kinds.get("plain");
    StringBuilder table = new StringBuilder();
    table.append("\n").append(jdk).append(", median of ").append(COUNTED).append(" runs\n\n");
    table.append("| | wall | min to max | over plain | target's peak memory | over plain |\n");
    table.append("|---|---|---|---|---|---|\n");
    kinds.forEach(
        (name, kind) -> {
          double millis = kind.millis.median();
          double mib = kind.kib.median() / 1024;
          table.append(
              String.format(
                  "| %s | %.0f ms | %.0f to %.0f | %+.0f ms | %s |%n",
                  name,
                  millis,
                  kind.millis.least(),
                  kind.millis.most(),
                  millis - plain.millis.median(),
                  mib == 0
                      ? "– | –"
                      : String.format(
                          "%.1f MiB | %+.1f MiB", mib, mib - plain.kib.median() / 1024)));
        });
    System.out.println(table);
  }
}
