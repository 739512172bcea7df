package io.github.appaware.target;

import java.beans.Expression;
import java.beans.XMLDecoder;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ProtocolFamily;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;

/**
 * Starts what each line that it reads says, or goes the way of the JDK to native code that it
 * names, and answers with a line. With arguments it is what such a child runs.
 */
public final class KidAttacks {
  /** Each finds the link at another moment. */
  private static final int FLIPS = 150;

  private KidAttacks() {}

  /** As an agent: its option is the witness's port. */
  public static void premain(String options, Instrumentation instrumentation) throws Exception {
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of(),
        Map.of("sun.nio.ch", Set.of(KidAttacks.class.getModule())),
        Set.of(),
        Map.of());
    connectPastTheHooks(Integer.parseInt(options));
  }

  /** The same before there is another agent. */
  public static void agentmain(String options, Instrumentation instrumentation) throws Exception {
    premain(System.getenv("WITNESS"), instrumentation);
  }

  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 0) {
      run(arguments);
      return;
    }
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(attempt(line.split("\t", -1)));
    }
  }

  private static void run(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "memory" -> System.out.println(new byte[Integer.MAX_VALUE].length);
      case "natives" -> connectPastTheHooks(Integer.parseInt(arguments[1]));
      case "connect" -> new Socket("127.0.0.1", Integer.parseInt(arguments[1])).close();
      case "start" -> {
        String[] command = Arrays.copyOfRange(arguments, 1, arguments.length);
        System.out.println(Kid.end(new ProcessBuilder(command).start()));
      }
      default -> System.out.println(arguments[0]);
    }
  }

  /** By the native methods, where the module is open. */
  private static void connectPastTheHooks(int port) throws Exception {
    Class<?> net = Class.forName("sun.nio.ch.Net");
    Method socket = net.getDeclaredMethod("socket", ProtocolFamily.class, boolean.class);
    socket.setAccessible(true);
    Method connect =
        net.getDeclaredMethod(
            "connect0", boolean.class, FileDescriptor.class, InetAddress.class, int.class);
    connect.setAccessible(true);
    Object descriptor = socket.invoke(null, StandardProtocolFamily.INET6, true);
    Object unused = connect.invoke(null, true, descriptor, InetAddress.getLoopbackAddress(), port);
  }

  private static String attempt(String[] words) throws InterruptedException {
    String[] rest = Arrays.copyOfRange(words, 1, words.length);
    try {
      return words[0].equals("java") ? Kid.start(rest) : go(words[0], rest);
    } catch (InvocationTargetException e) {
      return String.valueOf(e.getCause()).replace("\n", " | ");
    } catch (InterruptedException e) {
      throw e;
    } catch (Throwable e) {
      return e.toString().replace("\n", " | ");
    }
  }

  private static String go(String way, String[] words) throws Throwable {
    String word = words[0];
    switch (way) {
      case "start" -> {
        return Kid.end(new ProcessBuilder(words).redirectErrorStream(true).start());
      }
      case "in-directory" ->
          Kid.end(
              new ProcessBuilder(Arrays.copyOfRange(words, 1, words.length))
                  .directory(new File(word))
                  .start());
      case "exec-text" -> Kid.end(Runtime.getRuntime().exec(word));
      case "exec-with-variables" ->
          Kid.end(
              Runtime.getRuntime().exec(new String[] {words[1], "-version"}, new String[] {word}));
      case "decoder" -> decode(word);
      case "flipped-java" -> flip(Path.of(word), Path.of(words[1]));
      case "load-by-runtime" -> Runtime.getRuntime().load(word);
      case "load-by-handle" ->
          MethodHandles.lookup()
              .findStatic(System.class, "load", MethodType.methodType(void.class, String.class))
              .invoke(word);
      case "load-by-reflection" -> System.class.getMethod("load", String.class).invoke(null, word);
      case "load-by-expression" ->
          new Expression(System.class, "load", new Object[] {word}).execute();
      case "load-in-pool" -> ForkJoinPool.commonPool().submit(() -> System.load(word)).get();
      case "load-by-name" -> {
        System.setProperty("java.library.path", Path.of(word).getParent().toString());
        System.loadLibrary("../../../../.." + word);
      }
      case "load-by-link" -> {
        Path link = Path.of(word + ".link");
        Files.createSymbolicLink(link, Path.of(word));
        System.load(link.toString());
      }
      case "keystore" -> {
        Object unused =
            KeyStore.Builder.newInstance(
                    "PKCS11",
                    Security.getProvider("SunPKCS11").configure(configuration(word)),
                    new KeyStore.PasswordProtection(new char[0]))
                .getKeyStore();
      }
      case "provider-list" -> {
        Security.insertProviderAt(
            Security.getProvider("SunPKCS11").configure(configuration(word)), 1);
      }
      case "debugger" -> debug(word);
      case "shell-of-java" -> shell(word);
      default -> {
        return KidAttacksByOtherWays.go(way, word);
      }
    }
    return "done";
  }

  private static String configuration(String library) {
    return "--name=k" + Integer.toHexString(library.hashCode()) + "\nlibrary=" + library + "\n";
  }

  /** What a program gets that decodes a stranger's beans. */
  private static void decode(String program) {
    String text =
        """
        <java>
          <object class='java.lang.ProcessBuilder'>
            <array class='java.lang.String' length='1'>
              <void index='0'><string>%s</string></void>
            </array>
            <void method='start'/>
          </object>
        </java>
        """
            .formatted(program);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<Exception> failures = new ArrayList<>();
    try (XMLDecoder decoder =
        new XMLDecoder(new ByteArrayInputStream(bytes), null, failures::add, null)) {
      Object unused = decoder.readObject();
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException(failures.get(0).toString());
    }
  }

  /** A link that leads to the JDK's {@code java} and at the wrong moment to a script. */
  private static void flip(Path link, Path script) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Thread flipping =
        new Thread(
            () -> {
              try {
                for (int i = 0; !Thread.interrupted(); i++) {
                  Path next = link.resolveSibling("next");
                  Files.deleteIfExists(next);
                  Files.createSymbolicLink(next, i % 2 == 0 ? java : script);
                  Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
                }
              } catch (IOException e) {
                System.err.println("no more flips: " + e);
              }
            });
    Files.createSymbolicLink(link, java);
    flipping.setDaemon(true);
    flipping.start();
    String last = "";
    int denied = 0;
    for (int i = 0; i < FLIPS; i++) {
      try {
        Process process = new ProcessBuilder(link.toString(), "-Xbad").start();
        last = Kid.end(process);
      } catch (IOException e) {
        denied++;
        last = e.toString();
      }
    }
    flipping.interrupt();
    flipping.join();
    if (denied == 0) {
      throw new IllegalStateException("never denied, " + last);
    }
    throw new IOException("appaware: denied " + (denied > 0));
  }

  /** The debugger's interface starts a JVM with options of the program's choice. */
  private static void debug(String options) throws Exception {
    Object manager =
        Class.forName("com.sun.jdi.Bootstrap").getMethod("virtualMachineManager").invoke(null);
    Object connector =
        Class.forName("com.sun.jdi.VirtualMachineManager")
            .getMethod("defaultConnector")
            .invoke(manager);
    Class<?> type = Class.forName("com.sun.jdi.connect.LaunchingConnector");
    Map<?, ?> arguments =
        (Map<?, ?>)
            Class.forName("com.sun.jdi.connect.Connector")
                .getMethod("defaultArguments")
                .invoke(connector);
    Method set =
        Class.forName("com.sun.jdi.connect.Connector$Argument").getMethod("setValue", String.class);
    Object unused = set.invoke(arguments.get("options"), options);
    unused = set.invoke(arguments.get("main"), "NoSuchClass");
    unused = type.getMethod("launch", Map.class).invoke(connector, arguments);
  }

  /** So does the shell of Java. */
  private static void shell(String option) throws Exception {
    Class<?> shell = Class.forName("jdk.jshell.JShell");
    Class<?> builder = Class.forName("jdk.jshell.JShell$Builder");
    Object made = shell.getMethod("builder").invoke(null);
    made =
        builder
            .getMethod("remoteVMOptions", String[].class)
            .invoke(made, (Object) new String[] {option});
    shell.getMethod("close").invoke(builder.getMethod("build").invoke(made));
  }
}
