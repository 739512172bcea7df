package io.github.appaware.policy.model;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The keys of {@code [[rule]]}, in canonical order: what the rule says, which applications it is
 * for, which events it is about, and the rest. Reader, writer, explanation and command line take a
 * key's name, order and type from here.
 *
 * <p>A new key needs a constant here and a component in {@link Rule}; then the compiler names the
 * switches that lack it, {@code RuleKeyTest} asks for an example and tries the evaluation, and
 * {@code IndexedKeysTest} the engine's index.
 */
public enum RuleKey implements PolicyKey {
  ID("id", Type.TEXT, "ID", "Its id. Default: made of the others."),
  ACTION("action", Type.TEXT, "ACTION", "What it says: `allow`, `deny` or `ask`."),
  APP("app", Type.WORDS, "ID", "Applications that it is for. Default: all."),
  PARENT("parent", Type.TEXTS, "ID", "Applications that started the one it is for."),
  USER("user", Type.TEXTS, "NAME", "Users that it is for."),
  MACHINE(
      "machine", Type.WORDS, "NAME", "Machines that it is for: names, or globs like `build-*`."),
  GROUP("group", Type.WORDS, "ID", "Groups that it is for, which the policy defines."),
  EVENT(
      "event",
      Type.WORDS,
      "EVENT",
      "What is about to be done: `resolve`, `connect`, `bind`, `listen`, `send`, ..."),
  HOST("host", Type.WORDS, "NAME", "Names of the far end; `*.NAME` for all below one."),
  HOST_LIST("host-list", Type.TEXTS, "FILE", "A file with names of the far end."),
  ADDRESS(
      "address", Type.WORDS, "ADDRESS", "Addresses, networks, or named sets such as `private`."),
  PORT(
      "port",
      Type.PORTS,
      "PORT",
      "Ports, ranges like 8000-8099, or `ephemeral`: chosen by the system, asked for as 0."),
  LOCAL_PORT("local-port", Type.PORTS, "PORT", "Ports of the local end, as `port`."),
  PROTOCOL("protocol", Type.WORDS, "PROTOCOL", "`tcp`, `udp`, `sctp` or `unix`."),
  PATH("path", Type.TEXTS, "GLOB", "Paths of Unix-domain sockets."),
  PEER(
      "peer",
      Type.WORDS,
      "PEER",
      "The process at the other end of a loopback connection or Unix-domain socket: `run`,"
          + " `outside`, `user:NAME`, or its program's file name."),
  THROUGH(
      "through",
      Type.WORDS,
      "PROXY",
      "The proxy that a connect goes through: a name or an address, with or without a port, `any`,"
          + " or `unknown-target` for one through which the target can't be observed."),
  ORIGIN(
      "origin",
      Type.TEXTS,
      "ORIGIN",
      "Code inside the application: `maven:GROUP:ARTIFACT`, `jar:GLOB`, ..."),
  PRIORITY(
      "priority",
      Type.INTEGER,
      "N",
      "-1000 to 1000; of the rules that match, those with the highest count."),
  EXPIRES(
      "expires",
      Type.TIME,
      "TIME",
      "When it ends: 2027-01-01T00:00:00Z, or from now: 30d, 12h, 10m."),
  NOTE("note", Type.TEXT, "TEXT", "Your own words.");

  /** The type of a key's values. */
  public enum Type {
    /** One string. */
    TEXT,
    /** One string or several; each may have commas in it. */
    TEXTS,
    /** One string or several, none with a comma in it. */
    WORDS,
    /** As {@link #WORDS}, where integers are as good as strings. */
    PORTS,
    /** One integer. */
    INTEGER,
    /** One date and time. */
    TIME
  }

  private static final Map<String, RuleKey> BY_LABEL =
      Arrays.stream(values()).collect(Collectors.toMap(RuleKey::label, Function.identity()));

  private final String label;
  private final Type type;
  private final String placeholder;
  private final String help;

  RuleKey(String label, Type type, String placeholder, String help) {
    this.label = label;
    this.type = type;
    this.placeholder = placeholder;
    this.help = help;
  }

  @Override
  public String label() {
    return label;
  }

  /** Whether it limits which events the rule matches. */
  public boolean isCondition() {
    return switch (this) {
      case ID, ACTION, PRIORITY, EXPIRES, NOTE -> false;
      default -> true;
    };
  }

  public Type type() {
    return type;
  }

  /** What stands for a value in help texts: {@code PORT}. */
  public String placeholder() {
    return placeholder;
  }

  /** One line about the key, for help texts. */
  public String help() {
    return help;
  }

  /** The key that policies spell so. */
  public static Optional<RuleKey> of(String label) {
    return Optional.ofNullable(BY_LABEL.get(label));
  }
}
