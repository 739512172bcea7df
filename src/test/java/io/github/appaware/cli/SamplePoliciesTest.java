package io.github.appaware.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.policy.explain.Warnings;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.policy.read.PolicyReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sample policies are good, say what they are for, and decide as they say. */
class SamplePoliciesTest {
  private static final Path SAMPLES = Path.of("sample-policies");
  private static final Path TABLE = Path.of("src/test/resources/policy/samples.txt");
  private static final String[] VERDICTS = {"allow", "deny", "ask"};

  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(SAMPLES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".toml"))
          .sorted()
          .toList();
    }
  }

  @Test
  void thereAreAtLeastEightAndADemo() throws IOException {
    assertThat(names()).hasSizeGreaterThanOrEqualTo(9).contains("demo.toml");
  }

  @ParameterizedTest
  @MethodSource("names")
  void aSampleIsReadWithoutProblemsOrWarnings(String name) throws PolicyException {
    assertThat(
            Warnings.of(
                PolicyReader.read(List.of(SAMPLES.resolve(name))),
                Instant.parse("2026-06-01T12:00:00Z")))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("names")
  void aSampleOpensWithItsPurposeWhatItDoesAndACommandLineThatIsUnderstood(String name)
      throws IOException {
    List<String> head =
        Files.readAllLines(SAMPLES.resolve(name)).stream()
            .takeWhile(line -> line.startsWith("#"))
            .toList();
    assertThat(head.get(0)).matches("# [A-Z].*\\.");
    assertThat(head).anyMatch(line -> line.startsWith("# Allows:  "));
    assertThat(head).anyMatch(line -> line.startsWith("# Denies:  "));
    List<String> tries = head.stream().filter(line -> line.startsWith("# Try it:  ")).toList();
    assertThat(tries).hasSize(1);
    String[] words = tries.get(0).substring("# Try it:  ".length()).split(" ", -1);
    assertThat(words[0]).isEqualTo("appaware");
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    new CommandLineProgram(new Console(nowhere, nowhere), Map.of(), Path.of("/"))
        .model()
        .parseArgs(Arrays.copyOfRange(words, 1, words.length)); // throws what a user would be told
    if (!name.equals("demo.toml")) {
      assertThat(tries.get(0)).contains("--policy " + name + " ");
    }
  }

  /** A line of the table: the verdict, then what follows {@code policy explain}. */
  record Row(String sample, String verdict, String event) {}

  static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    String sample = "";
    for (String line : Files.readAllLines(TABLE)) {
      if (line.startsWith("[")) {
        sample = line.substring(1, line.length() - 1) + ".toml";
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        String[] parts = line.split(" +", 2);
        rows.add(new Row(sample, parts[0], parts[1]));
      }
    }
    return rows;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aSampleDecidesAsTheTableSays(Row row) {
    StringWriter out = new StringWriter();
    PrintWriter both = new PrintWriter(out, true);
    List<String> words =
        new ArrayList<>(List.of("policy", "explain", "-p", "sample-policies/" + row.sample()));
    words.addAll(List.of(row.event().split(" ", -1)));
    int status =
        new CommandLineProgram(new Console(both, both), Map.of(), Path.of("").toAbsolutePath())
            .run(words.toArray(String[]::new));
    assertThat(status).as(out.toString()).isLessThan(VERDICTS.length);
    assertThat(VERDICTS[status]).as(out.toString()).isEqualTo(row.verdict());
  }

  @Test
  void theTableHasBothSidesOfEachSampleThatHasTwo() throws IOException {
    for (String name : names()) {
      TreeSet<String> verdicts = new TreeSet<>();
      rows().stream()
          .filter(row -> row.sample().equals(name))
          .forEach(row -> verdicts.add(row.verdict()));
      switch (name) {
        case "deny-all.toml" -> assertThat(verdicts).containsExactly("deny");
        case "ask-everything.toml" -> assertThat(verdicts).containsExactly("ask");
        default -> assertThat(verdicts).as(name).containsExactly("allow", "deny");
      }
    }
  }
}
