package io.github.appaware.policy.read;

import io.github.appaware.policy.model.HostList;
import io.github.appaware.policy.model.HostLists;
import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.model.SourceFile;
import io.github.appaware.policy.model.UserText;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The files of one policy while it is being read: policies, what they include, host lists. */
final class SourceFiles {
  /** A limit for programs that generate includes. */
  private static final int MOST_FILES = 1000;

  private static final int DEEPEST = 16;

  /** Of a host list: three million names. */
  private static final int MOST_LIST_BYTES = 64 << 20;

  private static final String LEFT_OUT = "; left out";

  private static final String RELATIVE = "relative names start from the directory of ";

  private final Problems problems;
  private final Problems warnings;
  private final boolean readLists;
  private final HostLists lists;
  private final List<SourceFile> sources = new ArrayList<>();
  private final Set<Path> read = new HashSet<>();

  /** The names of texts that are in no file. */
  private final Set<String> stored = new HashSet<>();

  /** The files that are being read, the innermost last. */
  private final Deque<Path> open = new ArrayDeque<>();

  /**
   * None so far.
   *
   * @param warnings gets the lines of host lists that are left out
   * @param lists gets the host lists
   * @param readLists whether host lists are read; if not, each is taken for one without problems
   */
  SourceFiles(Problems problems, Problems warnings, HostLists lists, boolean readLists) {
    this.problems = problems;
    this.warnings = warnings;
    this.lists = lists;
    this.readLists = readLists;
  }

  /** All files that were read or looked for so far. */
  List<SourceFile> sources() {
    return sources;
  }

  HostLists lists() {
    return lists;
  }

  /**
   * Opens a policy that the user named, or that another includes. {@link #close} must follow.
   *
   * @return its text, or null if it was read before: what it says is there already
   */
  String open(Path file) throws MalformedValue {
    note(file);
    String text = FileText.read(file);
    Path real = real(file);
    if (open.contains(real)) {
      throw new MalformedValue("it includes itself", "");
    }
    if (open.size() > DEEPEST) {
      throw new MalformedValue("more than " + DEEPEST + " files include one another", "");
    }
    open.addLast(real);
    return read.add(real) ? text : null;
  }

  void close() {
    open.removeLast();
  }

  /** Notes a text that is in no file. */
  void store(String name) {
    stored.add(name);
  }

  /** Fails for a text that is in no file. */
  void mayName(String from) throws MalformedValue {
    if (stored.contains(from)) {
      throw new MalformedValue(
          "a stored policy can't name files", "keep what names files in a policy file");
    }
  }

  /** The path that a policy file means by a name. */
  static Path resolve(String name, String from) throws MalformedValue {
    if (name.isEmpty()) {
      throw new MalformedValue("the file name is empty", "");
    }
    try {
      return Path.of(from).resolveSibling(name);
    } catch (InvalidPathException e) {
      throw new MalformedValue(UserText.quoted(name) + " is not a file name", "");
    }
  }

  static MalformedValue unusable(String what, String name, MalformedValue why, String from) {
    return new MalformedValue(
        what + " " + UserText.quoted(name) + " can't be used: " + why.getMessage(),
        why.getMessage().equals(FileText.MISSING) ? RELATIVE + UserText.quoted(from) : why.help());
  }

  /** The host list that a policy file names. */
  HostList list(String name, String from) throws MalformedValue {
    mayName(from);
    Path file = resolve(name, from);
    try {
      return list(file);
    } catch (MalformedValue why) {
      throw unusable("the host list", name, why, from);
    }
  }

  private HostList list(Path file) throws MalformedValue {
    Path real = real(file);
    HostList known = lists.get(real);
    if (known != null) {
      return known;
    }
    if (!readLists) {
      return lists.begin(real, file.toString());
    }
    note(file);
    byte[] bytes = FileText.bytes(file, MOST_LIST_BYTES);
    HostList list = lists.begin(real, file.toString());
    Problems leftOut = new Problems();
    leftOut.begin(file.toString());
    problems.begin(file.toString());
    int before = problems.count();
    int lost = HostListReader.read(bytes, lists, list, leftOut, problems);
    if (list.size() > 0 && lost <= list.size()) {
      warnings.begin(file.toString());
      leftOut.sorted().forEach(line -> warnings.add(line.withMessage(line.message() + LEFT_OUT)));
    } else if (leftOut.count() > 0) {
      leftOut.sorted().forEach(problems::add); // a file of something else, an error page say
    } else if (problems.count() == before) {
      throw new MalformedValue("it has no name in it, so it matches nothing", "");
    }
    return list;
  }

  private void note(Path file) throws MalformedValue {
    if (sources.size() == MOST_FILES) {
      throw new MalformedValue("more than " + MOST_FILES + " files", "");
    }
    // Before it is read: a change that comes in between must be seen as one.
    sources.add(SourceFile.of(file));
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file.toAbsolutePath().normalize();
    }
  }
}
