package io.github.appaware.target;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.Provider;
import java.security.Security;
import javax.management.ObjectName;

/**
 * Has the JDK load a library by a path that begins in the JDK's own directory, and leads, by a link
 * that changes, to a library of the JDK or to another one of its name.
 */
final class LoadingAttacksByLinks {
  private static final int TRIES = 400;
  private static final String NAME = "libjaas.so";
  private static final Path JDK = Path.of(System.getProperty("java.home"), "lib");

  private LoadingAttacksByLinks() {}

  /** How often it failed because appaware denied it. */
  static String go(String way, String library) throws Exception {
    Path folder = Files.createDirectories(Path.of(library + ".links"));
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.copy(Path.of(library), other.resolve(NAME));
    Path link = Files.createSymbolicLink(folder.resolve("link"), JDK);
    String path = JDK + "/..".repeat(20) + link + "/" + NAME;
    Thread flipping = new Thread(() -> flip(link, other));
    flipping.setDaemon(true);
    flipping.start();
    int denied = 0;
    for (int i = 0; i < TRIES; i++) {
      try {
        load(way, path, i);
      } catch (Exception | UnsatisfiedLinkError e) {
        denied += isDenial(e) ? 1 : 0;
      }
    }
    flipping.interrupt();
    flipping.join();
    return denied == TRIES ? "denied" : "denied " + denied + " times";
  }

  private static boolean isDenial(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (String.valueOf(each.getMessage()).startsWith("appaware: blind library ")) {
        return true;
      }
    }
    return false;
  }

  private static void load(String way, String path, int number) throws Exception {
    switch (way) {
      case "pkcs11-by-link" -> {
        String configuration = "--name=l" + number + "\nlibrary=" + path + "\n";
        Provider unused = Security.getProvider("SunPKCS11").configure(configuration);
      }
      case "command-by-link" -> {
        Object unused =
            ManagementFactory.getPlatformMBeanServer()
                .invoke(
                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                    "jvmtiAgentLoad",
                    new Object[] {new String[] {path}},
                    new String[] {String[].class.getName()});
      }
      case "look-up-by-link" -> {
        Class<?> arena = Class.forName("java.lang.foreign.Arena");
        Method lookUp =
            Class.forName("java.lang.foreign.SymbolLookup")
                .getMethod("libraryLookup", String.class, arena);
        Object unused = lookUp.invoke(null, path, arena.getMethod("global").invoke(null));
      }
      default -> throw new IllegalArgumentException(way);
    }
  }

  private static void flip(Path link, Path other) {
    try {
      Path next = link.resolveSibling("next");
      for (int i = 0; !Thread.interrupted(); i++) {
        Files.deleteIfExists(next);
        Files.createSymbolicLink(next, i % 2 == 0 ? other : JDK);
        Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      System.err.println("no more flips: " + e);
    }
  }
}
