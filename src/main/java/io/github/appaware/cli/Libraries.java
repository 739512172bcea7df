package io.github.appaware.cli;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The libraries that only a few commands need. They are in {@code lib/} beside the tool's jar, and
 * not named in its manifest, so that other commands never open them. The commands that need them
 * run in a class loader of their own, which loads the tool's classes again.
 */
final class Libraries {
  private Libraries() {}

  /** Whether this command line needs the libraries, and this class was loaded without them. */
  static boolean missing(String... arguments) {
    return isNeeded(List.of(arguments))
        && Libraries.class.getClassLoader() == ClassLoader.getSystemClassLoader()
        && Files.isDirectory(directory());
  }

  private static boolean isNeeded(List<String> words) {
    return words.indexOf("server") == 0
        || (words.indexOf("policy") == 0
            && words.indexOf("check") == 1
            && words.contains("--portable"));
  }

  /** Runs the program with the libraries; does not return, as the program exits. */
  static void run(String... arguments) {
    try {
      List<URL> urls = new ArrayList<>();
      urls.add(jar().toUri().toURL());
      try (DirectoryStream<Path> jars = Files.newDirectoryStream(directory(), "*.jar")) {
        for (Path each : jars) {
          urls.add(each.toUri().toURL());
        }
      }
      // Never closed: used until the program ends.
      ClassLoader loader =
          new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
      Thread.currentThread().setContextClassLoader(loader);
      loader
          .loadClass(Main.class.getName())
          .getMethod("main", String[].class)
          .invoke(null, (Object) arguments);
    } catch (IOException | ReflectiveOperationException e) {
      Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
      throw new IllegalStateException("the libraries can't be loaded: " + cause, cause);
    }
  }

  private static Path directory() {
    return jar().resolveSibling("lib");
  }

  /** The jar; a directory of classes when the program does not run from a jar. */
  static Path jar() {
    try {
      return Path.of(Libraries.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
