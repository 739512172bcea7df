package io.github.appaware.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule about one library of a real program. */
class OriginCompat {
  @TempDir Path directory;

  static List<Jdk> jdks() {
    return Jdk.all().toList();
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("jdks")
  void theDriverMayAndTheApplicationMayNot(Jdk jdk) throws Exception {
    assumeThat(Servers.missing("postgresql")).isEmpty();
    Program program = Program.named("PostgreSqlOnly");
    ClassPaths paths = ClassPaths.of(Tool.HOME.resolve("target/compat-origin"), List.of(program));
    try (Servers servers = new Servers(directory)) {
      servers.start(program, paths);
      int port = servers.port("postgresql");
      Files.writeString(
          directory.resolve("p.toml"),
          """
          version = 1
          [default]
          unknown = 'deny'
          [[rule]]
          id = 'database'
          action = 'allow'
          event = 'connect'
          address = 'loopback'
          port = %d
          origin = 'maven:org.postgresql:postgresql'
          """
              .formatted(port));
      List<String> words = new ArrayList<>(List.of("run", "-q", "-p", "p.toml", "--log", "log"));
      words.addAll(List.of("--", jdk.java()));
      words.addAll(paths.start(program));
      words.add(Integer.toString(port));

      Result result = Tool.run(new Tool(directory).builder(words.toArray(String[]::new)), "");

      String denied =
          "own: appaware: connect tcp to 127.0.0.1:"
              + port
              + " denied by default, no rule matches (p.toml:3)";
      assertThat(result.out().lines())
          .as(result.err())
          .containsExactly("driver: true", denied, "driver: true", denied);
      assertThat(Files.readAllLines(directory.resolve("log")))
          .filteredOn(line -> line.contains("\"verdict\":\"allow\""))
          .isNotEmpty()
          .allMatch(line -> line.contains("\"maven\":\"org.postgresql:postgresql:42.7.8\""));
    }
  }
}
