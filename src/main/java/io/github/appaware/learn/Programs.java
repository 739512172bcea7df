package io.github.appaware.learn;

import io.github.appaware.event.Application;
import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.model.AppKey;
import io.github.appaware.record.StableNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The applications of a learned policy, each with an id of its own. */
final class Programs {
  /** Leaves room for a number below the 64 characters of an id. */
  private static final int LONGEST_ID = 56;

  private final boolean pinned;
  private final Set<String> taken;
  private final Set<String> refused = new HashSet<>();
  private final Map<String, Program> byFile = new LinkedHashMap<>();

  /** The content that was seen of each. */
  private final Map<Program, Set<String>> hashes = new HashMap<>();

  /** What a rule's {@code parent} is compared with, by the label in the record. */
  private final Map<String, Program> byLabel = new HashMap<>();

  /**
   * One application.
   *
   * @param id in the policy
   * @param file the pattern of its file name
   * @param known whether the policy that is learned on top of has its {@code [[app]]}
   */
  record Program(String id, String file, boolean known) {
    boolean isThrowAway() {
      return file.indexOf('*') >= 0;
    }
  }

  /**
   * For one policy.
   *
   * @param pinned whether the content counts, too
   * @param taken ids that another part of the policy has
   */
  Programs(boolean pinned, Set<String> taken) {
    this.pinned = pinned;
    this.taken = new TreeSet<>(taken);
  }

  /**
   * The application; null where nothing tells it from others.
   *
   * @param label what the record calls it where it is a parent
   */
  Program of(Application app, String label) {
    if (app.file().isEmpty() || !FarEnd.isLiteral(app.file()) || app.file().indexOf('/') >= 0) {
      return null;
    }
    boolean known = !app.id().isEmpty() && taken.contains(app.id());
    String file = StableNames.of(app.file());
    String key = known ? "id " + app.id() : file;
    Program program = byFile.get(key);
    if (program == null) {
      if (refused.contains(file) || !isWritable(file)) {
        return null;
      }
      program = new Program(known ? app.id() : newId(file, app.kind()), file, known);
      byFile.put(key, program);
    }
    if (!app.sha256().isEmpty()) {
      hashes.computeIfAbsent(program, none -> new TreeSet<>()).add(app.sha256());
    }
    byLabel.putIfAbsent(label, program);
    return program;
  }

  private boolean isWritable(String file) {
    boolean writable = PolicyEntry.app("app").with(AppKey.FILE, file).check().isEmpty();
    if (!writable) {
      refused.add(file);
    }
    return writable;
  }

  /** {@code billing-1.2} of {@code billing-1.2.jar}, {@code Main} of {@code com.acme.Main}. */
  private String newId(String file, Application.Kind kind) {
    String name = file.replaceFirst("\\.(jar|war|java)$", "");
    if (kind == Application.Kind.CLASSPATH || kind == Application.Kind.MODULE) {
      name = name.substring(name.lastIndexOf('.') + 1);
    }
    String plain = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("-{2,}", "-");
    String trimmed = plain.replaceAll("^[.-]+|[.-]+$", "");
    String base = trimmed.isEmpty() ? "app" : trimmed;
    base = base.substring(0, Math.min(LONGEST_ID, base.length()));
    String id = base;
    for (int i = 2; !taken.add(id); i++) {
      id = base + "-" + i;
    }
    return id;
  }

  /** What the parent of this label will be called; once all entries were seen. */
  String parent(String label) {
    Program program = byLabel.get(label);
    return program == null ? StableNames.of(label) : program.id();
  }

  /** The {@code [[app]]} entries. */
  List<PolicyEntry> blocks() {
    List<PolicyEntry> blocks = new ArrayList<>();
    for (Program program : byFile.values()) {
      if (!program.known()) {
        PolicyEntry block = PolicyEntry.app(program.id()).with(AppKey.FILE, program.file());
        blocks.add(
            pinned && !program.isThrowAway()
                ? block.withAny(AppKey.SHA256, List.copyOf(hashes.getOrDefault(program, Set.of())))
                : block);
      }
    }
    return blocks;
  }
}
