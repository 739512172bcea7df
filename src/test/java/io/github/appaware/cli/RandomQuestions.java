package io.github.appaware.cli;

import io.github.appaware.event.Address;
import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Protocol;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.policy.read.PolicyReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;

/** Random policies, and events both as an agent sends them and as a person writes them. */
final class RandomQuestions {
  static final String LIST = "a.example\n*.b.example\n0.0.0.0 c.example\n";

  /** The machine that the server runs on, too. */
  private static final String HERE = LocalMachine.name().toUpperCase(Locale.ROOT);

  private static final String HASH =
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
  private static final String[] HOSTS = {"a.example", "b.example", "x.b.example", "c.example"};
  private static final String[] ADDRESSES = {
    "10.1.2.3", "192.168.0.1", "127.0.0.1", "198.51.100.7", "169.254.169.254", "2001:db8::7", "::1"
  };
  private static final String[] NETWORKS = {
    "private", "loopback", "metadata", "link-local", "any", "10.0.0.0/8", "198.51.100.7", "::/0"
  };
  private static final int[] PORTS = {25, 80, 443, 8080};
  private static final String[] PATHS = {"/run/x.sock", "/run/a/y", "/tmp/z"};
  private static final String[] KINDS = {
    "resolve", "connect", "bind", "listen", "accept", "send", "receive"
  };
  private static final String[] VERSIONS = {"g:a:1", "g:b:2", "h:a:1"};
  private static final String[] JARS = {"a-1.jar", "b.jar"};
  private static final String[] PACKAGES = {"com.acme", "com.acme.x", "org"};
  private static final String[] USERS = {"me", "you"};

  private final Random random;
  private final Instant now;

  /**
   * Questions from now on.
   *
   * @param now when rules may have expired; others may do so in an hour
   */
  RandomQuestions(Random random, Instant now) {
    this.random = random;
    this.now = now;
  }

  /**
   * One event.
   *
   * @param app as a launcher measures it
   * @param event as an agent sends it
   * @param origin likewise
   * @param words the event as a person writes it
   * @param address what is given beside the words, or null
   * @param localPort likewise, or 0
   * @param origins what a person knows of the origin
   */
  record Question(
      Application app,
      Event event,
      Origin origin,
      List<String> words,
      String address,
      int localPort,
      List<String> origins) {}

  /** A policy whose rules are random, but make sense: what the reader refuses is left out. */
  String policy(Path directory) {
    StringBuilder policy =
        new StringBuilder(
            """
            version = 1
            [default]
            unknown = "%s"
            [[group]]
            id = "me"
            user = ["me", "z"]
            machine = ["none", "%s"]
            [[group]]
            id = "apps"
            app = ["two", "none"]
            [[app]]
            id = "one"
            file = "one-*.jar"
            [[app]]
            id = "two"
            sha256 = "%s"
            """
                .formatted(one("allow", "deny", "ask"), HERE, HASH));
    int rules = 1 + random.nextInt(12);
    while (rules > 0) {
      String rule = rule();
      try {
        PolicyReader.parse(directory.resolve("r.toml").toString(), "version = 1\n" + rule);
        policy.append(rule);
        rules--;
      } catch (PolicyException e) {
        // It contradicts itself: another one.
      }
    }
    return policy.toString();
  }

  private String rule() {
    StringBuilder rule = new StringBuilder("[[rule]]\naction = \"");
    rule.append(one("allow", "deny", "ask")).append("\"\n");
    key(rule, 6, "app", () -> one("one", "two"));
    key(rule, 12, "user", () -> one("me", "y*"));
    key(rule, 12, "machine", () -> one(HERE, "*", "none-*", "other"));
    key(rule, 12, "group", () -> one("me", "apps", "none"));
    key(rule, 12, "parent", () -> one("p.jar", "q*"));
    key(rule, 3, "event", () -> one(KINDS));
    key(rule, 4, "host", () -> one("*.", "") + one(HOSTS));
    key(rule, 10, "host-list", () -> "list.txt");
    key(rule, 4, "address", () -> one(NETWORKS));
    key(rule, 5, "port", () -> one("25", "80", "1-443", "8000-65535"));
    key(rule, 10, "local-port", () -> one("25", "80-8080"));
    key(rule, 6, "protocol", () -> one("tcp", "udp", "sctp", "unix"));
    key(rule, 10, "path", () -> one("/run/*", "/run/**", "/tmp/z"));
    key(rule, 8, "peer", () -> one("run", "outside", "user:me", "ja*", "postgres"));
    key(
        rule,
        6,
        "origin",
        () ->
            one(
                "maven:g:*",
                "maven:*:a:1",
                "jar:a-*.jar",
                "sha256:" + HASH,
                "package:com.**",
                "module:m"));
    if (random.nextInt(5) == 0) {
      rule.append("priority = ").append(random.nextInt(5) - 2).append('\n');
    }
    if (random.nextInt(8) == 0) {
      rule.append("expires = ")
          .append(one(now.toString(), now.plus(Duration.ofHours(1)).toString()))
          .append('\n');
    }
    return rule.toString();
  }

  private void key(StringBuilder rule, int rarity, String key, Supplier<String> value) {
    if (random.nextInt(rarity) == 0) {
      rule.append(key).append(" = [\"").append(value.get()).append('"');
      if (random.nextInt(3) == 0) {
        rule.append(", \"").append(value.get()).append('"');
      }
      rule.append("]\n");
    }
  }

  Question question() {
    List<Origin.Frame> frames = new ArrayList<>();
    List<String> origins = new ArrayList<>();
    for (int n = random.nextInt(3); n > 0; n--) {
      frames.add(frame(origins));
    }
    return question(new Origin(frames, "main"), origins);
  }

  private Origin.Frame frame(List<String> origins) {
    String jar = one(JARS);
    String maven = random.nextBoolean() ? one(VERSIONS) : "";
    String hash = random.nextInt(3) == 0 ? HASH : "0".repeat(64);
    String module = random.nextInt(4) == 0 ? "m" : "";
    String name = one(PACKAGES);
    origins.add("jar:" + jar);
    origins.add("sha256:" + hash);
    origins.add("package:" + name);
    if (!maven.isEmpty()) {
      origins.add("maven:" + maven);
    }
    if (!module.isEmpty()) {
      origins.add("module:" + module);
    }
    // Another path for other content, as a jar has.
    String path = "/lib/" + maven.replace(':', '-') + hash.substring(0, 4) + "/" + jar;
    Origin.Source source = new Origin.Source(path, hash, maven);
    return new Origin.Frame(name + ".Main", "run", 7, module, source);
  }

  private Question question(Origin origin, List<String> origins) {
    String label = one(KINDS);
    EventKind kind = EventKind.valueOf(label.toUpperCase(Locale.ROOT));
    if (kind == EventKind.RESOLVE) {
      boolean forward = random.nextInt(4) > 0;
      String text = forward ? one(HOSTS) : one(ADDRESSES);
      Event event =
          forward ? new Event.Resolve(text, null) : new Event.Resolve(null, address(text));
      return new Question(app(), event, origin, List.of(label, text), null, 0, origins);
    }
    if (random.nextInt(8) == 0) {
      String path = one(PATHS);
      return new Question(
          app(), new Event.Unix(kind, path), origin, List.of(label, path), null, 0, origins);
    }
    boolean local = kind == EventKind.BIND || kind == EventKind.LISTEN;
    String host = local || random.nextBoolean() ? "" : one(HOSTS);
    String address = one(ADDRESSES);
    int port = PORTS[random.nextInt(PORTS.length)];
    int localPort = kind.isInbound() ? PORTS[random.nextInt(PORTS.length)] : 0;
    Protocol protocol = Protocol.valueOf(one("TCP", "UDP", "SCTP"));
    String literal = address.indexOf(':') >= 0 ? "[" + address + "]" : address;
    Event.Inet unnamed =
        new Event.Inet(kind, protocol, address(address), port).withLocalPort(localPort);
    Event event =
        host.isEmpty()
            ? unnamed
            : kind.isInbound() ? unnamed.withNames(List.of(host)) : unnamed.withHost(host);
    List<String> words =
        List.of(label, protocol.label(), (host.isEmpty() ? literal : host) + ":" + port);
    return new Question(
        app(), event, origin, words, host.isEmpty() ? null : address, localPort, origins);
  }

  private Application app() {
    return Application.builder()
        .file(one("one-1.jar", "other.jar"))
        .path("/opt/app.jar")
        .sha256(random.nextBoolean() ? HASH : "1".repeat(64))
        .kind(Application.Kind.JAR)
        .jvm("17")
        .user(one(USERS))
        .pid(1)
        .parent(one("", "p.jar", "q.jar"))
        .directory("/")
        .build();
  }

  private static Address address(String literal) {
    try {
      return Address.of(InetAddress.getByName(literal).getAddress());
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private String one(String... of) {
    return of[random.nextInt(of.length)];
  }
}
