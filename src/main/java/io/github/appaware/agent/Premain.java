package io.github.appaware.agent;

import io.github.appaware.bridge.Bridge;
import io.github.appaware.wire.PremainJar;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.AccessController;
import java.security.AllPermission;
import java.security.CodeSource;
import java.security.Permissions;
import java.security.PrivilegedAction;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
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
 *
 * <p>Its class file is longer than a doorway's should be for one reason: where the command line
 * sets a security manager, this class may do next to nothing, as it is the application's in the
 * eyes of the policy. It then has a class of the JDK that no one has used so far lend its lookup
 * ({@link #LENDER}), by which it defines a copy of itself there: that one has all permissions, and
 * starts the agent.
 */
public final class Premain extends ClassLoader {
  private static final String OPTIONS = PremainJar.PLACEHOLDER;
  private static final String START = "io.github.appaware.agent.AgentStart";

  /** A public class of the JDK that next to nothing uses, without a static initializer. */
  private static final String LENDER = "java/lang/instrument/UnmodifiableModuleException";

  /** The copy of this class, in the package of the lender. */
  private static final String COPY = "java/lang/instrument/AppawarePremain";

  /** The kinds of constants and the sizes of what follows: JVM specification, 4.4. */
  private static final int[] SIZES = {
    0, 0, 0, 4, 4, 8, 8, 2, 2, 4, 4, 4, 4, 0, 0, 3, 2, 4, 4, 2, 2
  };

  /** Those of the initializer: six for each of its four calls, and three of its own. */
  private static final int CONSTANTS = 27;

  private static final int UTF8 = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int CLASS = 7;
  private static final int METHOD = 10;
  private static final int INTERFACE_METHOD = 11;
  private static final int NAME_AND_TYPE = 12;

  /** Written by the JVM's start-up thread only. */
  private static String startOptions;

  static {
    registerAsParallelCapable();
  }

  /**
   * Of the agent's classes, which has all permissions whatever the application's policy says; null
   * on a JDK without security managers.
   */
  private final ProtectionDomain domain;

  /** Stays open while the JVM runs, for classes that are loaded late. */
  private final ZipFile jar;

  /** A zip file instead of URLs: URL handling would load network classes before they are hooked. */
  Premain(File jar) throws IOException {
    super("appaware", ClassLoader.getPlatformClassLoader());
    this.jar = new ZipFile(jar);
    domain = Runtime.version().feature() < Bridge.UNMANAGED ? domain() : null;
  }

  private static ProtectionDomain domain() {
    Permissions all = new Permissions();
    all.add(new AllPermission());
    return new ProtectionDomain(new CodeSource(null, (Certificate[]) null), all);
  }

  /**
   * Called by the JVM before the application's main class is loaded; several times if both the
   * command line and the environment name the agent.
   *
   * @param argument the options of an agent without a launcher
   */
  public static void premain(String argument, Instrumentation instrumentation) {
    try {
      begin(argument, instrumentation);
    } catch (Throwable failure) { // including errors: an unprotected application must not start
      abort("the agent can't start: " + failure);
    }
  }

  @SuppressWarnings("removal") // there is no manager on JDK 24 and later
  private static void begin(String argument, Instrumentation instrumentation) throws Exception {
    boolean launched = OPTIONS.indexOf('\n') >= 0;
    boolean copied = COPY.equals(Premain.class.getName().replace('.', '/'));
    int end = copied ? argument.indexOf('\n') : -1;
    String options =
        copied ? argument.substring(end + 1) : launched ? OPTIONS : String.valueOf(argument);
    if (startOptions != null && startOptions.equals(options)) {
      return;
    }
    startOptions = options;
    String named =
        copied
            ? argument.substring(0, end)
            : launched ? OPTIONS.substring(OPTIONS.lastIndexOf('\n') + 1) : null;
    if (launched && !copied && Premain.class.getClassLoader() == null) {
      openClassPath();
    }
    if (copied) {
      Void unused =
          AccessController.doPrivileged(
              (PrivilegedAction<Void>)
                  () -> {
                    start(new File(named), options, instrumentation);
                    return null;
                  });
    } else if (System.getSecurityManager() != null && Premain.class.getClassLoader() != null) {
      String jar = named != null ? named : ownJar();
      copy(instrumentation)
          .getMethod("premain", String.class, Instrumentation.class)
          .invoke(null, jar + "\n" + options, instrumentation);
    } else {
      File jar =
          named != null
              ? new File(named)
              : Path.of(Premain.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                  .toFile();
      start(jar, options, instrumentation);
    }
  }

  /**
   * Has the application's class loader open all of its class path, as the search for this class
   * does where it is behind that: what is open by the time of the agent's report is what the
   * launcher measures.
   */
  private static void openClassPath() {
    try {
      Class<?> unused =
          Class.forName(
              Premain.class.getName() + "None", false, ClassLoader.getSystemClassLoader());
    } catch (ClassNotFoundException e) {
      return; // as expected
    }
  }

  @SuppressWarnings("unchecked")
  private static void start(File jar, String options, Instrumentation instrumentation) {
    try {
      if (isIn()) {
        requireSame(options, instrumentation);
        return;
      }
      ((BiConsumer<String, Instrumentation>)
              new Premain(jar).loadClass(START).getDeclaredConstructor().newInstance())
          .accept(options, instrumentation);
    } catch (Throwable failure) { // as above; and here it may say so
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

  /** Says why: by {@code System.err} where a manager forbids the file descriptor. */
  private static void abort(String why) {
    String line = "appaware: " + why + "\n";
    try (FileOutputStream stderr = new FileOutputStream(FileDescriptor.err)) {
      stderr.write(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // stderr is closed; the exit status still tells.
    } catch (SecurityException e) {
      System.err.print(line);
    } finally {
      Runtime.getRuntime().halt(125); // or throws, and the JVM aborts
    }
  }

  /** Where this class came from, as it may know without permissions: its own file is open to it. */
  private static String ownJar() throws Exception {
    String file = "/" + Premain.class.getName().replace('.', '/') + ".class";
    String place = Premain.class.getResource(file).getPath();
    return Path.of(new URI(place.substring(0, place.length() - file.length() - 1))).toString();
  }

  /** The copy that has all permissions; of another premain class of the run, if there is one. */
  private static Class<?> copy(Instrumentation instrumentation) throws Exception {
    try {
      return Class.forName(COPY.replace('/', '.'));
    } catch (ClassNotFoundException e) {
      String name = Premain.class.getName().replace('.', '/');
      byte[] bytes;
      try (InputStream in = Premain.class.getResourceAsStream("/" + name + ".class")) {
        bytes = patched(in.readAllBytes(), name, false);
      }
      return lookUp(instrumentation).defineClass(bytes);
    }
  }

  /** The lookup of {@link #LENDER}, which has the current thread's handler accept it, once. */
  @SuppressWarnings("unchecked")
  private static MethodHandles.Lookup lookUp(Instrumentation instrumentation)
      throws ClassNotFoundException {
    Object[] lent = new Object[1];
    InvocationHandler receive =
        (proxy, method, arguments) -> {
          if (method.getDeclaringClass() == Consumer.class) {
            lent[0] = arguments[0];
          }
          return method.getName().equals("transform") && LENDER.equals(arguments[2])
              ? patched((byte[]) arguments[5], "", true)
              : null;
        };
    Object receiver =
        Proxy.newProxyInstance(
            Premain.class.getClassLoader(),
            new Class<?>[] {
              ClassFileTransformer.class, Thread.UncaughtExceptionHandler.class, Consumer.class
            },
            receive);
    instrumentation.addTransformer((ClassFileTransformer) receiver);
    Thread.currentThread().setUncaughtExceptionHandler((Thread.UncaughtExceptionHandler) receiver);
    try {
      Class<?> unused = Class.forName(LENDER.replace('/', '.'));
    } finally {
      Thread.currentThread().setUncaughtExceptionHandler(null);
      boolean unused = instrumentation.removeTransformer((ClassFileTransformer) receiver);
    }
    if (lent[0] == null) {
      throw new IllegalStateException(
          LENDER + " is in use: with a security manager, this agent must be the first one");
    }
    return (MethodHandles.Lookup) lent[0];
  }

  /**
   * A class file with {@link #COPY} as its name in place of this one, or with a static initializer:
   * {@code ((Consumer) Thread.currentThread().getUncaughtExceptionHandler())
   * .accept(MethodHandles.lookup());}.
   */
  private static byte[] patched(byte[] file, String name, boolean initialized) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(file.length + 1_000);
    DataOutputStream out = new DataOutputStream(bytes);
    int count = unsigned(file, 8);
    out.write(file, 0, 8);
    out.writeShort(initialized ? count + CONSTANTS : count);
    int at = 10;
    for (int i = 1; i < count; i++) {
      int tag = file[at];
      int size = tag == UTF8 ? 2 + unsigned(file, at + 1) : SIZES[tag];
      if (tag == UTF8 && new String(file, at + 3, size - 2, StandardCharsets.UTF_8).equals(name)) {
        out.writeByte(UTF8);
        out.writeUTF(COPY);
      } else {
        out.write(file, at, 1 + size);
      }
      at += 1 + size;
      i += tag == LONG || tag == DOUBLE ? 1 : 0; // they count twice
    }
    if (initialized) {
      int methods = methods(file, at);
      writeMethod(out, count, METHOD, "java/lang/Thread", "currentThread", "()Ljava/lang/Thread;");
      writeMethod(
          out,
          count + 6,
          METHOD,
          "java/lang/Thread",
          "getUncaughtExceptionHandler",
          "()Ljava/lang/Thread$UncaughtExceptionHandler;");
      writeMethod(
          out,
          count + 12,
          INTERFACE_METHOD,
          "java/util/function/Consumer",
          "accept",
          "(Ljava/lang/Object;)V");
      writeMethod(
          out,
          count + 18,
          METHOD,
          "java/lang/invoke/MethodHandles",
          "lookup",
          "()Ljava/lang/invoke/MethodHandles$Lookup;");
      for (String text : new String[] {"Code", "<clinit>", "()V"}) {
        out.writeByte(UTF8);
        out.writeUTF(text);
      }
      out.write(file, at, methods - at);
      out.writeShort(unsigned(file, methods) + 1);
      writeInitializer(out, count);
      at = methods + 2;
    }
    out.write(file, at, file.length - at);
    return bytes.toByteArray();
  }

  /** Where the number of methods is: behind names, interfaces and fields. */
  private static int methods(byte[] file, int names) {
    int at = names + 6;
    at += 2 + 2 * unsigned(file, at);
    int fields = unsigned(file, at);
    at += 2;
    for (int i = 0; i < fields; i++) {
      int attributes = unsigned(file, at + 6);
      at += 8;
      for (int j = 0; j < attributes; j++) {
        at += 6 + (unsigned(file, at + 2) << 16 | unsigned(file, at + 4));
      }
    }
    return at;
  }

  private static int unsigned(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  /** The six constants of a method that is called; the last is the method's own. */
  private static void writeMethod(
      DataOutputStream out, int first, int kind, String type, String name, String descriptor)
      throws IOException {
    for (String text : new String[] {type, name, descriptor}) {
      out.writeByte(UTF8);
      out.writeUTF(text);
    }
    out.writeByte(CLASS);
    out.writeShort(first);
    out.writeByte(NAME_AND_TYPE);
    out.writeShort(first + 1);
    out.writeShort(first + 2);
    out.writeByte(kind);
    out.writeShort(first + 3);
    out.writeShort(first + 4);
  }

  /** The method; its constants begin with this one. */
  private static void writeInitializer(DataOutputStream out, int first) throws IOException {
    out.writeShort(0x0008); // static
    out.writeShort(first + 25);
    out.writeShort(first + 26);
    out.writeShort(1); // attribute
    out.writeShort(first + 24);
    out.writeInt(30);
    out.writeShort(2); // stack
    out.writeShort(0); // variables
    out.writeInt(18);
    out.writeByte(0xb8); // invokestatic
    out.writeShort(first + 5);
    out.writeByte(0xb6); // invokevirtual
    out.writeShort(first + 11);
    out.writeByte(0xc0); // checkcast
    out.writeShort(first + 15);
    out.writeByte(0xb8);
    out.writeShort(first + 23);
    out.writeByte(0xb9); // invokeinterface, of two words
    out.writeShort(first + 17);
    out.writeShort(0x0200);
    out.writeByte(0xb1); // return
    out.writeShort(0); // exceptions
    out.writeShort(0); // attributes
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = read(name.replace('.', '/') + ".class");
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length, domain);
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
    byte[] bytes = new byte[(int) entry.getSize()]; // readAllBytes would take 16 kB for each class
    try (InputStream in = jar.getInputStream(entry)) {
      if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
        throw new EOFException(name + " is cut off");
      }
      return bytes;
    } catch (IOException e) {
      throw new IllegalStateException("can't read " + name + " of " + jar.getName(), e);
    }
  }
}
