package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.ChosenProxies;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.ProxyServer;
import io.github.appaware.testkit.SelfSigned;
import io.github.appaware.testkit.TestOnEachJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** However a proxy is chosen: by variables, by a selector of the program's, by the system. */
@ExtendWith(ToolExtension.class)
class ChosenProxyIT {
  private static final String POLICY =
      """
      version = 1
      [default]
      unknown = 'deny'
      [[rule]]
      action = 'allow'
      address = '127.0.0.1'
      port = %d
      [[rule]]
      action = 'allow'
      event = 'connect'
      host = 'allowed.example'
      """;

  @TempDir Path directory;
  private Tool tool;

  @JarOf(ChosenProxies.class)
  private Path jar;

  private ProxyServer proxy;

  @BeforeEach
  void listen() throws Exception {
    proxy = new ProxyServer(false, SelfSigned.context());
    Files.writeString(directory.resolve("p.toml"), POLICY.formatted(proxy.port()));
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  private List<String> run(Tool with, Jdk jdk, String way, String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of("run", "-q", "--blind", "allow", "-p", "p.toml"));
    words.addAll(List.of("--log", "log", "--", jdk.java()));
    words.addAll(List.of(options));
    words.addAll(List.of("-jar", jar.toString(), way, "" + proxy.port()));
    Result result = with.run(words.toArray(String[]::new));
    assertThat(result.status()).as(result.err()).isZero();
    return result.out().lines().toList();
  }

  private void assertJudged(List<String> out, String... ways) throws Exception {
    for (String way : ways) {
      assertThat(out)
          .contains(way + ", allowed.example: 200")
          .anyMatch(
              line ->
                  line.startsWith(way + ", denied.example: java.net.ConnectException: appaware: ")
                      && line.contains(" through proxy 127.0.0.1:" + proxy.port() + " denied by"));
    }
    assertThat(out).hasSize(2 * ways.length);
    assertThat(proxy.asked()).isNotEmpty().noneMatch(line -> line.contains("denied"));
    assertThat(Files.readAllLines(directory.resolve("log")))
        .filteredOn(line -> Json.text(line, "host").equals("allowed.example"))
        .isNotEmpty()
        .allMatch(line -> line.contains("\"through\":{\"address\":\"127.0.0.1\",\"port\":"));
  }

  @TestOnEachJdk
  void whatTheProgramsOwnSelectorChoosesIsJudged(Jdk jdk) throws Exception {
    assertJudged(run(tool, jdk, "selector"), "url", "client", "socket");
  }

  /** The system's own settings, where it has any, and the properties where it has none. */
  @TestOnEachJdk
  void whatTheSystemsSettingsLeaveToThePropertiesIsJudged(Jdk jdk) throws Exception {
    List<String> out =
        run(
            tool,
            jdk,
            "default",
            "-Djava.net.useSystemProxies=true",
            "-Dhttp.proxyHost=127.0.0.1",
            "-Dhttp.proxyPort=" + proxy.port());

    assertJudged(out, "url", "client");
  }

  /** A program that reads these speaks to the proxy itself, which is not seen: it is denied. */
  @TestOnEachJdk
  void theProxyOfAVariableIsKnown(Jdk jdk) throws Exception {
    assertThat(run(tool, jdk, "hand"))
        .as("without one it is an address like others")
        .containsExactly("hand, denied.example: 200");
    int asked = proxy.asked().size();
    String address = "127.0.0.1:" + proxy.port();
    Map<String, String> variables =
        Map.of(
            "http_proxy",
            "http://joe:hush@" + address + "/",
            "https_proxy",
            address,
            "ALL_PROXY",
            "socks5://" + address);
    for (Map.Entry<String, String> each : variables.entrySet()) {
      Tool with = new Tool(directory).with(each.getKey(), each.getValue());
      assertThat(run(with, jdk, "hand"))
          .as(each.getKey())
          .singleElement()
          .asString()
          .contains("connect tcp to an unknown target through proxy " + address + " denied by")
          .doesNotContain("hush");
    }
    assertThat(proxy.asked()).hasSize(asked);
    assertThat(Files.readString(directory.resolve("log"))).doesNotContain("hush");
  }
}
