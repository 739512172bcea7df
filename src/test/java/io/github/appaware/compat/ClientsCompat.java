package io.github.appaware.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.NamesWorld;
import io.github.appaware.testkit.ProxyServer;
import io.github.appaware.testkit.SelfSigned;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rules about names, for clients that look names up in ways of their own: each goes to two names of
 * one address, in a network of its own with the test's name server. Writes {@code
 * target/compat-clients.md}; {@code -Dcompat.only=expression} runs those whose name has a match.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ClientsCompat {
  private static final Path TABLE = Tool.HOME.resolve("target/compat-clients.md");
  private static final String NAMES = "api.example=127.0.0.5 other.example=127.0.0.5";

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
      action = 'allow' # dnsjava chooses its own ports
      event = 'bind'
      protocol = 'udp'
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
      id = 'no-api'
      action = 'deny'
      host = 'api.example'
      """;

  private static final String BEHIND =
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
      host = 'api.example'
      """;

  private static final Pattern ORIGIN =
      Pattern.compile(
          "\"origin\":\\{(?:\"jar\":\"(?:[^\"]*/)?([^\"/]+)\",)?(?:\"sha256\":\"[^\"]*\",)?"
              + "(?:\"maven\":\"([^\"]*)\",)?(?:\"frame\":\"([^\":]*))?");

  private final List<ClientFinding> findings = new ArrayList<>();
  private final List<NamedClient> clients = new ArrayList<>();

  @BeforeAll
  void build() throws Exception {
    Pattern only = Pattern.compile(System.getProperty("compat.only", ""));
    List<Program> programs = new ArrayList<>(Program.clients());
    programs.removeIf(each -> !only.matcher(each.get("table")).find());
    if (!programs.isEmpty()) {
      ClassPaths paths = ClassPaths.of(Tool.HOME.resolve("target/compat-clients"), programs);
      programs.forEach(each -> clients.add(new ProgramClient(each, paths)));
    }
    clients.add(new MavenClient());
    if (GradleClient.isInstalled()) {
      clients.add(new GradleClient());
    }
    clients.removeIf(each -> !only.matcher(each.name()).find());
    assertThat(clients).isNotEmpty();
  }

  List<NamedClient> clients() {
    return clients;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clients")
  void rulesAboutNamesHold(NamedClient client, @TempDir Path directory) throws Exception {
    NamesWorld world = new NamesWorld(directory);
    List<String> names =
        client.several() ? List.of("api.example", "other.example") : List.of("api.example");

    Result one = run(world, directory, ONE_NAME + client.rules(), client, names);
    List<String> record = record(directory);
    boolean allows = client.reached(one, "api.example");
    if (client.several()) {
      allows &= !client.reached(one, "other.example");
      assertThat(Json.sum(about(record, "other.example"), "resolve", "deny")).isPositive();
    }
    boolean resolve = Json.sum(about(record, "api.example"), "resolve", "allow") > 0;
    assertThat(Json.sum(about(record, "api.example"), "connect", "allow")).isPositive();
    String origin = origin(about(record, "api.example"));

    Result others = run(world, directory, ALL_BUT_ONE, client, names);
    boolean denies =
        !client.reached(others, "api.example")
            && Json.sum(about(record(directory), "api.example"), "resolve", "deny") > 0
            && world.queries().stream().noneMatch(line -> line.contains("api.example"));
    if (client.several()) {
      assertThat(client.reached(others, "other.example")).as(others.out()).isTrue();
    }

    String socks = behind(directory, client, "socks");
    String connect = behind(directory, client, "connect");

    findings.add(
        new ClientFinding(
            client.name(), client.version(), allows, denies, resolve, socks, connect, origin));
    Files.writeString(TABLE, ClientFinding.table(findings));
    assertThat(allows).as(one.out() + one.err()).isTrue();
    assertThat(denies).as(others.out() + others.err()).isTrue();
    assertThat(resolve).as(record.toString()).isTrue();
    assertThat(socks).isEqualTo(expected(client, "socks"));
    assertThat(connect).isEqualTo(expected(client, "connect"));
  }

  private static String expected(NamedClient client, String kind) {
    return client.proxies().contains(kind) ? "yes" : "-";
  }

  /**
   * Whether the proxy is asked for one name alone, and both are on record, with the proxy. With
   * CONNECT, the handshake then fails that follows: the proxy's certificate is not trusted.
   */
  private static String behind(Path directory, NamedClient client, String kind) throws Exception {
    if (!client.proxies().contains(kind)) {
      return "-";
    }
    List<String> record = new ArrayList<>();
    try (ProxyServer proxy = new ProxyServer(false, SelfSigned.context())) {
      String policy = BEHIND.formatted(proxy.port()) + client.rules();
      for (String name : List.of("api.example", "other.example")) {
        List<String> names = List.of(name);
        Result unused =
            new Tool(directory)
                .run(
                    words(
                            directory,
                            policy,
                            client.command(Jdk.running(), directory, names, kind, proxy.port()))
                        .toArray(String[]::new));
        record.addAll(record(directory));
      }
      boolean asked =
          proxy.asked().stream().anyMatch(line -> line.contains("api.example:"))
              && proxy.asked().stream().noneMatch(line -> line.contains("other.example"));
      boolean recorded =
          isThrough(record, "api.example", "allow") && isThrough(record, "other.example", "deny");
      return asked && recorded ? "yes" : "no";
    }
  }

  private static boolean isThrough(List<String> record, String host, String verdict) {
    return record.stream()
        .anyMatch(
            line ->
                Json.text(line, "event").equals("connect")
                    && Json.text(line, "host").equals(host)
                    && Json.text(line, "verdict").equals(verdict)
                    && line.contains("\"through\":"));
  }

  private static Result run(
      NamesWorld world, Path directory, String policy, NamedClient client, List<String> names)
      throws IOException, InterruptedException {
    List<String> command = client.command(Jdk.running(), directory, names);
    return world.run(new Tool(directory), "", NAMES, words(directory, policy, command));
  }

  private static List<String> words(Path directory, String policy, List<String> command)
      throws IOException {
    Files.writeString(directory.resolve("p.toml"), policy);
    Files.deleteIfExists(directory.resolve("log"));
    List<String> words =
        new ArrayList<>(
            List.of("run", "-q", "--blind", "allow", "-p", "p.toml", "--log", "log", "--"));
    words.addAll(command);
    return words;
  }

  private static List<String> record(Path directory) throws IOException {
    return Files.readAllLines(directory.resolve("log"));
  }

  /** Of a name that was asked for, or is known of the address. */
  private static List<String> about(List<String> record, String host) {
    String known = "\"names\":[\"" + host + "\"]"; // of an address that the library made itself
    return record.stream()
        .filter(line -> Json.text(line, "host").equals(host) || line.contains(known))
        .toList();
  }

  /** The library that connected: its coordinates, else the method; empty if there is none. */
  private static String origin(List<String> record) {
    for (String line : record) {
      Matcher origin = ORIGIN.matcher(line);
      if (Json.text(line, "event").equals("connect") && origin.find()) {
        return Stream.of(origin.group(2), origin.group(3), origin.group(1), "")
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow();
      }
    }
    return "";
  }

  @AfterAll
  void tell() {
    new PrintStream(System.out, true, StandardCharsets.UTF_8)
        .println(ClientFinding.table(findings));
  }
}
