package io.github.appaware.identity;

import static io.github.appaware.identity.TargetException.quoted;

import io.github.appaware.jvm.JavaCommandLine;
import io.github.appaware.jvm.JavaCommandLine.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;

/**
 * Compares what was hashed with what a JVM has open when its agent reports. By then the JVM has
 * opened every jar of its class path, as it searched all of them for the agent's premain class.
 *
 * <p>What is opened later can change until then: the files in directories, modules, source files;
 * so can a jar that is rewritten in place after this.
 */
final class OpenedCode {
  /** What the start of a process and the clock of a file system may be apart. */
  private static final Duration PRECISION = Duration.ofMillis(30);

  private final Target target;
  private final long pid;

  OpenedCode(Target target, long pid) {
    this.target = target;
    this.pid = pid;
  }

  /**
   * Makes sure that it is the same.
   *
   * @param complete whether the options leave the class path as the command line has it
   * @throws TargetException that {@linkplain TargetException#isReplaced says so} when it is not
   */
  void require(boolean complete) throws TargetException {
    for (Map.Entry<Path, Stamp> file : target.files().entrySet()) {
      if (!file.getValue().equals(now(file.getKey()))) {
        throw replaced(file.getKey(), "was changed after it was hashed");
      }
    }
    OpenFiles open = OpenFiles.of(pid);
    if (!complete || !open.areKnown()) {
      return;
    }
    for (Path entry : classPath()) {
      Stamp stamp = target.files().get(entry);
      if (stamp != null && open.same(stamp).isEmpty() && !isOpenCopy(entry, open)) {
        throw replaced(entry, "is not the file of that name that process " + pid + " has open");
      }
    }
  }

  private static Stamp now(Path file) {
    try {
      return Stamp.of(file);
    } catch (IOException e) {
      return null;
    }
  }

  private List<Path> classPath() throws TargetException {
    List<Path> entries = new ArrayList<>();
    Optional<JavaCommandLine> line = target.line();
    if (line.isPresent()) {
      TargetPaths paths = new TargetPaths(Path.of(target.application().directory()));
      if (line.get().kind() == Kind.JAR) {
        entries.add(paths.absolute(line.get().main()));
      } else if (line.get().kind() == Kind.CLASSPATH) {
        for (String entry : line.get().classPath()) {
          entries.add(paths.absolute(entry));
        }
      }
    }
    return entries;
  }

  /** A file system may number its files anew; and what is no jar, the JVM does not keep open. */
  private static boolean isOpenCopy(Path entry, OpenFiles open) {
    ReadBudget budget = new ReadBudget(ReadBudget.WHILE_RUNNING);
    try {
      byte[] hashed = Hashes.digest(entry, budget);
      for (Path descriptor : open.named(entry.toRealPath())) {
        if (MessageDigest.isEqual(hashed, Hashes.digestOpen(descriptor, budget))) {
          return true;
        }
      }
    } catch (IOException e) {
      return false;
    }
    return !isJar(entry);
  }

  private static boolean isJar(Path file) {
    try (ZipFile jar = ZipFiles.open(file)) {
      return jar.size() >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  private TargetException replaced(Path file, String what) {
    return TargetException.replaced(
        quoted(file.toString()) + " " + what + ", so " + name() + " is not what was identified");
  }

  private String name() {
    return quoted(target.application().file());
  }

  /** A file that was changed when its process had begun: the JVM may have read it before. */
  Optional<Path> changedSince(Instant start) {
    Instant latest = start.plus(PRECISION);
    for (Map.Entry<Path, Stamp> file : target.files().entrySet()) {
      if (file.getValue().changed().toInstant().isAfter(latest)
          && !Files.isDirectory(file.getKey())) {
        return Optional.of(file.getKey());
      }
    }
    return Optional.empty();
  }
}
