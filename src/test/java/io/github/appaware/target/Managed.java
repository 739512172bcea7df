package io.github.appaware.target;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.rmi.Remote;
import java.rmi.RemoteException;
import java.rmi.server.RMIClassLoader;
import java.rmi.server.UnicastRemoteObject;
import java.security.CodeSource;
import java.security.Permission;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * A program with a security manager: one that its command line names, or one of its own that writes
 * down what it is asked. Arguments: what to do, a port where a server listens, and for RMI a place
 * with classes.
 */
@SuppressWarnings("removal")
public final class Managed {
  /** Writes down what the main thread asks it, and forbids one host. */
  public static final class Witness extends SecurityManager {
    private final Thread main = Thread.currentThread();
    private final List<String> asked = new ArrayList<>();
    private boolean busy;

    private void note(String what) {
      if (Thread.currentThread() == main && !busy) {
        busy = true;
        asked.add(what);
        busy = false;
      }
    }

    @Override
    public void checkPermission(Permission permission) {
      note(permission.toString());
    }

    @Override
    public void checkPermission(Permission permission, Object context) {
      note(permission + " with " + context.getClass());
    }

    @Override
    public void checkConnect(String host, int port) {
      note("connect " + host + " " + (port > 0 ? "PORT" : port));
      if (host.equals("forbidden.example") || port == 1) {
        throw new SecurityException("the manager forbids it");
      }
    }

    @Override
    public void checkListen(int port) {
      note("listen " + port);
    }

    @Override
    public void checkAccept(String host, int port) {
      note("accept " + host);
    }

    @Override
    public void checkPackageAccess(String name) {
      note("package " + name);
    }

    @Override
    public void checkExec(String command) {}

    @Override
    public void checkExit(int status) {
      throw new SecurityException("no exit");
    }
  }

  private interface Way {
    Object go() throws Exception;
  }

  private Managed() {}

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[1]);
    switch (args[0]) {
      case "policy" -> all(port, "policy");
      case "late" -> {
        all(port, "before");
        System.setSecurityManager(new SecurityManager());
        all(port, "after");
      }
      case "own" -> {
        Witness witness = new Witness();
        System.setSecurityManager(witness);
        all(port, "own");
        List<String> asked = List.copyOf(witness.asked);
        asked.forEach(System.out::println);
      }
      case "twice" -> {
        all(port, "before");
        Witness witness = new Witness();
        System.setSecurityManager(witness);
        all(port, "own");
        List<String> asked = List.copyOf(witness.asked);
        asked.forEach(System.out::println);
      }
      case "stop" -> {
        System.setSecurityManager(new Witness());
        System.out.println(ProcessHandle.current().pid());
        new CountDownLatch(1).await();
      }
      case "rmi" -> {
        System.setSecurityManager(new SecurityManager());
        tell("rmi", "call", Managed::call);
        tell("rmi", "class", () -> loaded(args[2]));
      }
      case "lend" -> {
        lend("url", Managed::byUrl, port);
        lend("address", Managed::byAddress, port);
        lend("premain", Managed::byPremain, port);
      }
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  /** A service on the loopback address. */
  public interface Greeter extends Remote {
    String greet(String name) throws RemoteException;
  }

  private static String call() throws IOException {
    Greeter own = name -> "hello " + name;
    Greeter stub = (Greeter) UnicastRemoteObject.exportObject(own, 0);
    try {
      return stub.greet("you");
    } finally {
      boolean unused = UnicastRemoteObject.unexportObject(own, true);
    }
  }

  /** What a class from elsewhere may do. */
  private static Object loaded(String place) throws Exception {
    Class<?> type = RMIClassLoader.loadClass(place, "Extra");
    return type.getMethod("attempt").invoke(null);
  }

  /** Ways to have the agent call the program's code while it has privileges. */
  private interface Lending {
    void go(int port, Runnable attempt) throws Exception;
  }

  private static void lend(String way, Lending lending, int port) {
    boolean[] granted = new boolean[1];
    Runnable attempt =
        () -> {
          try {
            granted[0] |= System.getProperty("user.home") != null;
          } catch (SecurityException e) {
            // as it should be
          }
        };
    try {
      lending.go(port, attempt);
    } catch (Exception e) {
      // refused otherwise
    }
    System.out.println(way + ": " + (granted[0] ? "granted" : "denied"));
  }

  private static final class Loader extends ClassLoader {
    Loader(ClassLoader parent) {
      super(parent);
    }

    Class<?> define(String name, byte[] bytes, ProtectionDomain domain) {
      return defineClass(name, bytes, 0, bytes.length, domain);
    }
  }

  /** Connects, loaded from a place whose URL the program explains. */
  public static final class Caller implements IntConsumer {
    @Override
    public void accept(int port) {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        System.out.println("caller: " + (socket.isConnected() ? "denied" : "granted"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void byUrl(int port, Runnable attempt) throws Exception {
    URLStreamHandler handler =
        new URLStreamHandler() {
          @Override
          protected URLConnection openConnection(URL url) {
            attempt.run();
            return null;
          }

          @Override
          protected String toExternalForm(URL url) {
            attempt.run();
            return super.toExternalForm(url);
          }

          @Override
          protected int hashCode(URL url) {
            attempt.run();
            return 0;
          }
        };
    byte[] bytes;
    String name = Caller.class.getName();
    try (InputStream in =
        Managed.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
      bytes = in.readAllBytes();
    }
    URL place = new URL("odd", "host", 1, "/place.jar", handler);
    ProtectionDomain domain =
        new ProtectionDomain(
            new CodeSource(place, (Certificate[]) null),
            null,
            Managed.class.getClassLoader(),
            null);
    Class<?> type = new Loader(ClassLoader.getPlatformClassLoader()).define(name, bytes, domain);
    ((IntConsumer) type.getConstructor().newInstance()).accept(port);
  }

  private static void byAddress(int port, Runnable attempt) throws IOException {
    InetSocketAddress odd =
        new InetSocketAddress("127.0.0.1", port) {
          private static final long serialVersionUID = 1L;

          @Override
          public String toString() {
            attempt.run();
            return super.toString();
          }
        };
    String unused = connect(odd);
  }

  /** The copy of the premain class that has all permissions begins once. */
  private static void byPremain(int port, Runnable attempt) throws Exception {
    Class<?> copy = Class.forName("java.lang.instrument.AppawarePremain");
    Constructor<?> make = copy.getDeclaredConstructors()[0];
    make.setAccessible(true);
    Object unused = make.newInstance(new File("any.jar"));
    attempt.run();
  }

  private static void all(int port, String when) {
    tell(when, "resolve", () -> InetAddress.getByName("a.example"));
    tell(when, "resolve forbidden", () -> InetAddress.getByName("forbidden.example"));
    tell(when, "socket", () -> connect(new InetSocketAddress("a.example", port)));
    tell(when, "literal", () -> connect(new InetSocketAddress("127.0.0.1", port)));
    tell(when, "other port", () -> connect(new InetSocketAddress("127.0.0.1", 1)));
    tell(when, "channel", () -> channel(new InetSocketAddress("a.example", port)));
    tell(when, "server", Managed::serve);
    tell(when, "datagram", Managed::datagram);
    if (!when.equals("own")) { // whose path the agent resolves, as the manager sees
      tell(when, "unix", Managed::unix);
    }
  }

  private static void tell(String when, String what, Way way) {
    String outcome;
    try {
      outcome = String.valueOf(way.go());
    } catch (Exception e) {
      outcome = e.toString();
    }
    System.out.println(when + " " + what + ": " + outcome.replaceAll("[0-9]{4,}", "PORT"));
  }

  private static String connect(InetSocketAddress to) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(to, 10_000);
      return "connected";
    }
  }

  private static String channel(InetSocketAddress to) throws IOException {
    try (SocketChannel channel = SocketChannel.open(to)) {
      return "connected to " + channel.getRemoteAddress();
    }
  }

  private static String serve() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        Socket client = new Socket("127.0.0.1", server.getLocalPort());
        Socket accepted = server.accept()) {
      return "accepted " + accepted.getInetAddress() + client.isConnected();
    }
  }

  private static String datagram() throws IOException {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    try (DatagramSocket from = new DatagramSocket(0, loopback);
        DatagramSocket to = new DatagramSocket(0, loopback)) {
      to.setSoTimeout(10_000);
      from.send(new DatagramPacket(new byte[1], 1, loopback, to.getLocalPort()));
      DatagramPacket received = new DatagramPacket(new byte[1], 1);
      to.receive(received);
      return "received from " + received.getAddress();
    }
  }

  private static String unix() throws IOException {
    Supplier<Path> name = () -> Path.of("managed.sock");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(name.get()));
      try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
        boolean connected = client.connect(UnixDomainSocketAddress.of(name.get()));
        return "connected " + connected + client.write(ByteBuffer.allocate(0));
      }
    } finally {
      boolean unused = name.get().toFile().delete();
    }
  }
}
