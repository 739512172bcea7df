package io.github.appaware.launch;

import io.github.appaware.identity.OpenFiles;
import io.github.appaware.identity.Stamp;
import io.github.appaware.linux.SystemCalls;
import io.github.appaware.linux.SystemCalls.SealedFile;
import io.github.appaware.wire.AgentOptions;
import io.github.appaware.wire.PremainJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What child JVMs load of the agent, in memory of the launcher that the kernel has sealed: a
 * hostile parent has the same user, so that it could change any file between the check and the
 * child's look, and put a class of the premain's name on the child's class path. The premain class
 * is found on the boot class path instead, before anything that the child's command names.
 *
 * <p>Where {@code --blind deny} holds: otherwise the parent can start what it likes anyway.
 */
final class SealedAgent {
  private final Path jar;
  private final Path classes;
  private final Stamp stamp;

  private SealedAgent(Path jar, Path classes, Stamp stamp) {
    this.jar = jar;
    this.classes = classes;
    this.stamp = stamp;
  }

  /** The options with the paths of these files, in place of those that were in them. */
  AgentOptions in(AgentOptions options) {
    return options.withChildren(jar.toString(), classes.toString());
  }

  /**
   * Makes the files.
   *
   * @param template the class file that a premain class is made of
   * @param options as the target's agent gets them
   */
  static SealedAgent make(SystemCalls calls, byte[] template, String id, AgentOptions options)
      throws IOException {
    SealedFile jar = calls.memory("appaware-premain.jar");
    SealedFile classes = calls.memory("appaware-premain-class.jar");
    jar.seal(PremainJar.makeManifest(id));
    AgentOptions sealed =
        options
            .withFiles(copy(calls, options.woven()), copy(calls, options.agent()))
            .withChildren(jar.path().toString(), classes.path().toString())
            .withOwn(jar.path().toString());
    classes.seal(PremainJar.makeClass(template, id, sealed));
    return new SealedAgent(jar.path(), classes.path(), Stamp.of(classes.path()));
  }

  private static String copy(SystemCalls calls, String file) throws IOException {
    Path path = Path.of(file);
    SealedFile copy = calls.memory(String.valueOf(path.getFileName()));
    copy.seal(Files.readAllBytes(path));
    return copy.path().toString();
  }

  /** Whether this is the jar that child JVMs are started with. */
  boolean isNamed(Path file) {
    return jar.equals(file);
  }

  /** Whether this option is one that child JVMs have for it. */
  boolean isOption(String option) {
    return option.equals(AgentOptions.bootClassPath(classes.toString()));
  }

  /** Whether a process has the premain class open: a JVM keeps its boot class path open. */
  boolean isOpen(long pid) {
    return OpenFiles.of(pid).holds(stamp);
  }
}
