package io.github.appaware.target;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import javax.management.MBeanServer;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Loads native code and agents by the ways that its arguments name, and prints one line for each.
 * It is an agent too.
 */
public final class LoadingAttacks {
  private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";
  private static final String[] TEXTS = {String[].class.getName()};

  private LoadingAttacks() {}

  public static void agentmain(String options, Instrumentation instrumentation) {
    System.setProperty("agent.started", "yes");
  }

  /** Each argument is one way, words with blanks between them. */
  public static void main(String[] arguments) {
    for (String way : arguments) {
      System.out.println(attempt(way.split(" ")));
    }
  }

  private static String attempt(String[] words) {
    try {
      return words[0] + ": " + go(words[0], words[1]);
    } catch (InvocationTargetException | RuntimeMBeanException e) {
      return words[0] + ": " + e.getCause();
    } catch (Throwable e) {
      return words[0] + ": " + e;
    }
  }

  private static Object go(String way, String file) throws Throwable {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    switch (way) {
      case "command" -> command(server, "jvmtiAgentLoad", file);
      case "agent" -> {
        System.clearProperty("agent.started");
        command(server, "jvmtiAgentLoad", file);
        return System.getProperty("agent.started", "not started");
      }
      case "second-line" -> command(server, "gcClassHistogram", "-all\nJVMTI.agent_load " + file);
      case "indented-line" -> command(server, "help", "help\n \t JVMTI.agent_load\t" + file);
      case "management" -> overManagement(server, file);
      case "by-reflection" ->
          MBeanServer.class
              .getMethod("invoke", ObjectName.class, String.class, Object[].class, String[].class)
              .invoke(server, new ObjectName(COMMANDS), "jvmtiAgentLoad", arguments(file), TEXTS);
      case "by-handle" -> byHandle(server, file);
      case "pkcs11" -> pkcs11("--name=a\nlibrary=" + file + "\n");
      case "pkcs11-file" ->
          pkcs11(
              Files.writeString(Path.of(file + ".cfg"), "name = b\nlibrary = " + file + "\n")
                  .toString());
      case "pkcs11-nss" -> {
        Path folder = Files.createDirectories(Path.of(file + ".nss"));
        Files.copy(Path.of(file), folder.resolve("libnss3.so"));
        pkcs11("--name=c\nnssLibraryDirectory=" + folder + "\nnssDbMode=noDb\n");
      }
      case "smartcard" -> {
        System.setProperty("sun.security.smartcardio.library", file);
        Object unused =
            Class.forName("javax.smartcardio.TerminalFactory")
                .getMethod("getInstance", String.class, Object.class)
                .invoke(null, "PC/SC", null);
      }
      case "kerberos" -> {
        System.setProperty("sun.security.jgss.native", "true");
        System.setProperty("sun.security.jgss.lib", file);
        Class<?> manager = Class.forName("org.ietf.jgss.GSSManager");
        Object unused =
            manager.getMethod("getMechs").invoke(manager.getMethod("getInstance").invoke(null));
      }
      case "pkcs11-by-link", "command-by-link", "look-up-by-link" -> {
        return LoadingAttacksByLinks.go(way, file);
      }
      case "load" -> System.load(file);
      case "own-loader" -> new OwnLoader(file).load();
      case "namesake" -> namesake(file);
      case "beside-the-jdk" ->
          System.load(System.getProperty("java.home") + "/lib/../../../../.." + file);
      case "property" -> {
        System.setProperty("java.home", Path.of(file).getParent().toString());
        System.load(file);
      }
      case "proxies" -> {
        System.setProperty("java.net.useSystemProxies", "true");
        return ProxySelector.getDefault().select(URI.create("http://host.example/"));
      }
      case "printers" -> {
        Object services =
            Class.forName("javax.print.PrintServiceLookup")
                .getMethod(
                    "lookupPrintServices",
                    Class.forName("javax.print.DocFlavor"),
                    Class.forName("javax.print.attribute.AttributeSet"))
                .invoke(null, null, null);
        return services.getClass().getSimpleName();
      }
      case "sound" -> {
        Object mixers =
            Class.forName("javax.sound.sampled.AudioSystem").getMethod("getMixerInfo").invoke(null);
        return mixers.getClass().getSimpleName();
      }
      case "signal" -> signal(file);
      case "socket" -> {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
          channel.connect(UnixDomainSocketAddress.of(file));
        }
      }
      case "pipeline" ->
          ProcessBuilder.startPipeline(List.of(new ProcessBuilder(file), new ProcessBuilder(file)))
              .get(0)
              .waitFor();
      case "runtime" -> Runtime.getRuntime().exec(new String[] {file}).waitFor();
      case "bean" ->
          new java.beans.Expression(
                  Runtime.getRuntime(), "exec", new Object[] {new String[] {file}})
              .execute();
      default -> throw new IllegalArgumentException(way);
    }
    return "done";
  }

  private static Object[] arguments(String... words) {
    return new Object[] {words};
  }

  private static void command(MBeanServerConnection server, String command, String word)
      throws Exception {
    Object unused =
        server.invoke(new ObjectName(COMMANDS), command, arguments(word.split(" (?!J)", 2)), TEXTS);
  }

  @SuppressWarnings("BanJNDI") // the server is this program's own
  private static void overManagement(MBeanServer server, String file) throws Exception {
    String host = InetAddress.getLoopbackAddress().getHostAddress();
    System.setProperty("java.rmi.server.hostname", host);
    JMXConnectorServer remote =
        JMXConnectorServerFactory.newJMXConnectorServer(
            new JMXServiceURL("rmi", host, 0), null, server);
    remote.start();
    try (JMXConnector client = JMXConnectorFactory.connect(remote.getAddress())) {
      command(client.getMBeanServerConnection(), "jvmtiAgentLoad", file);
    } finally {
      remote.stop();
    }
  }

  private static void byHandle(MBeanServer server, String file) throws Throwable {
    MethodHandle invoke =
        MethodHandles.lookup()
            .findVirtual(
                MBeanServer.class,
                "invoke",
                MethodType.methodType(
                    Object.class, ObjectName.class, String.class, Object[].class, String[].class));
    Object unused =
        invoke.invoke(server, new ObjectName(COMMANDS), "jvmtiAgentLoad", arguments(file), TEXTS);
  }

  private static void pkcs11(String configuration) {
    Provider unused = Security.getProvider("SunPKCS11").configure(configuration);
  }

  /** A class of ours that has the name of one of the JDK, with the JDK's own library. */
  private static void namesake(String file) throws Exception {
    byte[] bytes = Files.readAllBytes(Path.of(file + ".class"));
    ClassLoader loader =
        new ClassLoader(null) {
          @Override
          protected Class<?> findClass(String name) {
            return defineClass(name, bytes, 0, bytes.length);
          }
        };
    Method go =
        Class.forName("sun.security.smartcardio.PlatformPCSC", true, loader)
            .getMethod("go", String.class, String.class);
    Object unused = go.invoke(null, System.getProperty("java.home") + "/lib/libj2pcsc.so", file);
  }

  /** What {@code jcmd} does to another JVM, to this one. */
  private static void signal(String file) throws Exception {
    long self = ProcessHandle.current().pid();
    Path trigger = Files.createFile(Path.of("/tmp/.attach_pid" + self));
    Path socket = Path.of("/tmp/.java_pid" + self);
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Object unused =
          signal
              .getMethod("raise", signal)
              .invoke(null, signal.getConstructor(String.class).newInstance("QUIT"));
      while (!Files.exists(socket)) {
        Thread.onSpinWait();
      }
      try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
        send(channel, "1", "load", file, "true", "");
        ByteBuffer answer = ByteBuffer.allocate(100);
        while (channel.read(answer) >= 0) {
          answer.clear();
        }
      }
    } finally {
      Files.delete(trigger);
    }
  }

  private static void send(SocketChannel channel, String... words) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    for (String word : words) {
      request.write(word.getBytes(StandardCharsets.UTF_8));
      request.write(0);
    }
    int unused = channel.write(ByteBuffer.wrap(request.toByteArray()));
  }

  /** Says itself where libraries are. */
  private static final class OwnLoader extends ClassLoader {
    private final String file;

    OwnLoader(String file) {
      super(null);
      this.file = file;
    }

    void load() throws Exception {
      String name = LoadingAttacks.class.getName() + "$InOwnLoader";
      try (var in = LoadingAttacks.class.getResourceAsStream("LoadingAttacks$InOwnLoader.class")) {
        byte[] bytes = in.readAllBytes();
        Class<?> type = defineClass(name, bytes, 0, bytes.length);
        ((Runnable) type.getConstructor().newInstance()).run();
      }
    }

    @Override
    protected String findLibrary(String name) {
      return file;
    }
  }

  /** Loaded by {@link OwnLoader}. */
  public static final class InOwnLoader implements Runnable {
    public InOwnLoader() {}

    @Override
    public void run() {
      System.loadLibrary("anything");
    }
  }
}
