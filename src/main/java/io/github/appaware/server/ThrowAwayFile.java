package io.github.appaware.server;

import io.github.appaware.event.Application;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A program that the run made for itself, such as Surefire's {@code surefirebooter-2026....jar}: in
 * the next run its hash is another one, and often its name. Its name without the part that changes,
 * and the application that started it, stay the same.
 *
 * @param file a glob over its file name
 * @param parent the application that started it
 * @param kind what it is
 */
record ThrowAwayFile(String file, String parent, Application.Kind kind) {
  /** A time stamp, a process id with a counter, a UUID: not a version. */
  private static final Pattern CHANGING =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9]{7,}([_.-][0-9]+)*");

  /**
   * Of an application of the run; null if it is no such program.
   *
   * @param began when the run began
   */
  static ThrowAwayFile of(Application app, Instant began) {
    if (app.parent().isEmpty()
        || app.kind() == Application.Kind.NATIVE
        || !AnswerScopes.isLiteral(app.file())
        || !AnswerScopes.isLiteral(app.parent())) {
      return null;
    }
    String glob = CHANGING.matcher(app.file()).replaceAll("*");
    boolean isNamedAnew = app.kind() == Application.Kind.JAR && !glob.equals(app.file());
    return isNamedAnew || isMadeSince(app, began)
        ? new ThrowAwayFile(glob, app.parent(), app.kind())
        : null;
  }

  /** Whether a part of it was written during the run; on another machine that is not known. */
  private static boolean isMadeSince(Application app, Instant began) {
    if (!app.machine().isEmpty() || app.path().isEmpty()) {
      return false;
    }
    for (String each : app.path().split(File.pathSeparator, -1)) {
      try {
        if (!Files.getLastModifiedTime(Path.of(each)).toInstant().isBefore(began)) {
          return true;
        }
      } catch (IOException | InvalidPathException e) {
        // It is gone, or not a file: nothing is known of it.
      }
    }
    return false;
  }
}
