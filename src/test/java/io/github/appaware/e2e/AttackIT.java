package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.target.Attacks;
import io.github.appaware.target.OwnResolver;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Programs that try to get out while everything is denied: not one connection, not one datagram.
 */
@ExtendWith(ToolExtension.class)
class AttackIT {
  private static final Map<Jdk, Attempts> ATTEMPTS = new HashMap<>();

  @TempDir static Path shared;
  @TempDir Path directory;
  private Tool tool;

  @JarOf(Attacks.class)
  private Path jar;

  @AfterAll
  static void close() throws IOException {
    for (Attempts each : ATTEMPTS.values()) {
      each.close();
    }
  }

  static Stream<Arguments> attacks() {
    return Jdk.all()
        .flatMap(
            jdk ->
                Attacks.all().keySet().stream()
                    .filter(attack -> !attack.equals("link"))
                    .map(attack -> Arguments.of(jdk, attack)));
  }

  private Result run(Jdk jdk, String policy, String... rest) throws Exception {
    List<String> all =
        new ArrayList<>(List.of("run", "-q", "-p", policy, "--", jdk.java(), "-Xmx48m"));
    all.addAll(List.of(rest));
    return tool.run(all.toArray(String[]::new));
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void nothingGetsOut(Jdk jdk, String attack) throws Exception {
    Attempts attempts = ATTEMPTS.get(jdk);
    if (attempts == null) {
      attempts = new Attempts(jdk, shared, Attacks.all().keySet());
      ATTEMPTS.put(jdk, attempts);
    }
    Attempts.Attempt made = attempts.of(attack);

    assertThat(made.connections()).as(made.output()).isZero();
    assertThat(made.datagrams()).as(made.output()).isZero();
    assertThat(made.output().lines())
        .noneMatch(line -> line.contains("connected to") || line.contains("listening"))
        .noneMatch(line -> line.startsWith("connected"));
    // Denied, or ended by its own doing; but it must have tried.
    assertThat(made.status() != 0 || made.output().contains("appaware: "))
        .as(made.output())
        .isTrue();
    assertThat(made.status()).as(made.output()).isNotEqualTo(Attempts.TIMED_OUT);
  }

  @Test
  void aLinkLeadsNeitherAroundADenialNorIntoAnAllowance() throws Exception {
    Path real = directory.toRealPath();
    Path socket = real.resolve("secret.sock");
    Files.createDirectory(real.resolve("good"));
    Path link = Files.createSymbolicLink(real.resolve("good/link"), socket);
    Files.writeString(
        directory.resolve("allow.toml"),
        "version = 1\n[[rule]]\naction = 'allow'\npath = '" + real + "/good/*'\n");
    Files.writeString(
        directory.resolve("except.toml"),
        "version = 1\n[default]\nunknown = 'allow'\n"
            + "[[rule]]\naction = 'deny'\npath = '"
            + socket
            + "'\n");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      server.configureBlocking(false);
      for (String policy : List.of("allow.toml", "except.toml")) {
        Result result =
            run(Jdk.running(), policy, "-jar", jar.toString(), "link", "1", "1", link.toString());

        assertThat(result.out()).startsWith("appaware: connect unix to " + socket + " denied");
        assertThat(server.accept()).isNull();
      }
    }
  }

  @Test
  void theJdksOwnResolverIsCheckedForEveryCaller() throws Exception {
    Jdk newest = Jdk.all().reduce((older, newer) -> newer).orElseThrow();
    assumeTrue(newest.feature() >= 18, "no JDK of 18 or later, which takes resolver providers");
    Path program = Programs.jar(directory.resolve("resolver.jar"), OwnResolver.class);

    Result result =
        run(
            newest,
            "deny.toml",
            "--add-opens",
            "java.base/java.net=ALL-UNNAMED",
            "-jar",
            program.toString(),
            "forbidden.example");

    assertThat(result.out().lines())
        .as(result.err())
        .containsExactly(
            "resolvers can be provided: true",
            "appaware: resolve forbidden.example denied by default, no rule matches (deny.toml:3)",
            "appaware: resolve 192.0.2.1 denied by default, no rule matches (deny.toml:3)");
  }

  @Test
  void anAgentThatLosesItsThreadsDeniesWithoutWaiting() throws Exception {
    try (Listener listener = new Listener()) {
      Files.writeString(
          directory.resolve("allow.toml"), "version = 1\n[default]\nunknown = 'allow'\n");
      Result result =
          run(
              Jdk.running(),
              "allow.toml",
              "-jar",
              jar.toString(),
              "handler-on-agent-thread",
              String.valueOf(listener.port()),
              "1",
              jar.toString());

      assertThat(result.out()).contains("denied: server unreachable");
      assertThat(result.out()).doesNotContain("connected", "no verdict came in time");
      assertThat(listener.connections()).isZero();
    }
  }
}
