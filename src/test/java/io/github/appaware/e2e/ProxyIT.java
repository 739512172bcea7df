package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.ProxiedClients;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.JsonSchemas;
import io.github.appaware.testkit.ProxyServer;
import io.github.appaware.testkit.SelfSigned;
import io.github.appaware.testkit.TestOnEachJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the JDK's clients ask proxies for is judged before the proxy learns of it. */
@ExtendWith(ToolExtension.class)
class ProxyIT {
  private static final String POLICY =
      """
      version = 1
      [default]
      unknown = 'deny'
      [[rule]]
      action = 'allow'
      address = '127.0.0.1'
      port = [%d, %d]
      [[rule]]
      action = 'allow'
      host = ['allowed.example', '*.allowed.example']
      [[rule]]
      action = 'allow'
      address = '192.0.2.7'
      """;

  private static final List<String> WAYS =
      List.of(
          "socket, socks5",
          "socket, connect",
          "url, absolute",
          "url, connect",
          "url, socks5",
          "client, absolute",
          "client, connect");

  @TempDir Path directory;
  private Tool tool;

  @JarOf(ProxiedClients.class)
  private Path jar;

  private ProxyServer proxy;
  private ProxyServer authenticating;

  @BeforeEach
  void listen() throws Exception {
    var tls = SelfSigned.context();
    proxy = new ProxyServer(false, tls);
    authenticating = new ProxyServer(true, tls);
  }

  @AfterEach
  void close() {
    proxy.close();
    authenticating.close();
  }

  @TestOnEachJdk
  void everyTargetIsJudgedBeforeTheProxyIsAsked(Jdk jdk) throws Exception {
    String ports = proxy.port() + " " + authenticating.port();
    Files.writeString(
        directory.resolve("p.toml"), POLICY.formatted(proxy.port(), authenticating.port()));
    Result result =
        tool.run(
            "run",
            "-p",
            "p.toml",
            "--log",
            "log",
            "--",
            jdk.java(),
            "-Djdk.http.auth.tunneling.disabledSchemes=",
            "-jar",
            jar.toString(),
            "" + proxy.port(),
            "" + authenticating.port());

    assertThat(result.status()).as(result.err()).isZero();
    List<String> record = Files.readAllLines(directory.resolve("log"));
    Map<String, String> results = results(result.out());
    for (String way : WAYS) {
      for (String prefix : List.of("", "authenticated ")) {
        String to = prefix + way + ", ";
        assertThat(results).as(ports).containsEntry(to + "allowed.example", "200 200");
        assertThat(results.get(to + "denied.example"))
            .as(to)
            .startsWith("java.net.ConnectException: appaware: connect tcp to denied.example:")
            .contains(" through proxy 127.0.0.1:")
            .endsWith(" denied by default, no rule matches (p.toml:3)");
      }
    }
    odd(results);
    for (ProxyServer each : List.of(proxy, authenticating)) {
      assertThat(each.asked())
          .isNotEmpty()
          .noneMatch(line -> line.contains("//denied") || line.contains(" denied"))
          .noneMatch(line -> line.contains("192.0.2.1:"))
          .noneMatch(line -> line.contains("127.1") || line.contains("2130706433"));
    }
    recorded(record);
    assertThat(result.out() + result.err() + record)
        .doesNotContain("joe", "hush", "secret", "/private");
  }

  /** The results by client and host. */
  private static Map<String, String> results(String out) {
    Map<String, String> results = new TreeMap<>();
    for (String line : out.lines().toList()) {
      int colon = line.indexOf(": ");
      results.merge(
          line.substring(0, colon), line.substring(colon + 2), (one, two) -> one + " " + two);
    }
    return results;
  }

  private static void odd(Map<String, String> results) {
    // The proxy gets the address, whatever name the object is labelled with.
    assertThat(results.get("socks5, label, allowed.example")).contains(" to 192.0.2.1:80 through ");
    assertThat(results.get("socks4, 192.0.2.1")).contains(" to 192.0.2.1:80 through ");
    assertThat(results)
        .containsEntry("socks5, literal, 192.0.2.7", "200")
        .containsEntry("url, literal, 192.0.2.7", "200")
        .containsEntry("socks4, 192.0.2.7", "200")
        .containsEntry("url, user, allowed.example", "200")
        .containsEntry("url, redirect, allowed.example", "200");
    assertThat(results.get("url, redirect, denied.example")).contains(" to denied.example:80 ");
    // A rule for all names below another matches what only looks like one.
    assertThat(results.get("socks5, lie, denied.example:80/.allowed.example"))
        .endsWith("denied because it is not a host name or an address in its usual form");
    assertThat(results.get("socks5, 0x7f.1")).contains(" to 0x7f.1:80 ");
    assertThat(results.get("by hand, allowed.example"))
        .contains("connect tcp to an unknown target through proxy 127.0.0.1:");
  }

  private static void recorded(List<String> all) {
    JsonSchemas.RECORD.check(all);
    List<String> record =
        all.stream().filter(line -> Json.text(line, "event").equals("connect")).toList();
    assertThat(record)
        .filteredOn(line -> Json.text(line, "host").equals("allowed.example"))
        .isNotEmpty()
        .allMatch(line -> line.contains("\"through\":{\"address\":\"127.0.0.1\",\"port\":"))
        .allMatch(line -> Json.text(line, "verdict").equals("allow"));
    assertThat(record)
        .filteredOn(line -> Json.text(line, "host").equals("denied.example"))
        .isNotEmpty()
        .allMatch(line -> line.contains("\"through\":"))
        .allMatch(line -> Json.text(line, "verdict").equals("deny"));
    // It was allowed by the rule for names below, and denied by the agent after all.
    assertThat(record)
        .filteredOn(line -> line.contains("/.allowed.example"))
        .extracting(line -> Json.text(line, "verdict"))
        .containsExactlyInAnyOrder("allow", "deny");
    assertThat(record)
        .filteredOn(line -> line.contains("\"through\":") && !line.contains("\"port\":80,"))
        .anyMatch(line -> Json.text(line, "verdict").equals("deny"));
  }
}
