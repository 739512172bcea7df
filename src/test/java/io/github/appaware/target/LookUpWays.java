package io.github.appaware.target;

import java.io.ByteArrayOutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Hashtable;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;

/** Looks up a name in every way of the JDK that is not InetAddress, and connects to the answer. */
public final class LookUpWays {
  private static final InetSocketAddress SERVER = new InetSocketAddress("127.0.0.1", 53);
  private static final int PATIENCE = 10_000;

  private LookUpWays() {}

  private interface Way {
    byte[] addressOf(String name) throws Exception;
  }

  /** A way, a port, then names. */
  public static void main(String[] arguments) throws Exception {
    Way way =
        switch (arguments[0]) {
          case "jndi" -> LookUpWays::byJndi;
          case "unconnected" -> LookUpWays::unconnected;
          case "connected" -> name -> connected(name, false);
          case "scattered" -> LookUpWays::scattered;
          case "direct" -> name -> connected(name, true);
          case "socket" -> name -> socket(name, false);
          case "connected-socket" -> name -> socket(name, true);
          default -> throw new IllegalArgumentException(arguments[0]);
        };
    for (String name : Arrays.asList(arguments).subList(2, arguments.length)) {
      try {
        InetAddress found = InetAddress.getByAddress(way.addressOf(name));
        try (Socket socket = new Socket(found, Integer.parseInt(arguments[1]))) {
          System.out.println(name + ": connected to " + socket.getInetAddress().getHostAddress());
        }
      } catch (Exception e) {
        System.out.println(name + ": " + e);
      }
    }
  }

  @SuppressWarnings({"BanJNDI", "JdkObsolete"}) // it is what JNDI takes
  private static byte[] byJndi(String name) throws Exception {
    Hashtable<String, String> settings = new Hashtable<>();
    settings.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
    DirContext context = new InitialDirContext(settings);
    String found =
        (String) context.getAttributes("dns:/" + name, new String[] {"A"}).get("A").get();
    context.close();
    return InetAddress.getByName(found).getAddress();
  }

  private static byte[] query(String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {7, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0});
    for (String label : name.split("\\.", -1)) {
      out.write(label.length());
      out.writeBytes(label.getBytes(StandardCharsets.ISO_8859_1));
    }
    out.writeBytes(new byte[] {0, 0, 1, 0, 1});
    return out.toByteArray();
  }

  /** The last four bytes of the one record. */
  private static byte[] address(byte[] answer, int length) {
    return Arrays.copyOfRange(answer, length - 4, length);
  }

  private static byte[] unconnected(String name) throws Exception {
    try (DatagramChannel channel = DatagramChannel.open()) {
      ByteBuffer query = ByteBuffer.wrap(query(name));
      int sent = channel.send(query, SERVER);
      ByteBuffer answer = ByteBuffer.allocate(512);
      InetSocketAddress from = (InetSocketAddress) channel.receive(answer);
      check(sent == query(name).length && !query.hasRemaining() && from.equals(SERVER));
      return address(answer.array(), answer.position());
    }
  }

  private static byte[] connected(String name, boolean direct) throws Exception {
    try (DatagramChannel channel = DatagramChannel.open()) {
      channel.connect(SERVER);
      byte[] query = query(name);
      ByteBuffer out = direct ? ByteBuffer.allocateDirect(512) : ByteBuffer.allocate(512);
      out.position(3).put(query).flip().position(3);
      int sent = direct ? channel.send(out, SERVER) : channel.write(out);
      check(sent == query.length && !out.hasRemaining());
      ByteBuffer in = direct ? ByteBuffer.allocateDirect(512) : ByteBuffer.allocate(512);
      in.position(5);
      if (direct) {
        check(SERVER.equals(channel.receive(in)));
      } else {
        check(channel.read(in) == in.position() - 5);
      }
      byte[] answer = new byte[in.flip().position(5).remaining()];
      in.get(answer);
      return address(answer, answer.length);
    }
  }

  private static byte[] scattered(String name) throws Exception {
    try (DatagramChannel channel = DatagramChannel.open()) {
      channel.connect(SERVER);
      byte[] query = query(name);
      ByteBuffer head = ByteBuffer.wrap(query, 0, 12);
      ByteBuffer tail = ByteBuffer.wrap(query, 12, query.length - 12);
      long sent = channel.write(new ByteBuffer[] {ByteBuffer.allocate(0), head, tail});
      check(sent == query.length && !head.hasRemaining() && !tail.hasRemaining());
      ByteBuffer first = ByteBuffer.allocate(10);
      ByteBuffer rest = ByteBuffer.allocateDirect(500);
      long got = channel.read(new ByteBuffer[] {first, rest});
      check(got == first.position() + rest.position() && !first.hasRemaining());
      byte[] answer = new byte[rest.flip().remaining()];
      rest.get(answer);
      return address(answer, answer.length);
    }
  }

  private static byte[] socket(String name, boolean connected) throws Exception {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(PATIENCE);
      byte[] query = query(name);
      DatagramPacket out = new DatagramPacket(query, query.length);
      if (connected) {
        socket.connect(SERVER);
      } else {
        out.setSocketAddress(SERVER);
      }
      socket.send(out);
      DatagramPacket in = new DatagramPacket(new byte[512], 512);
      socket.receive(in);
      check(in.getSocketAddress().equals(SERVER));
      return address(in.getData(), in.getLength());
    }
  }

  private static void check(boolean fact) {
    if (!fact) {
      throw new IllegalStateException("not as without the agent");
    }
  }
}
