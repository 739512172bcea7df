package io.github.appaware.identity;

import java.nio.file.Path;
import java.util.List;

/** The files that the {@code java} launcher reads while it parses its command line. */
public interface ArgFiles {
  /**
   * The text of an argument file.
   *
   * @param name as on the command line, without the {@code @}
   * @throws TargetException 125 if it can't be read
   */
  String text(String name) throws TargetException;

  /** Whether there is a file of this name. */
  boolean exists(String name);

  /**
   * The names of the files in a directory that {@code *} in a class path stands for, sorted; empty
   * if there is no such directory. The launcher takes them in the directory's own order, which may
   * change at any time, and the hash with it.
   */
  List<String> jars(String directory);

  /** The files as seen from a working directory. */
  static ArgFiles in(Path directory) {
    return new ArgFilesOnDisk(new TargetPaths(directory));
  }
}
