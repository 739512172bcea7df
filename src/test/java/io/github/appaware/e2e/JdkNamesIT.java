package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.LookUpWays;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.NamesWorld;
import io.github.appaware.testkit.TestOnEachJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Names that a program looks up by the JDK, but not by InetAddress: JNDI, and queries of its own.
 */
@ExtendWith(ToolExtension.class)
class JdkNamesIT {
  private static final String POLICY =
      """
      version = 1
      [default]
      unknown = 'deny'
      [[rule]]
      action = 'allow'
      address = '127.0.0.1'
      port = 53
      [[rule]]
      id = 'api'
      action = 'allow'
      host = 'api.example'
      """;

  @TempDir Path directory;
  private Tool tool;
  private NamesWorld world;

  @JarOf(LookUpWays.class)
  private Path jar;

  @BeforeEach
  void prepare() throws Exception {
    world = new NamesWorld(directory);
    Files.writeString(directory.resolve("p.toml"), POLICY);
  }

  private Result run(Jdk jdk, String way, String... names) throws Exception {
    Files.deleteIfExists(directory.resolve("log"));
    List<String> words = new ArrayList<>();
    words.addAll(List.of("run", "-q", "-p", "p.toml", "--log", "log", "--", jdk.java()));
    words.addAll(List.of("-jar", jar.toString(), way, "8080"));
    words.addAll(List.of(names));
    return world.run(tool, "", "api.example=127.0.0.5 other.example=127.0.0.6", words);
  }

  private void onlyTheAllowedName(Jdk jdk, String way) throws Exception {
    Result result = run(jdk, way, "api.example", "other.example");

    assertThat(result.out().lines())
        .as(way + result.err())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("api.example: connected to 127.0.0.5"),
            line ->
                assertThat(line)
                    .startsWith("other.example: ")
                    .contains("appaware: resolve other.example denied by default"));
    assertThat(world.queries())
        .contains("udp api.example 1")
        .noneMatch(line -> line.contains("other.example"));
    assertThat(Files.readAllLines(directory.resolve("log")))
        .filteredOn(line -> Json.text(line, "event").equals("connect") && line.contains("8080"))
        .singleElement()
        .satisfies(line -> assertThat(line).contains("\"names\":[\"api.example\"]"));
  }

  @TestOnEachJdk
  void aRuleForANameHoldsByJndi(Jdk jdk) throws Exception {
    onlyTheAllowedName(jdk, "jndi");
  }

  @TestOnEachJdk
  void aRuleForANameHoldsByDatagramsOfChannels(Jdk jdk) throws Exception {
    for (String way : List.of("unconnected", "connected", "scattered", "direct")) {
      onlyTheAllowedName(jdk, way);
    }
  }

  @TestOnEachJdk
  void aRuleForANameHoldsByDatagramsOfSockets(Jdk jdk) throws Exception {
    for (String way : List.of("socket", "connected-socket")) {
      onlyTheAllowedName(jdk, way);
    }
  }

  @TestOnEachJdk
  void aServerThatTheSystemDoesNotNameIsBelievedIfThePolicyNamesIt(Jdk jdk) throws Exception {
    world.system("127.0.0.9");
    for (String way : List.of("connected", "unconnected")) {
      assertThat(run(jdk, way, "api.example").out())
          .startsWith("api.example: java.net.ConnectException: ")
          .contains("connect tcp to 127.0.0.5:8080 denied by default");
    }

    Files.writeString(
        directory.resolve("p.toml"),
        POLICY.replace("unknown = 'deny'", "unknown = 'deny'\nname-servers = '127.0.0.1'"));
    for (String way : List.of("connected", "unconnected")) {
      assertThat(run(jdk, way, "api.example").out())
          .isEqualTo("api.example: connected to 127.0.0.5\n");
    }
  }
}
