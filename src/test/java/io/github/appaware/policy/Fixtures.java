package io.github.appaware.policy;

import io.github.appaware.event.Address;
import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Protocol;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.explain.RuleEvaluation;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.AddressLiteral;
import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.policy.model.Rule;
import io.github.appaware.policy.read.PolicyReader;
import java.time.Instant;
import java.util.List;

/** Short ways to write policies, applications and events. */
public final class Fixtures {
  public static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  public static final String HASH =
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
  public static final Application APP = app("demo-1.0.jar", "");

  private Fixtures() {}

  /** Reads one value. */
  @FunctionalInterface
  public interface Parser<T> {
    T parse(String text) throws MalformedValue;
  }

  /** The policy {@code p.toml} of these lines after a first line with the version. */
  public static Policy policy(String... lines) throws PolicyException {
    return PolicyReader.parse("p.toml", "version = 1\n" + String.join("\n", lines) + "\n");
  }

  /** The policy with one rule of these lines, whose default is to ask. */
  public static Policy rule(String... lines) throws PolicyException {
    return policy("[[rule]]", String.join("\n", lines));
  }

  public static Application app(String file, String sha256) {
    return Application.builder()
        .file(file)
        .path("/opt/" + file)
        .sha256(sha256)
        .kind(Application.Kind.JAR)
        .jvm("17")
        .user("me")
        .pid(1)
        .directory("/")
        .build();
  }

  public static Address address(String literal) {
    try {
      return Address.of(AddressLiteral.parse(literal));
    } catch (MalformedValue e) {
      throw new IllegalArgumentException(e);
    }
  }

  public static Event connect(String literal, int port, String... hosts) {
    return inet(EventKind.CONNECT, literal, port, hosts);
  }

  /** An event with one name, which was asked for, or with several known ones. */
  public static Event inet(EventKind kind, String literal, int port, String... hosts) {
    return named(new Event.Inet(kind, Protocol.TCP, address(literal), port), hosts);
  }

  public static Event udp(String literal, int port, String... hosts) {
    return named(new Event.Inet(EventKind.CONNECT, Protocol.UDP, address(literal), port), hosts);
  }

  private static Event named(Event.Inet event, String... hosts) {
    return hosts.length == 1 && !event.kind().isInbound()
        ? event.withHost(hosts[0])
        : event.withNames(List.of(hosts));
  }

  public static Event unix(String path) {
    return new Event.Unix(EventKind.CONNECT, path);
  }

  public static Event resolve(String host) {
    return new Event.Resolve(host, null);
  }

  public static Event reverse(String literal) {
    return new Event.Resolve(null, address(literal));
  }

  public static Action decide(Policy policy, Event event) {
    return policy.decide(APP, event, Origin.UNKNOWN, NOW).action();
  }

  /** Whether the rule of these lines, an allow rule unless they say otherwise, matches. */
  public static boolean matches(String lines, Event event) throws PolicyException {
    String action = lines.contains("action") ? "" : "action = \"allow\"\n";
    Rule rule = rule(action + lines).rules().get(0);
    return RuleEvaluation.matches(rule, APP, event, Origin.UNKNOWN, NOW);
  }
}
