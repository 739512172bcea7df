package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import io.github.appaware.testkit.WitnessLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Native functions and memory by {@code java.lang.foreign}, used by code that hides behind classes
 * of the JDK, or says that it is the JDK's.
 */
@ExtendWith(ToolExtension.class)
class ForeignIT {
  private static final String PROGRAM = "ForeignAttacks";
  private static final String DENIED = "appaware: blind %s denied by option --blind";

  /** Ways of linking; the last does not connect. */
  private static final List<String> WAYS =
      List.of(
          "handle",
          "reflection",
          "http client",
          "thread",
          "virtual thread",
          "executor",
          "fork join",
          "future",
          "cleaner",
          "privileged action",
          "comparator",
          "proxy of the boot loader",
          "hidden class",
          "jrt");

  @TempDir Path directory;
  private Tool tool;
  private Jdk jdk;
  private Path classes;
  private String library;

  @BeforeEach
  void compile() throws Exception {
    List<Jdk> newer = Jdk.all().filter(each -> each.feature() >= 22).toList();
    assumeTrue(!newer.isEmpty(), "no JDK 22 or later on this machine");
    jdk = newer.get(newer.size() - 1);
    try (var in = ForeignIT.class.getResourceAsStream("/foreign/" + PROGRAM + ".java")) {
      String source = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      classes = Programs.compiled(jdk, directory.toRealPath().resolve("classes"), PROGRAM, source);
    }
  }

  private Result run(String blind, Listener witness) throws Exception {
    library = WitnessLibrary.of(directory.toRealPath(), witness).copy("foreign").toString();
    return tool.run(
        "run",
        "--blind",
        blind,
        "-p",
        "allow.toml",
        "--log",
        "e.jsonl",
        "--",
        jdk.java(),
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        classes.toString(),
        PROGRAM,
        String.valueOf(witness.port()),
        library,
        jdk.home().toRealPath().toString());
  }

  /** Way and what of each blind event. */
  private List<String> record(String verdict) throws IOException {
    List<String> found = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve("e.jsonl"))) {
      if (Json.text(line, "event").equals("blind")) {
        assertThat(Json.text(line, "verdict")).isEqualTo(verdict);
        found.add(Json.text(line, "way") + " " + Json.text(line, "what"));
      }
    }
    return found;
  }

  @Test
  void noOneHidesBehindTheJdk() throws Exception {
    try (Listener witness = new Listener()) {
      Result result = run("deny", witness);

      List<String> expected = new ArrayList<>();
      WAYS.forEach(way -> expected.add(way + ": refused"));
      String other = jdk.home().toRealPath() + "/lib/../../../../.." + library;
      for (String each : List.of(library, other, library)) {
        expected.add(
            "look-up: java.lang.IllegalArgumentException: " + DENIED.formatted("library " + each));
      }
      for (String each : List.of("memory", "target", "upcall")) {
        expected.add(
            each
                + ": java.lang.IllegalCallerException: "
                + DENIED.formatted("foreign ALL-UNNAMED"));
      }
      assertThat(result.out().lines()).containsExactlyElementsOf(expected);
      assertThat(record("deny"))
          .contains("foreign ALL-UNNAMED", "library " + library)
          .hasSizeGreaterThan(WAYS.size());
      assertThat(witness.connections()).isZero();
    }
  }

  @Test
  void whatIsAllowedIsRecordedOnce() throws Exception {
    try (Listener witness = new Listener()) {
      Result result = run("allow", witness);

      List<String> expected = new ArrayList<>();
      WAYS.subList(0, WAYS.size() - 1).forEach(way -> expected.add(way + ": connected 0"));
      expected.addAll(List.of("jrt: linked", "look-up: loaded", "look-up: loaded"));
      expected.addAll(List.of("look-up: loaded", "memory: 9223372036854775807"));
      expected.addAll(List.of("target: true", "upcall: true"));
      assertThat(result.out().lines()).containsExactlyElementsOf(expected);
      String other = jdk.home().toRealPath() + "/lib/../../../../.." + library;
      assertThat(record("allow"))
          .containsExactly("foreign ALL-UNNAMED", "library " + library, "library " + other);
      assertThat(witness.connections()).isEqualTo(WAYS.size());
    }
  }
}
