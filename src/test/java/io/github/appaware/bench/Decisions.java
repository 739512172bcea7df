package io.github.appaware.bench;

import io.github.appaware.event.Address;
import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Protocol;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.Decision;
import io.github.appaware.policy.read.PolicyReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Decisions about connections, half of them to hosts and networks that a rule or an entry names,
 * spread over all rules and entries.
 */
@State(Scope.Benchmark)
public class Decisions {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final Application APP =
      Application.builder()
          .file("a.jar")
          .path("/a.jar")
          .kind(Application.Kind.JAR)
          .user("me")
          .pid(1)
          .directory("/")
          .build();

  /** A file of a policy has at most 16 MiB. */
  private static final int RULES_A_FILE = 100_000;

  /** Endpoints that a program of many connections talks to, again and again. */
  private static final int EVENTS = 1 << 8;

  /** How many rules, or entries of a list. */
  @Param({"10", "10000", "1000000"})
  public int count;

  private Policy rules;
  private Policy entries;
  private Event[] events;
  private int next;

  /** Writes and reads the policies. */
  @Setup
  public void read() throws Exception {
    Path directory = Files.createTempDirectory("appaware-bench");
    rules = rules(directory);
    Path list = directory.resolve("list.txt");
    writeList(list, count);
    Path file = directory.resolve("p.toml");
    Files.writeString(
        file,
        """
        version = 1
        [[rule]]
        action = 'deny'
        host-list = 'list.txt'
        [[rule]]
        action = 'allow'
        port = 443
        """);
    entries = PolicyReader.read(List.of(file));
    events = new Event[EVENTS];
    Random random = new Random(1);
    for (int i = 0; i < EVENTS; i++) {
      int rule = random.nextInt(count);
      String host = i % 2 == 0 ? host(rule) : "www" + random.nextInt() + ".elsewhere.example";
      int address = i % 4 == 0 ? rule : random.nextInt();
      events[i] =
          new Event.Inet(EventKind.CONNECT, Protocol.TCP, address(address), 443).withHost(host);
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path each : files) {
        Files.delete(each);
      }
    }
    Files.delete(directory);
  }

  /** Three quarters of the rules name a host, the others a network. */
  private Policy rules(Path directory) throws Exception {
    List<Path> files = new ArrayList<>();
    StringBuilder text = new StringBuilder("version = 1\n");
    for (int i = 0; i < count; i++) {
      text.append("[[rule]]\naction='").append(i % 3 == 0 ? "deny" : "allow").append("'\n");
      if (i % 4 == 0) {
        text.append("address='").append(address(i)).append("'\n");
      } else {
        text.append("host='").append(i % 8 == 1 ? "*." : "").append(host(i)).append("'\n");
      }
      if ((i + 1) % RULES_A_FILE == 0 || i + 1 == count) {
        Path file = directory.resolve("rules" + i + ".toml");
        Files.writeString(file, text);
        files.add(file);
        text.setLength(0);
        text.append("version = 1\n");
      }
    }
    return PolicyReader.read(files);
  }

  private static Address address(int number) {
    return Address.of(
        new byte[] {
          (byte) (10 + (number >>> 24)),
          (byte) (number >>> 16),
          (byte) (number >>> 8),
          (byte) number
        });
  }

  private static String host(int number) {
    return "tracker" + number + (number % 2 == 0 ? ".ads.example.com" : ".example.net");
  }

  /** A list as they are published: lines of a hosts file. */
  static void writeList(Path file, int lines) throws IOException {
    StringBuilder text = new StringBuilder("# a list\n127.0.0.1 localhost\n");
    for (int i = 0; i < lines; i++) {
      text.append("0.0.0.0 ").append(host(i)).append('\n');
    }
    Files.writeString(file, text);
  }

  private Decision decide(Policy policy) {
    next = (next + 1) & (EVENTS - 1);
    return policy.decide(APP, events[next], Origin.UNKNOWN, NOW);
  }

  /** One decision of a policy with that many rules. */
  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  public Decision rules() {
    return decide(rules);
  }

  /** One decision of a policy with a list of that many entries. */
  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  public Decision entries() {
    return decide(entries);
  }
}
