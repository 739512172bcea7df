package io.github.appaware.target;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Sets properties at the start of its {@code main}, before anything of {@code java.net} is used,
 * and shows what comes of it. Words before that, each with a plus sign, say what it does first.
 */
public final class Settings {
  private Settings() {}

  public static void main(String[] args) throws Exception {
    String what = args[0];
    for (int plus = what.indexOf('+'); plus >= 0; plus = what.indexOf('+')) {
      first(what.substring(0, plus));
      what = what.substring(plus + 1);
    }
    switch (what) {
      case "v4" -> {
        System.setProperty("java.net.preferIPv4Stack", "true");
        try (ServerSocketChannel channel = ServerSocketChannel.open()) {
          System.out.println(channel.bind(null).getLocalAddress().toString().replaceAll(":.*", ""));
        }
        try (DatagramSocket socket = new DatagramSocket()) {
          System.out.println(socket.getLocalAddress());
        }
      }
      case "interfaces" -> {
        System.setProperty("java.net.preferIPv4Stack", "true");
        System.out.println(
            NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .anyMatch(Inet6Address.class::isInstance));
      }
      case "v6" -> {
        System.setProperty("java.net.preferIPv6Addresses", "true");
        System.out.println(InetAddress.getLoopbackAddress());
      }
      case "hosts" -> {
        System.setProperty("jdk.net.hosts.file", args[1]);
        System.out.println(InetAddress.getByName("made-up.example"));
      }
      case "directory" -> {
        System.setProperty("jdk.net.unixdomain.tmpdir", args[1]);
        try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
          String path = channel.bind(null).getLocalAddress().toString();
          System.out.println(Path.of(path).getParent());
          Files.delete(Path.of(path));
        }
      }
      default -> fields(args[0], args[1]);
    }
  }

  /** An event, or what initializes classes, that has nothing to do with IP sockets. */
  private static void first(String what) throws Exception {
    switch (what) {
      case "process" -> System.out.println(new ProcessBuilder("true").start().waitFor());
      case "unix" -> {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
          System.out.println(channel.connect(UnixDomainSocketAddress.of("/nonexistent/socket")));
        } catch (IOException e) {
          System.out.println(e);
        }
      }
      case "file" -> {
        try (FileChannel channel = FileChannel.open(Path.of("/dev/null"))) {
          System.out.println(channel.size());
        }
      }
      case "interface" -> System.out.println(NetworkInterface.getByIndex(1) != null);
      default -> throw new IllegalArgumentException(what);
    }
  }

  /**
   * Sets all properties to a value, and prints the static fields of the classes that read them.
   *
   * @param file lines of a class and the properties
   */
  private static void fields(String value, String file) throws Exception {
    List<String> lines = Files.readAllLines(Path.of(file));
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      Arrays.stream(words).skip(1).forEach(name -> System.setProperty(name, value));
    }
    for (String line : lines) {
      String name = line.substring(0, line.indexOf(' '));
      try {
        Class<?> type = Class.forName(name);
        Field[] fields = type.getDeclaredFields();
        Arrays.sort(fields, Comparator.comparing(Field::getName));
        for (Field field : fields) {
          if (Modifier.isStatic(field.getModifiers()) && isPlain(field.getType())) {
            field.setAccessible(true);
            System.out.println(name + "." + field.getName() + " = " + field.get(null));
          }
        }
      } catch (Exception | Error e) { // of an initializer that can't take the value
        System.out.println(name + ": " + e.getClass());
      }
    }
  }

  private static boolean isPlain(Class<?> type) {
    return type.isPrimitive() || type == String.class || Number.class.isAssignableFrom(type);
  }
}
