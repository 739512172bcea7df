package io.github.appaware.convert;

import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.AppKey;
import io.github.appaware.policy.model.RuleKey;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The conditions of one OpenSnitch rule, which all must hold, as keys of a rule. */
final class OpenSnitchOperator {
  private static final String EVERY_IPV4 = "0.0.0.0/0";
  private static final String EVERY_IPV6 = "::/0";

  private final List<String> reasons = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private final Set<RuleKey> keys = EnumSet.noneOf(RuleKey.class);
  private PolicyEntry rule;
  private PolicyEntry app;
  private List<String> protocols = List.of();

  OpenSnitchOperator(Action action, int priority) {
    this.rule = PolicyEntry.rule(action).priority(priority);
  }

  void remark(String text) {
    remarks.add(text);
  }

  /** Adds one condition, or a list of them. */
  void add(Map<?, ?> operator) {
    String type = JsonTree.text(operator, "type");
    String operand = JsonTree.text(operator, "operand");
    String data = JsonTree.text(operator, "data");
    if (type.equals("list")) {
      if (operator.get("list") instanceof List<?> list && !list.isEmpty()) {
        list.forEach(each -> add((Map<?, ?>) each));
      } else {
        reasons.add("its list of conditions is empty, or of an old form");
      }
      return;
    }
    boolean regexp = type.equals("regexp");
    switch (operand) {
      case "true" -> {}
      case "dest.host" ->
          put(RuleKey.HOST, regexp ? Alternatives.hosts(data) : List.of(data), data);
      case "dest.ip" ->
          put(RuleKey.ADDRESS, regexp ? Alternatives.words(data) : List.of(data), data);
      case "dest.network" -> put(RuleKey.ADDRESS, List.of(data), data);
      case "dest.port" ->
          put(RuleKey.PORT, regexp ? Alternatives.words(data) : List.of(data), data);
      case "protocol" -> protocols(regexp ? Alternatives.words(data) : List.of(data), data);
      case "user.name" ->
          put(RuleKey.USER, regexp ? Alternatives.words(data) : List.of(data), data);
      case "process.path" -> program(regexp, data);
      case "lists.domains" -> put(RuleKey.HOST_LIST, files(data), data);
      default -> reasons.add("`" + operand + "` has no counterpart");
    }
  }

  private void put(RuleKey key, List<String> values, String data) {
    if (values.isEmpty()) {
      reasons.add("`" + data + "` is more than a list of plain values for `" + key.label() + "`");
    } else if (keys.contains(key)) {
      reasons.add("it has several conditions on `" + key.label() + "`, which all must hold");
    } else {
      keys.add(key);
      rule = rule.with(key, values);
    }
  }

  /** OpenSnitch's protocols name the address family too. */
  private void protocols(List<String> names, String data) {
    List<String> plain =
        names.stream()
            .map(name -> name.toLowerCase(Locale.ROOT).replaceFirst("6$", ""))
            .distinct()
            .toList();
    put(RuleKey.PROTOCOL, plain, data);
    protocols = names;
  }

  private void program(boolean regexp, String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (regexp) {
      reasons.add("an application is identified by its file name, not by a regular expression");
    } else if (name.equals("java")) {
      reasons.add(
          "every Java program is `"
              + path
              + "`: give the application itself an id with"
              + " `appaware identify`");
    } else {
      String id = name.replaceAll("[^A-Za-z0-9._-]", "-");
      app = PolicyEntry.app(id).with(AppKey.FILE, name);
      rule = rule.with(RuleKey.APP, id);
      remarks.add("an application is identified by its file name: `" + path + "` in any directory");
    }
  }

  /** All files of the folder, as OpenSnitch reads them. */
  private static List<String> files(String folder) {
    TreeSet<String> names = new TreeSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(folder))) {
      files.forEach(file -> names.add(file.toAbsolutePath().toString()));
    } catch (IOException e) {
      return List.of(); // the folder is on another machine, say
    }
    return List.copyOf(names);
  }

  void finish(String source, String description, Conversion conversion) {
    family();
    if (!reasons.isEmpty()) {
      conversion.lose(source, String.join("; ", reasons));
      return;
    }
    if (!keys.contains(RuleKey.HOST) && !keys.contains(RuleKey.HOST_LIST)) {
      rule = rule.with(RuleKey.EVENT, List.of("connect", "send"));
    }
    if (app != null) {
      conversion.app(source, app);
    }
    conversion.add(source, rule.note(description), String.join("; ", remarks));
  }

  private void family() {
    boolean six = protocols.stream().anyMatch(name -> name.endsWith("6"));
    boolean four = protocols.stream().anyMatch(name -> !name.endsWith("6"));
    if (six != four && !keys.contains(RuleKey.ADDRESS)) {
      rule = rule.with(RuleKey.ADDRESS, six ? EVERY_IPV6 : EVERY_IPV4);
    }
  }
}
