package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Callers;
import io.github.appaware.target.library.Client;
import io.github.appaware.testkit.Digest;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.JsonSchemas;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.TestOnEachJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules about the origin: a library may connect where the application itself may not. */
@ExtendWith(ToolExtension.class)
class OriginRulesIT {
  /** All from the same place in the program, so that those after the first come from a cache. */
  private static final int ROUNDS = 25;

  @TempDir Path directory;
  private Tool tool;
  private Path application;
  private Path library;

  @BeforeEach
  void prepare() throws IOException {
    application = Programs.jar(directory.resolve("app.jar"), Callers.class).toRealPath();
    library =
        Programs.library(
                directory.resolve("postgresql-42.7.4.jar"),
                Client.class,
                "org.postgresql:postgresql:42.7.4")
            .toRealPath();
  }

  static Stream<Arguments> jdksAndOrigins() {
    return Jdk.all()
        .flatMap(
            jdk ->
                Stream.of(
                        "maven:org.postgresql:postgresql",
                        "maven:org.postgresql:*:42.*",
                        "jar:postgresql-*.jar",
                        "sha256:HASH",
                        "package:io.github.appaware.target.library",
                        "package:io.github.appaware.*.library",
                        "module:postgresql")
                    .map(origin -> Arguments.of(jdk, origin)));
  }

  @ParameterizedTest
  @MethodSource("jdksAndOrigins")
  void aLibraryMayConnectWhereTheApplicationMayNot(Jdk jdk, String origin) throws Exception {
    try (Listener listener = new Listener()) {
      Files.writeString(directory.resolve("p.toml"), policy(origin, listener.port()));
      Result result = run(jdk, origin.startsWith("module:"), listener.port());

      String denied =
          "own: java.net.ConnectException: appaware: connect tcp to 127.0.0.1:"
              + listener.port()
              + " denied by default, no rule matches (p.toml:2)\n";
      assertThat(result.err()).isEmpty();
      assertThat(result.out()).isEqualTo(("client: connected\n" + denied).repeat(ROUNDS));
      assertThat(listener.connections()).isEqualTo(ROUNDS);
    }
    List<String> record = connects();
    assertThat(Json.sum(record, "connect", "allow")).isEqualTo(ROUNDS);
    assertThat(Json.sum(record, "connect", "deny")).isEqualTo(ROUNDS);
    // Cached verdicts are counted together, so there are fewer lines than events.
    assertThat(record).hasSizeLessThan(2 * ROUNDS);
    assertThat(record)
        .allSatisfy(
            line -> {
              boolean allowed = Json.text(line, "verdict").equals("allow");
              assertThat(line)
                  .contains("\"origin\":{\"jar\":\"" + (allowed ? library : application) + "\"");
            });
  }

  @TestOnEachJdk
  void aLibraryMayBeDeniedWhatTheApplicationMay(Jdk jdk) throws Exception {
    try (Listener listener = new Listener()) {
      Files.writeString(
          directory.resolve("p.toml"),
          """
          version = 1
          default = { unknown = "allow" }
          [[rule]]
          id = "not-the-driver"
          action = "deny"
          event = "connect"
          origin = "maven:org.postgresql:postgresql"
          """);
      Result result = run(jdk, false, listener.port());

      String denied =
          "client: java.net.ConnectException: appaware: connect tcp to 127.0.0.1:"
              + listener.port()
              + " denied by rule \"not-the-driver\" (p.toml:3)\n";
      assertThat(result.err()).isEmpty();
      assertThat(result.out()).isEqualTo((denied + "own: connected\n").repeat(ROUNDS));
      assertThat(listener.connections()).isEqualTo(ROUNDS);
    }
  }

  private String policy(String origin, int port) throws Exception {
    return """
    version = 1
    default = { unknown = "deny" }
    [[rule]]
    id = "driver"
    action = "allow"
    event = "connect"
    port = %d
    origin = "%s"
    """
        .formatted(port, origin.replace("HASH", Digest.sha256(library)));
  }

  private Result run(Jdk jdk, boolean asModule, int port) throws Exception {
    List<String> words = new ArrayList<>(List.of("run", "-q", "-p", "p.toml", "--log", "log"));
    words.addAll(List.of("--", jdk.java()));
    if (asModule) {
      words.addAll(List.of("--module-path", library.toString(), "--add-modules", "postgresql"));
    }
    String path = application + (asModule ? "" : File.pathSeparator + library);
    words.addAll(List.of("-cp", path, Callers.class.getName()));
    for (int i = 0; i < ROUNDS; i++) {
      words.addAll(List.of("client=" + port, "own=" + port));
    }
    return tool.run(words.toArray(String[]::new));
  }

  private List<String> connects() throws IOException {
    List<String> lines = Files.readAllLines(directory.resolve("log"));
    JsonSchemas.RECORD.check(lines);
    return lines.stream().filter(line -> Json.text(line, "event").equals("connect")).toList();
  }
}
