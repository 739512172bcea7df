package io.github.appaware.identity;

import java.nio.file.Path;
import java.util.List;

/** What the {@code java} launcher reads of the disk while it reads its command line. */
public interface ArgFiles {
  /**
   * The text of an argument file.
   *
   * @param name as on the command line, without the {@code @}
   * @throws TargetException 125 when it can't be read
   */
  String text(String name) throws TargetException;

  /** Whether there is a file of this name. */
  boolean exists(String name);

  /**
   * The names of the files in a directory that a class path's {@code *} stands for, sorted; empty
   * when there is no such directory. The launcher takes them in the directory's own order, which
   * may change from day to day and would change the hash with it.
   */
  List<String> jars(String directory);

  /** The files as seen from a working directory. */
  static ArgFiles in(Path directory) {
    return new ArgFilesOnDisk(new TargetPaths(directory));
  }
}
