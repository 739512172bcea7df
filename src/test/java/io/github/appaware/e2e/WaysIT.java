package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.appaware.target.Ways;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Ports;
import io.github.appaware.testkit.TestOnEachJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ToolExtension.class)
class WaysIT {
  @TempDir Path directory;
  private Tool tool;
  private HttpServer web;
  private Listener listener;

  @JarOf(Ways.class)
  private Path jar;

  private Path hosts;
  private int own;

  @BeforeEach
  void start() throws IOException {
    web = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    web.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 6);
          exchange.getResponseBody().write("hello\n".getBytes(StandardCharsets.US_ASCII));
          exchange.close();
        });
    web.start();
    listener = new Listener();
    own = Ports.free();
    hosts = Files.writeString(directory.resolve("hosts"), "127.0.0.1 service.example\n");
  }

  @AfterEach
  void stop() throws IOException {
    web.stop(0);
    listener.close();
  }

  private List<String> command(Jdk jdk) {
    return List.of(
        jdk.java(),
        "-Djdk.net.hosts.file=" + hosts,
        "-jar",
        jar.toString(),
        String.valueOf(web.getAddress().getPort()),
        String.valueOf(listener.port()),
        String.valueOf(own),
        "service.example");
  }

  private Result run(Jdk jdk, String policy) throws IOException, InterruptedException {
    Files.writeString(directory.resolve("p.toml"), policy);
    List<String> arguments = new ArrayList<>(List.of("run", "-q", "--policy", "p.toml", "--"));
    arguments.addAll(command(jdk));
    return tool.run(arguments.toArray(String[]::new));
  }

  @TestOnEachJdk
  void allAllowedRunsLikeAPlainRun(Jdk jdk) throws Exception {
    Result plain = Tool.run(new ProcessBuilder(command(jdk)), "");

    Result wrapped = run(jdk, "version = 1\n[default]\nunknown = 'allow'\n");

    assertThat(plain.out()).contains("http client: hello", "host name: service.example");
    assertThat(plain.out().lines()).noneMatch(line -> line.contains("Exception"));
    assertThat(wrapped).isEqualTo(plain);
  }

  @TestOnEachJdk
  void exactlyTheDeniedPortAndHostAreDeniedWithTheRuleInTheMessage(Jdk jdk) throws Exception {
    Result result =
        run(
            jdk,
            """
            version = 1
            [default]
            unknown = 'allow'

            [[rule]]
            id = 'no-port'
            action = 'deny'
            event = 'connect'
            port = %d

            [[rule]]
            id = 'no-host'
            action = 'deny'
            host = 'service.example'
            """
                .formatted(listener.port()));

    String denied =
        "java.net.ConnectException: appaware: connect tcp to 127.0.0.1:"
            + listener.port()
            + " denied by rule \"no-port\" (p.toml:5)";
    assertThat(result.out().lines())
        .containsExactly(
            "http client: hello",
            "url connection: hello",
            "socket: " + denied,
            "socket channel: " + denied,
            "asynchronous socket channel: " + denied,
            "server socket: true",
            "server socket channel: true",
            "host name: java.net.UnknownHostException: appaware: resolve service.example denied by"
                + " rule \"no-host\" (p.toml:11)");
    assertThat(result.err()).isEmpty();
    assertThat(result.status()).isZero();
    assertThat(listener.connections()).isZero();
  }

  @TestOnEachJdk
  void denyingAllLetsNothingThroughWhateverTheWay(Jdk jdk) throws Exception {
    Result result = run(jdk, "version = 1\n[default]\nunknown = 'deny'\n");

    assertThat(result.out().lines())
        .hasSize(8)
        .allMatch(line -> line.contains(": appaware: ") && line.contains(" denied by default"));
    assertThat(listener.connections()).isZero();
  }
}
