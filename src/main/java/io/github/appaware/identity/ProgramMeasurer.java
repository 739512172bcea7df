package io.github.appaware.identity;

import io.github.appaware.event.Application;
import io.github.appaware.event.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Identifies running processes by the program that they execute, as the kernel tells it: a JVM by
 * its {@code java} launcher, a script by its interpreter, whose command line names the script but
 * is the process's own to change. The file is hashed once, as long as nothing about it changes.
 * Safe for all threads.
 */
public final class ProgramMeasurer {
  /** Different programs; the ones used longest ago make room. */
  private static final int MOST = 1_000;

  /** Guarded by itself. */
  private final Map<Stamp, Hash> hashes =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Stamp, Hash> eldest) {
          return size() > MOST;
        }
      };

  /**
   * What a process executes now. Takes as long as reading that file does, the first time.
   *
   * @param parent the label of the application that started it
   * @throws TargetException when the process is gone or can't be inspected
   */
  public Application measure(long pid, String parent) throws TargetException {
    ProcessSnapshot process = ProcessSnapshot.of(pid);
    Path executable = process.executable();
    String name = String.valueOf(executable.getFileName());
    List<String> command = process.command();
    Application measured =
        Application.builder()
            .file(name)
            .path(executable.toString())
            .sha256(hash(process.image()).sha256())
            .kind(Application.Kind.NATIVE)
            .jvm(JavaHome.of(executable).map(JavaHome::version).orElse(""))
            .user(process.user())
            .command(Secrets.hidden(command))
            .directory(process.directory().toString())
            .pid(pid)
            .parent(parent)
            .build();
    process.requireUnchanged();
    return measured;
  }

  /** Of the file that is open, whatever is at its path by now; none where it can't be read. */
  private Hash hash(Path image) {
    if (!Files.isReadable(image)) {
      return Hash.UNREADABLE;
    }
    try {
      Stamp stamp = Stamp.of(image);
      synchronized (hashes) {
        Hash known = hashes.get(stamp);
        if (known != null) {
          return known;
        }
      }
      ReadBudget budget = new ReadBudget(ReadBudget.WHILE_RUNNING);
      Hash made = Hash.of(() -> Hashes.sha256(image, budget));
      synchronized (hashes) {
        hashes.put(stamp, made);
      }
      return made;
    } catch (IOException e) {
      return Hash.UNREADABLE;
    }
  }
}
