package io.github.appaware.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.target.EntryPoints;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Peers;
import io.github.appaware.testkit.TestOnEachJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each entry point of the JDK to the network, one line each in {@code entry-points/table.txt}: it
 * works when allowed, is refused with the declared exception and the whole sentence when denied,
 * and drops a denied peer.
 */
@ExtendWith(ToolExtension.class)
class EntryPointsIT {
  private static final String DENY = "version = 1\n[default]\nunknown = 'deny'\n";
  private static final String ALLOW = "version = 1\n[default]\nunknown = 'allow'\n";
  private static final String NOBODY_IN =
      ALLOW + "[[rule]]\naction = 'deny'\nevent = ['accept', 'receive']\n";

  private static final String DENIED = "denied by default, no rule matches (p.toml:3)";
  private static final List<String> OLD_SOCKETS =
      List.of("-Djdk.net.usePlainSocketImpl=true", "-Djdk.net.usePlainDatagramSocketImpl=true");

  @TempDir Path directory;
  private Tool tool;
  private Peers peers;

  @JarOf(EntryPoints.class)
  private Path jar;

  @BeforeEach
  void start() throws IOException {
    peers = new Peers(directory);
    Files.writeString(
        directory.resolve("hosts"),
        """
        127.0.0.1 one.example two.example three.example four.example
        127.0.9.1 r1.example
        127.0.9.2 r2.example
        127.0.9.3 r3.example
        """);
  }

  @AfterEach
  void stop() throws IOException {
    peers.close();
  }

  private List<String> command(Jdk jdk, List<String> options) throws Exception {
    List<String> command = new ArrayList<>(List.of(jdk.java()));
    command.addAll(options);
    command.addAll(
        List.of(
            "-Xverify:all",
            "-Xshare:auto",
            "-Djdk.net.hosts.file=" + directory.resolve("hosts"),
            "-jar",
            jar.toString()));
    command.addAll(peers.arguments());
    return command;
  }

  private Result run(String policy, List<String> command) throws Exception {
    Files.writeString(directory.resolve("p.toml"), policy);
    List<String> all = new ArrayList<>(List.of("run", "-q", "--policy", "p.toml", "--"));
    all.addAll(command);
    return tool.run(all.toArray(String[]::new));
  }

  /** By name, the outcomes in the table's column. */
  private Map<String, String> table(int column) throws IOException {
    Map<String, String> table = new LinkedHashMap<>();
    try (var in = EntryPointsIT.class.getResourceAsStream("/entry-points/table.txt");
        Stream<String> lines = new String(in.readAllBytes(), UTF_8).lines()) {
      for (String line : lines.filter(each -> !each.startsWith("#")).toList()) {
        String[] cells = line.split(" \\| ", -1);
        table.put(cells[0], filled(cells[cells[column].equals("=") ? 1 : column]));
      }
    }
    return table;
  }

  private String filled(String cell) throws IOException {
    String filled = cell.replace("{denied}", DENIED);
    for (Map.Entry<String, String> name : peers.names().entrySet()) {
      filled = filled.replace("{" + name.getKey() + "}", name.getValue());
    }
    return filled;
  }

  /** A group is joined on whatever free port the socket has. */
  private static Map<String, String> outcomes(Result result) {
    assertThat(result.err()).isEmpty();
    assertThat(result.status()).isZero();
    Map<String, String> outcomes = new LinkedHashMap<>();
    for (String line : result.out().lines().toList()) {
      int colon = line.indexOf(": ");
      outcomes.put(
          line.substring(0, colon),
          line.substring(colon + 2).replaceAll("239\\.1\\.2\\.3:\\d+", "239.1.2.3:{any}"));
    }
    return outcomes;
  }

  @Test
  void theTableHasAtLeastSixtyEntryPoints() throws IOException {
    assertThat(table(1)).hasSizeGreaterThan(90);
  }

  @TestOnEachJdk
  void allowedEachWorksAsWithoutTheAgent(Jdk jdk) throws Exception {
    Result plain = Tool.run(new ProcessBuilder(command(jdk, List.of())), "");
    int connections = peers.connections();
    int datagrams = peers.datagrams();

    Result wrapped = run(ALLOW, command(jdk, List.of()));

    assertThat(outcomes(plain)).containsExactlyEntriesOf(table(1));
    assertThat(outcomes(wrapped)).containsExactlyEntriesOf(table(1));
    assertThat(peers.connections()).isEqualTo(connections).isGreaterThan(30);
    assertThat(peers.datagrams()).isEqualTo(datagrams).isGreaterThan(10);
  }

  @TestOnEachJdk
  void deniedPeersAreGoneAndTheCallGoesOnWaiting(Jdk jdk) throws Exception {
    assertThat(outcomes(run(NOBODY_IN, command(jdk, List.of()))))
        .containsExactlyEntriesOf(table(2));
  }

  @TestOnEachJdk
  void deniedEachIsRefusedWithTheWholeSentence(Jdk jdk) throws Exception {
    assertThat(outcomes(run(DENY, command(jdk, List.of())))).containsExactlyEntriesOf(table(3));
    assertThat(peers.connections()).isZero();
    assertThat(peers.datagrams()).isZero();
  }

  @Test
  void theOldSocketsOfJdk17AreTheSame() throws Exception {
    Jdk jdk = Jdk.all().findFirst().orElseThrow();
    assumeTrue(jdk.feature() == 17, "no JDK 17, the last one that has the old sockets");
    Map<String, String> denied = table(3);
    // They go on without a connection when there can't be one, and ask for each datagram.
    for (String each : List.of("DatagramSocket.connect", "DatagramSocket.connect(address)")) {
      denied.replace(each, denied.get("DatagramSocket.send"));
    }

    assertThat(outcomes(run(ALLOW, command(jdk, OLD_SOCKETS)))).containsExactlyEntriesOf(table(1));
    assertThat(outcomes(run(NOBODY_IN, command(jdk, OLD_SOCKETS))))
        .containsExactlyEntriesOf(table(2));
    peers.connections();
    peers.datagrams();
    assertThat(outcomes(run(DENY, command(jdk, OLD_SOCKETS)))).containsExactlyEntriesOf(denied);
    assertThat(peers.connections()).isZero();
    assertThat(peers.datagrams()).isZero();
  }
}
