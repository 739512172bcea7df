package io.github.appaware.convert;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.appaware.policy.model.Action;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Converts a folder of OpenSnitch rules, one JSON file each. OpenSnitch goes through them by name;
 * the first that denies or has precedence ends the search, else the last that allows wins. That is
 * deny beating allow, and precedence being a priority, except for a rule that denies and comes
 * before one with precedence.
 */
public final class OpenSnitch {
  private OpenSnitch() {}

  /**
   * Converts the rules of a folder, or one rule.
   *
   * @throws IOException if a file can't be read
   */
  public static void convert(Path folder, Conversion conversion) throws IOException {
    Map<String, Rule> rules = new TreeMap<>();
    for (Path file : files(folder)) {
      read(file, rules, conversion);
    }
    boolean denied = false;
    for (Map.Entry<String, Rule> rule : rules.entrySet()) {
      denied |= convert(rule.getKey(), rule.getValue().fields(), denied, conversion);
    }
  }

  private record Rule(Path file, Map<?, ?> fields) {}

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
      Map<?, ?> fields = JsonTree.parse(Files.readString(file));
      String name = JsonTree.text(fields, "name");
      Rule before =
          rules.put(name.isEmpty() ? file.getFileName().toString() : name, new Rule(file, fields));
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

  /** Whether it is a rule that denies. */
  private static boolean convert(
      String name, Map<?, ?> rule, boolean deniedBefore, Conversion conversion) {
    String source = "rule " + name;
    String action = JsonTree.text(rule, "action");
    String duration = JsonTree.text(rule, "duration");
    boolean deny = action.equals("deny") || action.equals("reject");
    if (!JsonTree.text(rule, "enabled").equals("true")) {
      conversion.pass(source, "is disabled");
      return false;
    }
    if (!deny && !action.equals("allow")) {
      conversion.lose(source, "has an unknown action `" + action + "`");
      return false;
    }
    if (!duration.equals("always")) {
      conversion.lose(source, "is temporary: " + duration);
      return false;
    }
    boolean precedence = JsonTree.text(rule, "precedence").equals("true");
    OpenSnitchOperator operator =
        new OpenSnitchOperator(deny ? Action.DENY : Action.ALLOW, precedence ? 1 : 0);
    if (!(rule.get("operator") instanceof Map<?, ?> first)) {
      conversion.lose(source, "has no operator");
      return false;
    }
    operator.add(first);
    if (precedence && !deny && deniedBefore) {
      operator.remark("in OpenSnitch, rules that deny and come before it by name win");
    }
    operator.finish(source, JsonTree.text(rule, "description"), conversion);
    return deny;
  }
}
