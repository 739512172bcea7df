package io.github.appaware.linux;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Processes as {@code /proc} shows them. Much of it is what processes say about themselves: it is
 * read up to a limit and never trusted to be well-formed. What is gone, or not this user's to see,
 * is empty; so is everything where there is no {@code /proc}.
 */
public final class ProcFs {
  private static final Path ROOT = Path.of("/proc");

  /** Of the files that the kernel writes; the real ones are below 2 KiB. */
  private static final int MOST_BYTES = 16 * 1024;

  /** Of a list of children. */
  private static final int MOST_LIST_BYTES = 1 << 20;

  /** Of a command line; the kernel allows 2 MiB and more. */
  private static final int MOST_ARGUMENT_BYTES = 256 * 1024;

  /** One byte a character, so that every file name survives being read and compared. */
  private static final Charset BYTES = StandardCharsets.ISO_8859_1;

  private static final List<String> RIGHTS = List.of("Uid:", "Gid:", "Groups:", "CapEff:");

  private final Path root;

  private ProcFs(Path root) {
    this.root = root;
  }

  /** The system's. */
  public static ProcFs ofSystem() {
    return new ProcFs(ROOT);
  }

  /** Another directory of that form. */
  public static ProcFs at(Path root) {
    return new ProcFs(root);
  }

  Path root() {
    return root;
  }

  /** Whether there is one. */
  public boolean isAvailable() {
    return Files.isReadable(root.resolve("self/stat"));
  }

  /** A process; empty when there is none of that number. */
  public Optional<ProcessInfo> process(long pid) {
    return read(pid, "stat", MOST_BYTES)
        .flatMap(stat -> ProcessInfo.parse(text(stat)))
        .filter(info -> info.pid() == pid);
  }

  /** What the threads of a process do; nothing when it is gone. */
  public ThreadActivity activity(long pid) {
    List<String> threads = new ArrayList<>();
    for (long thread : numbers(root.resolve(pid + "/task"))) {
      read(pid, "task/" + thread + "/status", MOST_BYTES).ifPresent(it -> threads.add(text(it)));
    }
    return threads.isEmpty() ? ThreadActivity.GONE : ThreadActivity.of(threads);
  }

  /** All that are visible. */
  public List<ProcessInfo> processes() {
    List<ProcessInfo> found = new ArrayList<>();
    for (long pid : numbers(root)) {
      process(pid).ifPresent(found::add);
    }
    return found;
  }

  /** Identifies a process's network namespace; empty where it is not visible. */
  public Optional<String> networkOf(long pid) {
    try {
      return Optional.of(Files.readSymbolicLink(root.resolve(pid + "/ns/net")).toString());
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** The real user of a process. */
  public OptionalLong user(long pid) {
    List<String> fields = status(pid, "Uid:");
    return fields.isEmpty() ? OptionalLong.empty() : Decimal.parse(fields.get(0));
  }

  /**
   * The numbers that a process has in its namespaces, from the one of this {@code /proc} to its
   * own: the number by which it knows itself is the last.
   */
  public List<Long> numbersOf(long pid) {
    List<Long> numbers = new ArrayList<>();
    for (String field : status(pid, "NSpid:")) {
      Decimal.parse(field).ifPresent(numbers::add);
    }
    return numbers;
  }

  /** The words of a line of {@code status}, in which the kernel escapes the process's name. */
  private List<String> status(long pid, String key) {
    String status = read(pid, "status", MOST_BYTES).map(ProcFs::text).orElse("");
    for (String line : status.split("\n", -1)) {
      if (line.startsWith(key)) {
        return List.of(line.substring(key.length()).trim().split("\\s+", -1));
      }
    }
    return List.of();
  }

  /** The process of a thread; empty when it is gone. */
  public OptionalLong processOf(long thread) {
    List<String> fields = status(thread, "Tgid:");
    return fields.isEmpty() ? OptionalLong.empty() : Decimal.parse(fields.get(0));
  }

  /**
   * The rights of a thread that decide about files and ports: users, groups and effective
   * capabilities, in a form to be compared; empty when it is gone.
   */
  public String credentials(long thread) {
    StringBuilder found = new StringBuilder();
    for (String line : text(thread, "status", MOST_BYTES).split("\n", -1)) {
      for (String key : RIGHTS) {
        found.append(line.startsWith(key) ? line + "\n" : "");
      }
    }
    return found.toString();
  }

  /** The effective capabilities of a thread, a bit for each; 0 when it is gone. */
  public long capabilities(long thread) {
    List<String> fields = status(thread, "CapEff:");
    try {
      return fields.isEmpty() ? 0 : Long.parseUnsignedLong(fields.get(0), 16);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** The file mask of a process; 077 when it is not visible. */
  public int mask(long pid) {
    List<String> fields = status(pid, "Umask:");
    try {
      return fields.isEmpty() ? 077 : Integer.parseInt(fields.get(0), 8);
    } catch (NumberFormatException e) {
      return 077;
    }
  }

  /** Whether a signal waits for a thread that it neither blocks nor ignores. */
  public boolean hasSignal(long thread) {
    long pending = signals(thread, "SigPnd:") | signals(thread, "ShdPnd:");
    return (pending & ~signals(thread, "SigBlk:") & ~signals(thread, "SigIgn:")) != 0;
  }

  private long signals(long thread, String key) {
    List<String> fields = status(thread, key);
    try {
      return fields.isEmpty() ? 0 : Long.parseUnsignedLong(fields.get(0), 16);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Whether two processes see the same files under the same absolute paths. */
  public boolean haveSameRoot(long pid, long other) {
    return sameLink(pid, other, "root") && sameLink(pid, other, "ns/mnt");
  }

  /** Whether the rights of two processes are those of the same user namespace. */
  public boolean haveSameUsers(long pid, long other) {
    return sameLink(pid, other, "ns/user");
  }

  private boolean sameLink(long pid, long other, String name) {
    try {
      return Files.readSymbolicLink(root.resolve(pid + "/" + name))
          .equals(Files.readSymbolicLink(root.resolve(other + "/" + name)));
    } catch (IOException | InvalidPathException e) {
      return false;
    }
  }

  /** The arguments, the program's name first; what a process says of itself. Cut when very long. */
  public List<String> commandLine(long pid) {
    byte[] bytes = read(pid, "cmdline", MOST_ARGUMENT_BYTES).orElse(new byte[0]);
    if (bytes.length == 0) {
      return List.of();
    }
    String text = new String(bytes, Charset.defaultCharset());
    return List.of(
        (text.endsWith("\0") ? text.substring(0, text.length() - 1) : text).split("\0", -1));
  }

  /** The file that a process executes, with {@code (deleted)} behind it when it is gone. */
  public Optional<Path> executable(long pid) {
    try {
      return Optional.of(Files.readSymbolicLink(root.resolve(pid + "/exe")));
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** The working directory of a process or thread. */
  public Optional<Path> directory(long pid) {
    try {
      return Optional.of(Files.readSymbolicLink(root.resolve(pid + "/cwd")));
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** What came of a process, parents before children. */
  public List<ProcessInfo> descendants(long pid) {
    return hasLists() ? byLists(pid) : byParents(pid);
  }

  /** Whether the kernel lists the children of each thread (CONFIG_PROC_CHILDREN). */
  private boolean hasLists() {
    return Files.exists(root.resolve("thread-self/children"));
  }

  private List<ProcessInfo> byLists(long pid) {
    List<ProcessInfo> found = new ArrayList<>();
    Set<Long> seen = new HashSet<>(Set.of(pid));
    Deque<Long> open = new ArrayDeque<>(List.of(pid));
    while (!open.isEmpty()) {
      for (long child : children(open.remove())) {
        ProcessInfo info = seen.add(child) ? process(child).orElse(null) : null;
        if (info != null) {
          found.add(info);
          open.add(child);
        }
      }
    }
    return found;
  }

  /** Costs a file for each thread, where the alternative is a file for each process. */
  private List<Long> children(long pid) {
    List<Long> children = new ArrayList<>();
    for (long thread : numbers(root.resolve(pid + "/task"))) {
      children.addAll(children(pid, thread));
    }
    return children;
  }

  private List<Long> children(long pid, long thread) {
    List<Long> children = new ArrayList<>();
    String list = text(pid, "task/" + thread + "/children", MOST_LIST_BYTES);
    for (String child : list.split(" ", -1)) {
      Decimal.parse(child).ifPresent(children::add);
    }
    return children;
  }

  /**
   * What a process adopted as a subreaper: the kernel makes orphans children of its first thread,
   * which in a JVM starts no processes itself. Where the kernel has no lists, all of its children.
   */
  public List<ProcessInfo> adopted(long pid) {
    List<ProcessInfo> found = new ArrayList<>();
    if (hasLists()) {
      for (long child : children(pid, pid)) {
        process(child).ifPresent(found::add);
      }
      return found;
    }
    for (ProcessInfo each : processes()) {
      if (each.parent() == pid) {
        found.add(each);
      }
    }
    return found;
  }

  private List<ProcessInfo> byParents(long pid) {
    Map<Long, List<ProcessInfo>> children = new HashMap<>();
    for (ProcessInfo each : processes()) {
      children.computeIfAbsent(each.parent(), parent -> new ArrayList<>()).add(each);
    }
    List<ProcessInfo> found = new ArrayList<>();
    Set<Long> seen = new HashSet<>(Set.of(pid));
    Deque<Long> open = new ArrayDeque<>(List.of(pid));
    while (!open.isEmpty()) {
      for (ProcessInfo child : children.getOrDefault(open.remove(), List.of())) {
        if (seen.add(child.pid())) {
          found.add(child);
          open.add(child.pid());
        }
      }
    }
    return found;
  }

  /** The directory's entries that are numbers: processes, or the descriptors of one. */
  static List<Long> numbers(Path directory) {
    List<Long> numbers = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        Decimal.parse(entry.getFileName().toString()).ifPresent(numbers::add);
      }
    } catch (IOException | DirectoryIteratorException e) {
      return numbers; // it ended meanwhile, or is another user's
    }
    return numbers;
  }

  /** A file of a process, a character for each byte, cut when it is long; empty when it is gone. */
  String text(long pid, String name, int most) {
    return read(pid, name, most).map(ProcFs::text).orElse("");
  }

  private Optional<byte[]> read(long pid, String name, int most) {
    try (InputStream in = Files.newInputStream(root.resolve(pid + "/" + name))) {
      return Optional.of(in.readNBytes(most));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, BYTES);
  }
}
