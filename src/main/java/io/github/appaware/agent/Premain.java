package io.github.appaware.agent;

import io.github.appaware.bridge.Bridge;
import io.github.appaware.wire.PremainJar;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The agent's entry point, and its only class that the application's class loader loads; and the
 * loader of all others. It loads the classes of one jar, and otherwise only those of the JDK: the
 * application's class path and the jar's classes do not affect each other.
 *
 * <p>In a run it is the template of a {@link PremainJar}: the JVM loads it under a name of the
 * run's own, with the run's options as a constant. In an agent without a launcher it has this name,
 * and the options are its argument.
 *
 * <p>It must not load any other class of this project by name, hold state that matters, throw, or
 * return without the hooks in place.
 */
public final class Premain extends ClassLoader {
  private static final String OPTIONS = PremainJar.PLACEHOLDER;
  private static final String START = "io.github.appaware.agent.AgentStart";

  /** Written by the JVM's start-up thread only. */
  private static String startOptions;

  static {
    registerAsParallelCapable();
  }

  /** Stays open while the JVM runs, for classes that are loaded late. */
  private final ZipFile jar;

  /** A zip file instead of URLs: URL handling would load network classes before they are hooked. */
  Premain(File jar) throws IOException {
    super("appaware", ClassLoader.getPlatformClassLoader());
    this.jar = new ZipFile(jar);
  }

  /**
   * Called by the JVM before the application's main class is loaded; several times if both the
   * command line and the environment name the agent.
   *
   * @param argument the options of an agent without a launcher
   */
  @SuppressWarnings("unchecked")
  public static void premain(String argument, Instrumentation instrumentation) {
    boolean launched = OPTIONS.indexOf('\n') >= 0;
    String options = launched ? OPTIONS : String.valueOf(argument);
    if (startOptions != null && startOptions.equals(options)) {
      return;
    }
    startOptions = options;
    try {
      if (isIn()) {
        requireSame(options, instrumentation);
        return;
      }
      File jar =
          launched
              ? new File(OPTIONS.substring(OPTIONS.lastIndexOf('\n') + 1))
              : Path.of(Premain.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                  .toFile();
      ((BiConsumer<String, Instrumentation>)
              new Premain(jar).loadClass(START).getDeclaredConstructor().newInstance())
          .accept(options, instrumentation);
    } catch (Throwable failure) { // including errors: an unprotected application must not start
      abort("the agent can't start: " + failure);
    }
  }

  /** Whether an agent is in this JVM already: it has put a class into {@code java.base}. */
  private static boolean isIn() {
    try {
      return Class.forName(Bridge.WOVEN_NAME, false, null) != null;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Another premain class of the same run may have started the agent, but no other run may. */
  private static void requireSame(String options, Instrumentation instrumentation)
      throws ReflectiveOperationException {
    for (Class<?> each : instrumentation.getAllLoadedClasses()) {
      if (each.getName().equals(START)
          && (Boolean) each.getMethod("isOf", String.class).invoke(null, options)) {
        return;
      }
    }
    abort("this process belongs to another run of appaware: runs can't be nested");
  }

  private static void abort(String why) {
    try (FileOutputStream stderr = new FileOutputStream(FileDescriptor.err)) {
      stderr.write(("appaware: " + why + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // stderr is closed; the exit status still tells.
    } finally {
      Runtime.getRuntime().halt(125);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = read(name.replace('.', '/') + ".class");
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  @Override
  public InputStream getResourceAsStream(String name) {
    byte[] bytes = read(name);
    return bytes == null ? null : new ByteArrayInputStream(bytes);
  }

  private byte[] read(String name) {
    ZipEntry entry = jar.getEntry(name);
    if (entry == null) {
      return null;
    }
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("can't read " + name + " of " + jar.getName(), e);
    }
  }
}
