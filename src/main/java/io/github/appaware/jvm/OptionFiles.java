package io.github.appaware.jvm;

import java.nio.file.Path;
import java.util.List;

/** What the launcher and the JVM read from the disk while they read their options. */
public interface OptionFiles {
  /**
   * The content of a file of options.
   *
   * @param name as in the option that names it
   * @param option that option, for the message
   * @throws OptionException when it can't be read
   */
  byte[] bytes(String name, String option) throws OptionException;

  /** Whether there is a file of this name. */
  boolean exists(String name);

  /**
   * The names of the files in a directory that a class path's {@code *} stands for, sorted; empty
   * when there is no such directory. The launcher takes them in the directory's own order, which
   * may change from day to day and would change the hash with it.
   */
  List<String> jars(String directory);

  /** The files as seen from a working directory. */
  static OptionFiles in(Path directory) {
    return new OptionFilesOnDisk(directory.toAbsolutePath());
  }
}
