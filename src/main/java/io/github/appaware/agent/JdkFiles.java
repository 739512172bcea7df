package io.github.appaware.agent;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;

/**
 * The files of this JDK that are native code or say which of it is loaded: where the program may
 * write them, as in a home directory, they are the JDK's only if they are older than the run. The
 * time is that of the last change of an inode, which no program can set.
 *
 * <p>A security manager of the program sees nothing of the look at them; where that was not
 * prepared, they count as changed.
 */
final class JdkFiles {
  private static final String STATE = "unix:ctime,fileKey,isSymbolicLink";
  private static final LinkOption[] FOLLOWED = {};
  private static final LinkOption[] NOT_FOLLOWED = {LinkOption.NOFOLLOW_LINKS};
  private static final String[] DIRECTORIES = {"bin", "lib", "lib/server"};

  /** What is in the directories; null unless a security manager may come. */
  private static volatile String[][] prepared;

  private final long since;
  private final Object home = key();

  /** What is known of a file. */
  private record State(long changed, Object key, boolean link) {}

  /** Of a run that began then, in milliseconds since 1970; before the application runs. */
  JdkFiles(long since) {
    this.since = since;
  }

  /** Before there is a security manager: what comes later changes the directory. */
  static void prepare() {
    String[][] all = new String[DIRECTORIES.length][];
    for (int i = 0; i < DIRECTORIES.length; i++) {
      all[i] = list(JdkHome.path().resolve(DIRECTORIES[i]));
    }
    prepared = all;
  }

  private static String[] list(Path directory) {
    return new File(directory.toString()).list();
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
    for (int i = 0; i < DIRECTORIES.length; i++) {
      Path directory = JdkHome.path().resolve(DIRECTORIES[i]);
      String[] files = prepared == null ? list(directory) : prepared[i];
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
      State state = state(JdkHome.path(), true);
      return state == null ? null : state.key;
    } catch (IOException | UnsupportedOperationException e) {
      return null;
    }
  }

  /** A link counts as well as what it leads to, if that exists. */
  private boolean isNew(Path file) {
    try {
      State own = state(file, false);
      if (own == null || own.changed > since) {
        return true;
      }
      State target = own.link ? state(file, true) : null;
      return target != null && target.changed > since;
    } catch (IOException e) {
      return true;
    } catch (UnsupportedOperationException e) {
      return false; // not Unix
    }
  }

  /** Null if there is no such file. */
  @SuppressWarnings("removal") // there is no manager on JDK 24 and later
  private static State state(Path file, boolean followed) throws IOException {
    if (System.getSecurityManager() != null && prepared != null) {
      Object[] known = BridgeCalls.file(file, followed);
      return known == null
          ? null
          : new State(((FileTime) known[0]).toMillis(), known[1], (Boolean) known[2]);
    }
    LinkOption[] options = followed ? FOLLOWED : NOT_FOLLOWED;
    try {
      Map<String, Object> known = Files.readAttributes(file, STATE, options);
      return new State(
          ((FileTime) known.get("ctime")).toMillis(),
          known.get("fileKey"),
          (Boolean) known.get("isSymbolicLink"));
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
