package io.github.appaware.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Limits how much one measurement may read. A measured program chooses its class path: it may name
 * {@code /}, a sparse file of 2 TB, or directories that symbolic links multiply without end. Not
 * safe for use by multiple threads.
 */
final class ReadBudget {
  /**
   * The largest class paths in use, in data processing clusters and development environments, have
   * 2 GiB; SHA-256 of 16 GiB takes about a minute.
   */
  static final long MOST_BYTES = 16L << 30;

  /**
   * Files and directories, counted each time that they are reached. An application server has
   * 20,000; a list of 100,000 needs about 50 MB of the launcher's heap of 256 MB.
   */
  static final int MOST_FILES = 100_000;

  /** Characters of the names of all files, which are in memory twice. */
  static final int MOST_NAMES = 16 << 20;

  /** For a command to be started: a person waits, and can interrupt it. */
  static final Duration BEFORE_START = Duration.ofMinutes(2);

  /** For a running process, whose agent waits 30 s for the server and then ends the process. */
  static final Duration WHILE_RUNNING = Duration.ofSeconds(20);

  /** Types of file systems whose content the kernel generates when it is read. */
  private static final Set<String> PSEUDO =
      Set.of(
          "binfmt_misc",
          "bpf",
          "cgroup",
          "cgroup2",
          "configfs",
          "debugfs",
          "efivarfs",
          "fusectl",
          "mqueue",
          "nsfs",
          "proc",
          "pstore",
          "rpc_pipefs",
          "securityfs",
          "selinuxfs",
          "sysfs",
          "tracefs");

  private final LongSupplier nanoTime;
  private final Duration time;
  private final long deadline;
  private final long mostBytes;
  private final int mostFiles;
  private final Map<Object, String> fileSystems = new HashMap<>();
  private final Map<Path, Stamp> read = new LinkedHashMap<>();
  private long bytes;
  private int files;
  private int names;

  ReadBudget(Duration time) {
    this(time, MOST_BYTES, MOST_FILES, System::nanoTime);
  }

  ReadBudget(Duration time, long mostBytes, int mostFiles, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.time = time;
    this.deadline = nanoTime.getAsLong() + time.toNanos();
    this.mostBytes = mostBytes;
    this.mostFiles = mostFiles;
  }

  /** Counts a file or directory, and the characters of its name. */
  void countFile(String name) throws UnhashableException {
    if (++files > mostFiles) {
      throw new UnhashableException("there are more than " + mostFiles + " files");
    }
    requireTime();
    names += name.length();
    if (names > MOST_NAMES) {
      throw new UnhashableException(
          "the names of its files have more than " + MOST_NAMES + " characters");
    }
  }

  /** Makes sure that a file of this size may be read; it may still grow before it is read. */
  void requireBytes(long size) throws UnhashableException {
    if (size > mostBytes - bytes) {
      throw new UnhashableException("its files have more than " + text(mostBytes));
    }
  }

  /** Counts bytes read. */
  void countBytes(long count) throws UnhashableException {
    requireBytes(count);
    bytes += count;
    requireTime();
  }

  /** Remembers what a file was like when it was read. */
  void note(Path file, Stamp stamp) {
    read.put(file, stamp);
  }

  /** The files that were read. */
  Map<Path, Stamp> read() {
    return read;
  }

  private void requireTime() throws UnhashableException {
    if (nanoTime.getAsLong() - deadline > 0) {
      throw new UnhashableException(
          "reading its files took longer than " + time.toSeconds() + " s");
    }
  }

  /** Rejects a file or directory in a pseudo file system: reading it may block or never end. */
  void requireStored(Path file) throws UnhashableException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return;
    }
    Object device;
    try {
      device = Files.getAttribute(file, "unix:dev");
    } catch (IOException e) {
      return; // missing or not accessible: it can't be read either
    }
    String type = fileSystems.get(device);
    if (type == null) {
      type = type(file);
      fileSystems.put(device, type);
    }
    if (PSEUDO.contains(type)) {
      throw new UnhashableException(
          TargetException.quoted(file.toString()) + " is in a pseudo file system (" + type + ")");
    }
  }

  /** Empty for a device without a mount of its own: a subvolume, a file in memory. */
  private static String type(Path file) {
    try {
      return Files.getFileStore(file).type();
    } catch (IOException | SecurityException e) {
      return "";
    }
  }

  private static String text(long bytes) {
    long unit = 1L << 30;
    return bytes % unit == 0 ? bytes / unit + " GiB" : bytes + " bytes";
  }
}
