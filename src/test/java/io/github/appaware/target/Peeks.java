package io.github.appaware.target;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Receives a datagram in the way that each line of its input names, while another thread reads the
 * same memory as fast as it can. Prints its port, then what the receiving thread got and how many
 * other datagrams the reading thread saw. The first byte of a denied datagram is 66.
 */
public final class Peeks {
  private static final byte DENIED = 66;
  private static final int SIZE = 64;
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private Peeks() {}

  /** A way to receive one datagram. */
  private interface Receive {
    Object run() throws Exception;
  }

  /** No arguments. */
  public static void main(String[] arguments) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String way = in.readLine(); way != null; way = in.readLine()) {
      switch (way) {
        case "direct", "mapped part", "array", "selector" -> channel(way);
        case "packet" -> packet(new DatagramSocket(new InetSocketAddress(LOOPBACK, 0)));
        case "multicast packet" -> packet(new MulticastSocket(new InetSocketAddress(LOOPBACK, 0)));
        case "adaptor" -> adaptor();
        case "as ever" -> System.out.println(asEver());
        default -> throw new IllegalArgumentException(way);
      }
    }
  }

  private static void channel(String way) throws Exception {
    try (DatagramChannel channel = DatagramChannel.open();
        Selector selector = Selector.open()) {
      channel.bind(new InetSocketAddress(LOOPBACK, 0));
      ByteBuffer whole =
          way.equals("array") ? ByteBuffer.allocate(SIZE) : ByteBuffer.allocateDirect(SIZE);
      int at = way.equals("mapped part") ? 7 : 0;
      ByteBuffer into = whole.duplicate().position(at).slice();
      if (way.equals("selector")) {
        channel.configureBlocking(false).register(selector, SelectionKey.OP_READ);
      }
      say(channel.socket().getLocalPort());
      spied(
          () -> whole.get(at) == DENIED,
          () -> way.equals("selector") ? selected(selector, channel, into) : channel.receive(into));
    }
  }

  private static Object selected(Selector selector, DatagramChannel channel, ByteBuffer into)
      throws IOException {
    Object from = null;
    while (from == null) {
      selector.select();
      selector.selectedKeys().clear();
      from = channel.receive(into);
    }
    return from;
  }

  private static void packet(DatagramSocket opened) throws Exception {
    byte[] memory = new byte[SIZE];
    try (DatagramSocket socket = opened) {
      say(socket.getLocalPort());
      spied(() -> memory[3] == DENIED, () -> received(socket, memory));
    }
  }

  private static Object received(DatagramSocket socket, byte[] memory) throws IOException {
    DatagramPacket packet = new DatagramPacket(memory, 3, SIZE - 3);
    socket.receive(packet);
    return packet.getSocketAddress();
  }

  private static void adaptor() throws Exception {
    try (DatagramChannel channel = DatagramChannel.open()) {
      packet(channel.bind(new InetSocketAddress(LOOPBACK, 0)).socket());
    }
  }

  private static void say(int port) {
    System.out.println(port);
  }

  /** The interrupt is polled each time, so that the JIT does not hoist the read. */
  private static void spied(BooleanSupplier sees, Receive receive) throws Exception {
    AtomicInteger seen = new AtomicInteger();
    Thread spy =
        new Thread(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                if (sees.getAsBoolean()) {
                  seen.incrementAndGet();
                }
                Thread.onSpinWait();
              }
            });
    spy.start();
    Object from = receive.run();
    spy.interrupt();
    spy.join();
    String address = ((InetSocketAddress) from).getAddress().getHostAddress();
    System.out.println(address + ", seen " + (seen.get() > 0));
  }

  /** What a program may rely on: positions, lengths, what is cut off, time-outs, errors. */
  private static String asEver() throws IOException {
    StringBuilder all = new StringBuilder();
    try (DatagramChannel to = DatagramChannel.open().bind(new InetSocketAddress(LOOPBACK, 0));
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0));
        DatagramChannel from = DatagramChannel.open().bind(new InetSocketAddress(LOOPBACK, 0))) {
      for (int length : new int[] {0, 1, 5, 9, 2_000}) {
        for (boolean direct : new boolean[] {true, false}) {
          for (int room : new int[] {0, 4, 3_000}) {
            ByteBuffer into =
                direct ? ByteBuffer.allocateDirect(3_004) : ByteBuffer.allocate(3_004);
            into.put(0, DENIED).position(2).limit(2 + room);
            from.send(ByteBuffer.wrap(bytes(length)), to.getLocalAddress());
            boolean same = from.getLocalAddress().equals(to.receive(into));
            all.append(same).append(into).append(sum(into.clear())).append(' ');
          }
        }
        DatagramPacket packet = new DatagramPacket(new byte[100], 5, 8);
        for (int i = 0; i < 2; i++) {
          from.send(ByteBuffer.wrap(bytes(length)), socket.getLocalSocketAddress());
          socket.receive(packet);
          boolean same = from.getLocalAddress().equals(packet.getSocketAddress());
          all.append(same).append(packet.getOffset()).append('+').append(packet.getLength());
          all.append(sum(ByteBuffer.wrap(packet.getData()))).append(' ');
        }
      }
      all.append(failure(() -> to.receive(ByteBuffer.allocateDirect(4).asReadOnlyBuffer())));
      socket.setSoTimeout(20);
      all.append(failure(() -> received(socket, new byte[SIZE])));
      to.configureBlocking(false);
      all.append(to.receive(ByteBuffer.allocateDirect(4)));
      from.connect(to.getLocalAddress());
      to.send(ByteBuffer.wrap(bytes(7)), from.getLocalAddress());
      ByteBuffer connected = ByteBuffer.allocateDirect(5);
      all.append(to.getLocalAddress().equals(from.receive(connected))).append(connected);
    }
    return all.toString();
  }

  private static String failure(Receive receive) {
    try {
      return String.valueOf(receive.run());
    } catch (Exception e) {
      return e.toString();
    }
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i + 1);
    }
    return bytes;
  }

  private static long sum(ByteBuffer memory) {
    long sum = 0;
    while (memory.hasRemaining()) {
      sum = 31 * sum + memory.get();
    }
    return sum;
  }
}
