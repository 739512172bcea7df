package io.github.appaware.policy.edit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.policy.model.Rule;
import io.github.appaware.policy.read.PolicyReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that save answers to one file are killed with -9 at random instants. {@code mvn -Pfuzz
 * test} kills a thousand.
 */
class AnswersKillTest {
  private static final int KILLS = Integer.getInteger("appaware.kills", 30);

  /** At once, so that they also wait for each other when one dies. */
  private static final int PROCESSES = 3;

  /** Longer files take longer to read than to write. */
  private static final int KILLS_PER_FILE = 15;

  private static final String HEAD =
      "# what the user wrote\nversion = 1 # and here\n\n[default]\nunknown = 'deny' # 'x'\n# end\n";

  @TempDir Path dir;

  @Test
  void noAnswerIsLostAndNoFileIsTornWhoeverIsKilled() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int saved = 0;
    int unreported = 0;
    for (int killed = 0; killed < KILLS; killed += KILLS_PER_FILE) {
      Path file = Files.writeString(dir.resolve("answers-" + killed + ".toml"), HEAD);
      Set<String> reported = new HashSet<>();
      for (int i = 0; i < KILLS_PER_FILE; i += PROCESSES) {
        reported.addAll(killSome(file, killed + i, random));
        String text = Files.readString(file);
        assertThat(text).as("seed %d", seed).startsWith(HEAD);
        List<Rule> rules = PolicyReader.read(List.of(file)).rules();
        assertThat(ids(rules)).as("seed %d", seed).containsAll(reported);
        assertThat(comments(text)).as("seed %d", seed).isEqualTo(rules.size());
      }
      saved += reported.size();
      unreported += PolicyReader.read(List.of(file)).rules().size() - reported.size();
      AtomicFileEdit.edit(file, text -> text); // whoever takes the lock next sweeps
    }
    assertThat(left()).allMatch(name -> name.endsWith(".toml") || name.endsWith(".toml.lock"));
    assertThat(saved).as("answers that were reported").isGreaterThan(KILLS / 2);
    System.out.println(
        KILLS
            + " kills, "
            + saved
            + " answers reported, all there; "
            + unreported
            + " not reported");
  }

  /** Starts processes and kills each at another instant; returns what they said is saved. */
  private Set<String> killSome(Path file, int number, Random random) throws Exception {
    List<Process> processes = new ArrayList<>();
    List<BufferedReader> outputs = new ArrayList<>();
    Set<String> reported = new HashSet<>();
    try {
      for (int i = 0; i < PROCESSES; i++) {
        processes.add(start(file, "p" + (number + i)));
        outputs.add(processes.get(i).inputReader());
      }
      for (BufferedReader output : outputs) {
        reported.add(output.readLine()); // it is in the middle of its work now
      }
      for (Process process : processes) {
        LockSupport.parkNanos(random.nextLong(Duration.ofMillis(20).toNanos()));
        process.toHandle().destroyForcibly(); // the other one closes its output, too
      }
      for (int i = 0; i < PROCESSES; i++) {
        StringWriter rest = new StringWriter();
        long unused = outputs.get(i).transferTo(rest);
        // A line without its end was not told to anybody.
        String told = rest.toString();
        told.substring(0, told.lastIndexOf('\n') + 1).lines().forEach(reported::add);
        assertThat(processes.get(i).waitFor()).isEqualTo(128 + 9);
      }
    } finally {
      processes.forEach(Process::destroyForcibly);
    }
    return reported;
  }

  private static Process start(Path file, String name) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            SavingProcess.class.getName(),
            file.toString(),
            name,
            "1000000")
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static Set<String> ids(List<Rule> rules) {
    return rules.stream().map(Rule::id).collect(Collectors.toSet());
  }

  private static int comments(String text) {
    String line = new AnswerComment("answered", Instant.EPOCH, "me", "x").line();
    return (int) text.lines().filter(line::equals).count();
  }

  private List<String> left() throws IOException {
    try (Stream<Path> all = Files.list(dir)) {
      return all.map(each -> each.getFileName().toString()).toList();
    }
  }
}
