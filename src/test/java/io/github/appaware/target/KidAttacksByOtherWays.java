package io.github.appaware.target;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.management.ObjectName;

/** Further ways of {@link KidAttacks}: what changes meanwhile, and what the JDK's own tools do. */
final class KidAttacksByOtherWays {
  /** Each finds the variable at another moment. */
  private static final int STARTS = 150;

  private static final long PAUSE = TimeUnit.MICROSECONDS.toNanos(200);

  private KidAttacksByOtherWays() {}

  static String go(String way, String word) throws Exception {
    switch (way) {
      case "flipped-variable" -> flipVariable(word);
      case "dumped-classes" -> {
        return dumpClasses(word);
      }
      case "load-by-descriptor" -> loadByDescriptor(Path.of(word));
      case "attach-by-module" -> {
        return attachByModule(word);
      }
      default -> throw new IllegalArgumentException(way);
    }
    return "done";
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Children without and with a library that is preloaded, by the moment. */
  private static void flipVariable(String library) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(java(), "-fullversion").redirectErrorStream(true);
    Map<String, String> variables = builder.environment();
    Thread flipping =
        new Thread(
            () -> {
              while (!Thread.interrupted()) {
                variables.put("LD_PRELOAD", library);
                LockSupport.parkNanos(PAUSE);
                variables.remove("LD_PRELOAD");
                LockSupport.parkNanos(PAUSE);
              }
            });
    flipping.setDaemon(true);
    flipping.start();
    int denied = 0;
    for (int i = 0; i < STARTS; i++) {
      try {
        String unused = Kid.end(builder.start());
      } catch (IOException e) {
        denied += e.toString().contains("LD_PRELOAD") ? 1 : 0;
      } catch (RuntimeException e) {
        // The variables changed while they were copied.
      }
    }
    flipping.interrupt();
    flipping.join();
    if (denied == 0) {
      throw new IllegalStateException("never denied");
    }
    throw new IOException("appaware: denied " + denied + " times");
  }

  /** A command of the JVM that starts another one, with options of its own. */
  private static String dumpClasses(String file) throws Exception {
    Object said =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "vmCds",
                new Object[] {new String[] {"static_dump", file}},
                new String[] {String[].class.getName()});
    return String.valueOf(said).strip().replace("\n", " | ");
  }

  private static void loadByDescriptor(Path library) throws IOException {
    try (InputStream open = Files.newInputStream(library)) {
      System.load(descriptor(library, open).toString());
    }
  }

  private static Path descriptor(Path library, InputStream open) throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path each : all) {
        if (Files.exists(each) && Files.isSameFile(each, library)) {
          return each;
        }
      }
    }
    throw new IOException("not open: " + open);
  }

  /** The child that attaches to this JVM has no option that could be refused. */
  private static String attachByModule(String library) throws Exception {
    String self = Long.toString(ProcessHandle.current().pid());
    return Kid.end(
        new ProcessBuilder(
                java(), "-m", "jdk.jcmd/sun.tools.jcmd.JCmd", self, "JVMTI.agent_load", library)
            .redirectErrorStream(true)
            .start());
  }
}
