package io.github.appaware.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.read.PolicyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/** What a decision costs at ten, ten thousand and a million rules or entries, and what loading. */
class PolicyBench {
  private static final int MILLION = 1_000_000;

  /** Whole lists are read so often; the median counts. */
  private static final int LOADS = 5;

  @TempDir Path directory;

  @Test
  void decisions() throws Exception {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(Decisions.class.getName())
                    .addProfiler(GCProfiler.class)
                    .jvmArgsAppend("-Xmx6g")
                    .timeUnit(TimeUnit.NANOSECONDS)
                    .forks(1)
                    .warmupIterations(3)
                    .warmupTime(TimeValue.seconds(2))
                    .measurementIterations(5)
                    .measurementTime(TimeValue.seconds(2))
                    .build())
            .run();
    StringBuilder table = new StringBuilder();
    table.append("\n| decision | p50 | p99 | mean | allocated |\n|---|---|---|---|---|\n");
    for (RunResult result : results) {
      Statistics time = result.getPrimaryResult().getStatistics();
      table.append(
          String.format(
              "| %s %s | %.0f ns | %.0f ns | %.0f ns | %.0f B |%n",
              result.getParams().getParam("count"),
              result.getPrimaryResult().getLabel(),
              time.getPercentile(50),
              time.getPercentile(99),
              time.getMean(),
              allocated(result)));
    }
    System.out.println(table);
    assertThat(results).hasSize(6);
  }

  private static double allocated(RunResult result) {
    for (String name : result.getSecondaryResults().keySet()) {
      if (name.endsWith("gc.alloc.rate.norm")) {
        return result.getSecondaryResults().get(name).getScore();
      }
    }
    return Double.NaN;
  }

  @Test
  void loadingAListOfAMillion() throws Exception {
    Path list = directory.resolve("list.txt");
    Decisions.writeList(list, MILLION);
    Path file = directory.resolve("p.toml");
    Files.writeString(file, "version = 1\n[[rule]]\naction = 'deny'\nhost-list = 'list.txt'\n");
    Series seconds = new Series();
    Series bytes = new Series();
    Policy policy = null;
    for (int i = 0; i < LOADS; i++) {
      policy = null;
      long before = used();
      long begin = System.nanoTime();
      policy = PolicyReader.read(List.of(file));
      seconds.add((System.nanoTime() - begin) / 1e9);
      bytes.add((used() - before) / (double) MILLION);
    }
    assertThat(policy.rules()).hasSize(1);
    System.out.printf(
        "%nA list of a million lines (%.1f MB): loaded in %.2f s (%.2f to %.2f), the first time"
            + " being the slowest; %.0f bytes an entry%n",
        Files.size(list) / 1e6, seconds.median(), seconds.least(), seconds.most(), bytes.median());
    assertThat(seconds.median()).isLessThan(3);
    assertThat(bytes.median()).isLessThan(120);
  }

  @Test
  void loadingAHundredThousandRules() throws Exception {
    Path file = directory.resolve("p.toml");
    writeRules(file, 100_000);
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      long begin = System.nanoTime();
      assertThat(PolicyReader.read(List.of(file)).rules()).hasSize(100_000);
      seconds.add((System.nanoTime() - begin) / 1e9);
    }
    System.out.printf(
        "%nA policy of 100,000 rules (%.1f MB): loaded in %s s%n",
        Files.size(file) / 1e6, seconds.stream().map(one -> String.format("%.1f", one)).toList());
  }

  static void writeRules(Path file, int count) throws IOException {
    StringBuilder text = new StringBuilder("version = 1\n");
    for (int i = 0; i < count; i++) {
      text.append("[[rule]]\nid = \"r").append(i).append("\"\naction = \"deny\"\nhost = [\"h");
      text.append(i).append(".example.com\", \"*.x").append(i).append(".org\"]\nport = 443\n\n");
    }
    Files.writeString(file, text);
  }

  private static long used() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
