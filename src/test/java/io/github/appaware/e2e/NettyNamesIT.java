package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.target.NettyLookUps;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.NamesWorld;
import io.github.appaware.testkit.TestOnNewestJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.uring.IoUring;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Names that Netty looks up by itself, as Reactor Netty, Vert.x and Lettuce have it do. */
@ExtendWith(ToolExtension.class)
class NettyNamesIT {
  private static final String NAMES = "api.example=127.0.0.5 other.example=127.0.0.5";

  /** The port of name servers is allowed, as the look-ups themselves are events of their own. */
  private static final String ONE_NAME =
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

  private static final String ALL_BUT_ONE =
      """
      version = 1
      [default]
      unknown = 'allow'
      [[rule]]
      id = 'no-telemetry'
      action = 'deny'
      host-list = 'list.txt'
      """;

  @TempDir Path directory;
  private Tool tool;
  private NamesWorld world;

  @JarOf(NettyLookUps.class)
  private Path jar;

  @BeforeEach
  void prepare() throws Exception {
    world = new NamesWorld(directory);
    Files.writeString(directory.resolve("list.txt"), "api.example\n");
  }

  private Result run(
      Jdk jdk, String policy, String search, String names, String transport, String... asked)
      throws Exception {
    Files.writeString(directory.resolve("p.toml"), policy);
    Files.deleteIfExists(directory.resolve("log"));
    List<String> words = new ArrayList<>();
    words.addAll(List.of("run", "-q", "--blind", "allow", "-p", "p.toml", "--log", "log"));
    words.addAll(List.of("--", jdk.java()));
    if (jdk.feature() > 21) {
      words.add("--enable-native-access=ALL-UNNAMED");
    }
    words.addAll(List.of("-cp", jar + File.pathSeparator + libraries()));
    words.addAll(List.of(NettyLookUps.class.getName(), transport, "8080"));
    words.addAll(List.of(asked));
    return world.run(tool, search, names, words);
  }

  private static String libraries() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(path -> path.contains("netty"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** The look-ups and what was reached by them, with the verdicts and how often. */
  private Map<String, Integer> record() throws IOException {
    Map<String, Integer> all = new TreeMap<>();
    for (String line : Files.readAllLines(directory.resolve("log"))) {
      String event = Json.text(line, "event");
      if (event.equals("resolve") || line.contains("\"port\":8080,")) {
        String what = event + " " + Json.text(line, "host") + " " + Json.text(line, "verdict");
        all.merge(what, Integer.parseInt(Json.text(line, "count")), Integer::sum);
      }
    }
    return all;
  }

  private static void assumeTransport(String transport) {
    assumeTrue(!transport.equals("epoll") || Epoll.isAvailable(), "no epoll here");
    assumeTrue(!transport.equals("uring") || IoUring.isAvailable(), "no io_uring here");
  }

  private void onlyTheAllowedName(Jdk jdk, String transport) throws Exception {
    assumeTransport(transport);
    Result result = run(jdk, ONE_NAME, "", NAMES, transport, "api.example", "other.example");

    assertThat(result.out().lines())
        .as(result.err())
        .containsExactly(
            "api.example: connected",
            "other.example: java.net.UnknownHostException: appaware: resolve other.example denied"
                + " by default, no rule matches (p.toml:3)");
    assertThat(record())
        .containsExactly(
            Map.entry("connect api.example allow", 1),
            Map.entry("resolve api.example allow", 1),
            Map.entry("resolve other.example deny", 1));
    assertThat(world.queries()).isNotEmpty().noneMatch(line -> line.contains("other.example"));
  }

  @TestOnNewestJdk
  void aRuleForANameHoldsOverNio(Jdk jdk) throws Exception {
    onlyTheAllowedName(jdk, "nio");
  }

  @TestOnNewestJdk
  void aRuleForANameHoldsOverEpoll(Jdk jdk) throws Exception {
    onlyTheAllowedName(jdk, "epoll");
  }

  @TestOnNewestJdk
  void aRuleForANameHoldsOverIoUring(Jdk jdk) throws Exception {
    onlyTheAllowedName(jdk, "uring");
  }

  @TestOnNewestJdk
  void aDeniedNameIsNeitherAskedForNorReached(Jdk jdk) throws Exception {
    for (String transport : List.of("nio", "epoll")) {
      Result result =
          run(
              jdk,
              ALL_BUT_ONE,
              "",
              NAMES,
              transport,
              "api.example",
              "?api.example",
              "other.example");

      String denied = " denied by rule \"no-telemetry\" (p.toml:";
      assertThat(result.out().lines())
          .as(transport + result.err())
          .satisfiesExactly(
              line -> assertThat(line).startsWith("api.example: ").contains(denied),
              line -> assertThat(line).startsWith("?api.example: ").contains(denied),
              line -> assertThat(line).isEqualTo("other.example: connected"));
      assertThat(world.queries()).isNotEmpty().noneMatch(line -> line.contains("api.example"));
    }
  }

  @TestOnNewestJdk
  void aNameIsTheOneThatWasAskedForWithSearchDomainsAliasesAndTcp(Jdk jdk) throws Exception {
    for (String transport : List.of("nio", "epoll")) {
      Result result =
          run(
              jdk,
              ONE_NAME.replace("'api.example'", "['api', 'web.example', 'long.example']"),
              "first.test team.test",
              "api.team.test=127.0.0.5 web.example=alias:cdn.example cdn.example=127.0.0.6"
                  + " long.example=long:127.0.0.7",
              transport,
              "api",
              "web.example",
              "long.example");

      assertThat(result.out().lines())
          .as(transport + result.err())
          .containsExactly("api: connected", "web.example: connected", "long.example: connected");
      assertThat(record())
          .containsExactly(
              Map.entry("connect api allow", 1),
              Map.entry("connect long.example allow", 1),
              Map.entry("connect web.example allow", 1),
              Map.entry("resolve api allow", 1),
              Map.entry("resolve long.example allow", 1),
              Map.entry("resolve web.example allow", 1));
      assertThat(world.queries()).contains("udp api.team.test 1", "tcp long.example 1");
    }
  }
}
