package io.github.appaware.convert;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.RuleKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Converts a folder of OpenSnitch rules, one JSON file each.
 *
 * <p>OpenSnitch (its {@code daemon/rule/loader.go}) tries the enabled rules in the order of their
 * names, compared as bytes. The first that matches and either denies or has precedence decides;
 * without one, any rule that allows. Here deny beats allow among rules of one priority, so rules
 * that deny and the ones with precedence after them share a priority, and the next rule that denies
 * begins a lower one. Rules that allow without precedence come last, with the lowest.
 */
public final class OpenSnitch {
  /** What a policy's {@code priority} can tell apart, from 0. */
  private static final int MOST_PRIORITIES = 1000;

  private static final Comparator<String> BY_BYTES =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private static final String NOT_JUDGED =
      "what OpenSnitch does not judge: listening, peers, Unix-domain sockets";

  private OpenSnitch() {}

  /**
   * Converts the rules of a folder, or one rule.
   *
   * @throws IOException if a file can't be read
   */
  public static void convert(Path folder, Conversion conversion) throws IOException {
    Map<String, Rule> rules = new TreeMap<>(BY_BYTES);
    for (Path file : files(folder)) {
      read(file, rules, conversion);
    }
    if (rules.isEmpty()) {
      conversion.lose(folder.toString(), "has no rules in it");
    }
    Map<String, Rule> active = new LinkedHashMap<>();
    for (Map.Entry<String, Rule> rule : rules.entrySet()) {
      if (isActive(rule.getValue(), conversion)) {
        active.put(rule.getKey(), rule.getValue());
      }
    }
    Map<String, Integer> priorities = priorities(active);
    for (Map.Entry<String, Rule> rule : active.entrySet()) {
      convert(rule.getValue(), priorities.get(rule.getKey()), conversion);
    }
    if (!active.isEmpty()) {
      List<String> events = List.of("bind", "listen", "accept", "receive");
      conversion.add(NOT_JUDGED, PolicyEntry.rule(Action.ALLOW).with(RuleKey.EVENT, events), "");
      conversion.add(NOT_JUDGED, PolicyEntry.rule(Action.ALLOW).with(RuleKey.PROTOCOL, "unix"), "");
    }
  }

  private record Rule(Path file, String name, Map<?, ?> fields) {
    String source() {
      return file + ": rule " + name;
    }

    String text(String field) {
      return JsonTree.text(fields, field);
    }

    /** OpenSnitch's two ways of denying differ in what the program sees. */
    boolean denies() {
      return text("action").equals("deny") || text("action").equals("reject");
    }

    boolean hasPrecedence() {
      return text("precedence").equals("true");
    }
  }

  private static Set<Path> files(Path folder) throws IOException {
    Set<Path> all = new TreeSet<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.json")) {
        files.forEach(all::add);
      }
    } else {
      all.add(folder);
    }
    return all;
  }

  /** Of several rules of one name OpenSnitch keeps the one that it reads last. */
  private static void read(Path file, Map<String, Rule> rules, Conversion conversion)
      throws IOException {
    try {
      Map<?, ?> fields = JsonTree.parse(SourceText.read(file));
      String given = JsonTree.text(fields, "name");
      String name = given.isEmpty() ? file.getFileName().toString() : given;
      Rule before = rules.put(name, new Rule(file, name, fields));
      if (before != null) {
        conversion.lose(before.file().toString(), "a later file has a rule of the same name");
      }
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String place =
          at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
      conversion.lose(file.toString(), "is not a JSON object" + place);
    }
  }

  /** Whether OpenSnitch goes by the rule; if not, or if this can't, that is noted. */
  private static boolean isActive(Rule rule, Conversion conversion) {
    String action = rule.text("action");
    String duration = rule.text("duration");
    if (!rule.text("enabled").equals("true")) {
      conversion.pass(rule.source(), "is disabled");
    } else if (!rule.denies() && !action.equals("allow")) {
      conversion.lose(rule.source(), "has an unknown action `" + action + "`");
    } else if (!duration.equals("always")) {
      conversion.lose(rule.source(), "is temporary: " + duration);
    } else {
      return true;
    }
    return false;
  }

  /** The priority of each rule; the lowest is 0. */
  private static Map<String, Integer> priorities(Map<String, Rule> rules) {
    Map<String, Integer> levels = new LinkedHashMap<>();
    int level = 0;
    boolean allowed = false;
    for (Map.Entry<String, Rule> each : rules.entrySet()) {
      Rule rule = each.getValue();
      if (rule.denies() && allowed) {
        level++;
        allowed = false;
      }
      boolean decides = rule.denies() || rule.hasPrecedence();
      allowed |= decides && !rule.denies();
      levels.put(each.getKey(), decides ? level : -1);
    }
    int last = level;
    levels.replaceAll((name, at) -> at < 0 ? 0 : last - at);
    return levels;
  }

  private static void convert(Rule rule, int priority, Conversion conversion) {
    if (!(rule.fields().get("operator") instanceof Map<?, ?> first)) {
      conversion.lose(rule.source(), "has no operator");
    } else if (priority > MOST_PRIORITIES) {
      conversion.lose(
          rule.source(), "rules that deny and rules with precedence alternate too often before it");
    } else {
      OpenSnitchOperator operator =
          new OpenSnitchOperator(rule.denies() ? Action.DENY : Action.ALLOW, priority);
      operator.add(first);
      operator.finish(rule.source(), rule.text("description"), conversion);
    }
  }
}
