package io.github.appaware.record;

import io.github.appaware.event.Origin;

/** The name of the code that caused an event, as reports, lists and learned rules have it. */
public final class LibraryNames {
  private LibraryNames() {}

  /**
   * The coordinates of the innermost code, else the file name of its jar or directory, else its
   * package; empty where it is not known. Hostile text.
   */
  public static String of(Origin origin) {
    Origin.Frame frame = origin.library();
    if (frame == null) {
      return "";
    }
    Origin.Source source = frame.source();
    if (!source.maven().isEmpty()) {
      return source.maven();
    }
    return source.file().isEmpty() ? frame.packageName() : source.file();
  }

  /** The same without a version, which may change from one build to the next. */
  public static String unversioned(Origin origin) {
    String name = of(origin);
    if (origin.library() == null || origin.library().source().maven().isEmpty()) {
      return name;
    }
    int version = name.indexOf(':', name.indexOf(':') + 1);
    return version < 0 ? name : name.substring(0, version);
  }
}
