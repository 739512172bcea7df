package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.ProxiedClients;
import io.github.appaware.target.ProxiedLibraries;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.JsonSchemas;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.ProxyServer;
import io.github.appaware.testkit.SelfSigned;
import io.github.appaware.testkit.TestOnNewestJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import io.netty.channel.epoll.Epoll;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What libraries ask proxies for is judged before the proxy learns of it. */
@ExtendWith(ToolExtension.class)
class ProxyLibrariesIT {
  private static final String POLICY =
      """
      version = 1
      [default]
      unknown = 'deny'
      [[rule]]
      action = 'allow'
      address = '127.0.0.1'
      port = %1$d
      [[rule]]
      action = 'allow'
      event = 'connect'
      host = 'allowed.example'
      through = '127.0.0.1:%1$d'
      [[rule]]
      action = 'allow'
      address = '192.0.2.7'
      """;

  @TempDir Path directory;
  private Tool tool;

  @JarOf(ProxiedLibraries.class)
  private Path jar;

  private static List<String> ways() {
    List<String> ways = new ArrayList<>();
    for (String library : List.of("apache4", "apache5", "okhttp", "jetty")) {
      ways.add(library + ", absolute");
      ways.add(library + ", connect");
    }
    ways.add("apache5 async, absolute");
    for (String library : List.of("okhttp", "jetty", "nio")) {
      ways.add(library + ", socks5");
    }
    ways.add("nio, connect");
    if (Epoll.isAvailable()) {
      ways.addAll(List.of("epoll, connect", "epoll, socks5"));
    }
    return ways;
  }

  @TestOnNewestJdk
  void everyTargetIsJudgedBeforeTheProxyIsAsked(Jdk jdk) throws Exception {
    Path clients = Programs.jar(directory.resolve("clients.jar"), ProxiedClients.class);
    String libraries =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(path -> path.endsWith(".jar"))
            .collect(Collectors.joining(File.pathSeparator));
    try (ProxyServer proxy = new ProxyServer(false, SelfSigned.context())) {
      Files.writeString(directory.resolve("p.toml"), POLICY.formatted(proxy.port()));
      List<String> words = new ArrayList<>();
      words.addAll(List.of("run", "-q", "-p", "p.toml", "--log", "log", "--", jdk.java()));
      if (jdk.feature() > 21) {
        words.add("--enable-native-access=ALL-UNNAMED");
      }
      words.addAll(
          List.of(
              "-cp",
              String.join(File.pathSeparator, jar.toString(), clients.toString(), libraries),
              ProxiedLibraries.class.getName(),
              "" + proxy.port()));
      Result result = tool.run(words.toArray(String[]::new));

      assertThat(result.status()).as(result.err()).isZero();
      List<String> out = result.out().lines().toList();
      for (String way : ways()) {
        assertThat(out)
            .as(way + result.err())
            .filteredOn(line -> line.startsWith(way + ", "))
            .satisfiesExactly(
                line -> assertThat(line).endsWith(", allowed.example: 200"),
                line ->
                    assertThat(line)
                        .contains(", denied.example: ")
                        .contains("java.net.ConnectException: appaware: connect tcp to denied.")
                        .contains(" through proxy 127.0.0.1:" + proxy.port())
                        .endsWith(" denied by default, no rule matches (p.toml:3)"),
                line -> assertThat(line).endsWith(", allowed.example: 200"));
      }
      assertThat(out)
          .contains("nio, socks4, 192.0.2.7: 200")
          .anyMatch(
              line -> line.startsWith("nio, socks4, 192.0.2.1: ") && line.contains(" denied "))
          .anyMatch(line -> line.startsWith("apache4, redirect, ") && line.contains(" denied "));
      // Three hosts of one client, and as many of each of the other's two kinds of proxies.
      assertThat(out)
          .filteredOn(line -> line.startsWith("by hand beside "))
          .hasSize(9)
          .allMatch(
              line ->
                  line.contains("appaware: connect tcp to an unknown target through proxy ")
                      && line.contains(" denied by default"));
      assertThat(proxy.asked())
          .isNotEmpty()
          .noneMatch(line -> line.startsWith("CONNECT denied") || line.contains("//denied"))
          .noneMatch(line -> line.contains("192.0.2.1:") || line.contains(" denied"));
      List<String> record = Files.readAllLines(directory.resolve("log"));
      JsonSchemas.RECORD.check(record);
      assertThat(record)
          .filteredOn(line -> line.contains("\"through\":") && !line.contains("byHand"))
          .isNotEmpty()
          .noneMatch(line -> Json.text(line, "host").isEmpty() && !line.contains("\"192.0.2."));
    }
  }
}
