package io.github.appaware.learn;

import io.github.appaware.event.EventKind;
import io.github.appaware.event.Text;
import io.github.appaware.policy.edit.AnswerComment;
import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.RuleKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes the rules of far ends that are used alike. */
final class RuleWriter {
  private static final Comparator<String> BY_NUMBER =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  /**
   * This number of ports, all of them where systems choose, were chosen and will be others next
   * time: by the system, or by a library, as resolvers do so that no one can guess where answers
   * go.
   */
  private static final int CHOSEN = 2;

  private final Learner.Requester requester;
  private final Programs programs;
  private final Instant now;
  private final String user;
  private final String first;

  RuleWriter(
      Learner.Requester requester, Programs programs, Instant now, String user, String first) {
    this.requester = requester;
    this.programs = programs;
    this.now = now;
    this.user = user;
    this.first = first;
  }

  /**
   * What of an access is one value in a rule.
   *
   * @param local whether its ports are those of {@code local-port}
   */
  private record Way(String protocol, String peer, boolean local) {
    static Way of(Access access) {
      return new Way(access.protocol(), access.peer(), !access.localPort().isEmpty());
    }

    String port(Access access) {
      return local ? access.localPort() : access.port();
    }

    Access access(EventKind kind, String port) {
      return new Access(kind, protocol, local ? "" : port, local ? port : "", peer);
    }
  }

  /**
   * A rule, and what it is made of.
   *
   * @param accesses those that only it allows
   */
  record Rule(PolicyEntry entry, Set<Access> accesses) {}

  /** As few as can say it without saying more. */
  List<Rule> rules(FarEnd.Form form, List<FarEnd> ends, Set<Access> accesses) {
    boolean looksUp = accesses.contains(Access.resolving());
    Map<Way, Map<EventKind, TreeSet<String>>> ways = new LinkedHashMap<>();
    for (Access access : accesses) {
      if (access.kind() != EventKind.RESOLVE) {
        Way way = Way.of(access);
        ways.computeIfAbsent(way, none -> new TreeMap<>())
            .computeIfAbsent(access.kind(), none -> new TreeSet<>(BY_NUMBER))
            .add(way.port(access));
      }
    }
    List<Rule> rules = new ArrayList<>();
    boolean pending = looksUp;
    for (Map.Entry<Way, Map<EventKind, TreeSet<String>>> way : ways.entrySet()) {
      Map<TreeSet<String>, TreeSet<EventKind>> kinds = new LinkedHashMap<>();
      way.getValue()
          .forEach(
              (kind, ports) -> kinds.computeIfAbsent(ports, none -> new TreeSet<>()).add(kind));
      for (Map.Entry<TreeSet<String>, TreeSet<EventKind>> each : kinds.entrySet()) {
        TreeSet<EventKind> events = each.getValue();
        if (pending && events.stream().anyMatch(Learner::isOutbound)) {
          events.add(EventKind.RESOLVE);
          pending = false;
        }
        rules.add(
            new Rule(
                rule(form, ends, way.getKey(), events, each.getKey()),
                accesses(way.getKey(), events, each.getKey())));
      }
    }
    if (pending) {
      Set<EventKind> events = Set.of(EventKind.RESOLVE);
      PolicyEntry rule = rule(form, ends, new Way("", "", false), events, Set.of(""));
      rules.add(new Rule(rule, Set.of(Access.resolving())));
    }
    return rules;
  }

  private static Set<Access> accesses(Way way, Set<EventKind> events, Set<String> ports) {
    Set<Access> accesses = new TreeSet<>();
    for (EventKind kind : events) {
      for (String port : ports) {
        accesses.add(kind == EventKind.RESOLVE ? Access.resolving() : way.access(kind, port));
      }
    }
    return accesses;
  }

  private PolicyEntry rule(
      FarEnd.Form form, List<FarEnd> ends, Way way, Set<EventKind> events, Set<String> ports) {
    PolicyEntry rule =
        PolicyEntry.rule(Action.ALLOW)
            .with(RuleKey.APP, requester.program().id())
            .with(RuleKey.EVENT, events.stream().map(EventKind::label).toList());
    rule =
        one(
            rule,
            RuleKey.PARENT,
            requester.parent().isEmpty() ? "" : programs.parent(requester.parent()));
    List<String> names = ends.stream().map(FarEnd::text).toList();
    rule =
        switch (form) {
          case HOST -> rule.with(RuleKey.HOST, names);
          case ADDRESS -> rule.with(RuleKey.ADDRESS, names);
          case PATH -> rule.with(RuleKey.PATH, names);
          case UNKNOWN_TARGET -> rule.with(RuleKey.THROUGH, names);
          case UNNAMED -> rule;
        };
    if (!ports.contains("")) {
      boolean varies = way.local() || events.stream().allMatch(RuleWriter::isOfPortsThatVary);
      RuleKey key = way.local() ? RuleKey.LOCAL_PORT : RuleKey.PORT;
      rule = rule.with(key, List.copyOf(varies ? lasting(ports) : ports));
    }
    rule = one(rule, RuleKey.PROTOCOL, way.protocol());
    rule = one(rule, RuleKey.PEER, way.peer());
    return one(rule, RuleKey.ORIGIN, requester.origin());
  }

  /** A datagram may be an answer to a client at such a port. */
  private static boolean isOfPortsThatVary(EventKind kind) {
    return kind == EventKind.BIND || kind == EventKind.LISTEN || kind == EventKind.SEND;
  }

  /** What stays the same about ports. */
  private static Set<String> lasting(Set<String> ports) {
    Set<String> numbers = new TreeSet<>(ports);
    numbers.remove(Access.EPHEMERAL);
    if (numbers.size() < CHOSEN
        || numbers.stream().anyMatch(port -> Integer.parseInt(port) < Access.FIRST_EPHEMERAL)) {
      return ports;
    }
    Set<String> lasting = new TreeSet<>(ports);
    lasting.removeAll(numbers);
    lasting.add(Access.FIRST_EPHEMERAL + "-65535");
    return lasting;
  }

  /** The only own port, if it is one that a system or a library may have chosen. */
  private static Optional<String> chosenOnce(Set<Access> accesses) {
    Set<String> own = new TreeSet<>();
    for (Access each : accesses) {
      own.add(
          each.kind() == EventKind.BIND || each.kind() == EventKind.LISTEN
              ? each.port()
              : each.localPort());
    }
    own.removeAll(Set.of("", Access.EPHEMERAL));
    return own.stream()
        .filter(port -> own.size() < CHOSEN)
        .filter(port -> Integer.parseInt(port) >= Access.FIRST_EPHEMERAL)
        .findFirst();
  }

  private static PolicyEntry one(PolicyEntry rule, RuleKey key, String value) {
    return value.isEmpty() ? rule : rule.with(key, value);
  }

  /** How often, by whom first; and which of the far ends were first seen in a later record. */
  List<String> comment(
      Map<FarEnd, Map<Access, Seen>> all, List<FarEnd> ends, Set<Access> accesses) {
    long count = 0;
    Seen earliest = null;
    Map<String, List<String>> later = new LinkedHashMap<>();
    for (FarEnd end : ends) {
      Seen begin = null;
      for (Map.Entry<Access, Seen> each : all.get(end).entrySet()) {
        if (accesses.contains(each.getKey())) {
          count += each.getValue().count();
          begin = begin == null ? each.getValue() : begin;
        }
      }
      earliest = earliest == null ? begin : earliest;
      if (begin != null && !begin.source().equals(first)) {
        later.computeIfAbsent(begin.source(), none -> new ArrayList<>()).add(end.text());
      }
    }
    List<String> lines = new ArrayList<>();
    String what = count + (count == 1 ? " event" : " events") + " of " + earliest.cause();
    lines.add(new AnswerComment("learned", now, user, what).line());
    chosenOnce(accesses)
        .ifPresent(
            port ->
                lines.add(
                    "# own port "
                        + port
                        + " may be another one next time: learn from the records of two runs"));
    later.forEach(
        (source, names) ->
            lines.add(
                "# new since "
                    + Text.printable(first)
                    + ", in "
                    + Text.printable(source)
                    + ": "
                    + Text.printable(String.join(", ", names))));
    return lines;
  }
}
