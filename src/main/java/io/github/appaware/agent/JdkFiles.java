package io.github.appaware.agent;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * The files of this JDK that are native code or say which of it is loaded: where the program may
 * write them, as in a home directory, they are the JDK's only if they are older than the run. The
 * time is that of the last change of an inode, which no program can set.
 */
final class JdkFiles {
  private static final String CHANGED = "unix:ctime";

  private static final String[] DIRECTORIES = {"bin", "lib", "lib/server"};

  private final long since;
  private final Object home = key();

  /** Of a run that began then, in milliseconds since 1970; before the application runs. */
  JdkFiles(long since) {
    this.since = since;
  }

  /** Whether a library in this JDK is not what it was when the run began. */
  boolean isChanged(Path library) {
    Path directory = library.getParent();
    return isMoved() || isNew(library) || (directory != null && isNew(directory));
  }

  /** The same of all that a new JVM may load. */
  boolean areChanged() {
    if (isMoved()) {
      return true;
    }
    for (String name : DIRECTORIES) {
      Path directory = JdkHome.path().resolve(name);
      String[] files = new File(directory.toString()).list();
      if (files == null || isNew(directory)) {
        return true;
      }
      for (String file : files) {
        if (isNew(directory.resolve(file))) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether another directory has its place. */
  private boolean isMoved() {
    Object now = key();
    return isNew(JdkHome.path()) || (home == null ? now != null : !home.equals(now));
  }

  private static Object key() {
    try {
      return Files.readAttributes(JdkHome.path(), BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }

  /** A link counts as well as what it leads to, if that exists. */
  private boolean isNew(Path file) {
    try {
      return isLater(file, LinkOption.NOFOLLOW_LINKS)
          || (Files.isSymbolicLink(file) && Files.exists(file) && isLater(file));
    } catch (IOException e) {
      return true;
    } catch (UnsupportedOperationException e) {
      return false; // not Unix
    }
  }

  private boolean isLater(Path file, LinkOption... options) throws IOException {
    return ((FileTime) Files.getAttribute(file, CHANGED, options)).toMillis() > since;
  }
}
