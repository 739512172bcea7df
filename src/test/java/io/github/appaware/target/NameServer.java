package io.github.appaware.target;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A name server for tests, over UDP and TCP, that prints a line when it is ready and each query
 * that it gets as an error. Arguments: its address, then {@code name=address}, {@code
 * name=alias:name}, {@code name=long:address} for one whose answer fits only into TCP, and {@code
 * name=other:name} for one whose answer is about that name.
 */
public final class NameServer {
  private static final int PORT = 53;

  /** A port of all addresses where {@link ShortAnswers} are given. */
  public static final int REACHED = 8080;

  private static final int NO_SUCH_NAME = 3;

  private final Map<String, String> table = new HashMap<>();

  private NameServer(String[] entries) {
    for (String entry : entries) {
      int equals = entry.indexOf('=');
      table.put(entry.substring(0, equals), entry.substring(equals + 1));
    }
  }

  /** Runs until it is ended. */
  public static void main(String[] arguments) throws IOException {
    NameServer server = new NameServer(Arrays.copyOfRange(arguments, 1, arguments.length));
    InetAddress here = InetAddress.getByName(arguments[0]);
    try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(here, PORT));
        ServerSocket listening = new ServerSocket();
        ServerSocket reached = new ServerSocket(REACHED)) {
      listening.bind(new InetSocketAddress(here, PORT));
      Thread thread = new Thread(() -> server.overTcp(listening));
      thread.setDaemon(true);
      thread.start();
      Thread answering = new Thread(() -> ShortAnswers.serve(reached));
      answering.setDaemon(true);
      answering.start();
      System.out.println("ready on " + reached.getLocalPort());
      while (true) {
        DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
        socket.receive(packet);
        byte[] answer = server.answer(Arrays.copyOf(packet.getData(), packet.getLength()), true);
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      }
    }
  }

  private void overTcp(ServerSocket listening) {
    while (true) {
      try (Socket peer = listening.accept();
          DataInputStream in = new DataInputStream(peer.getInputStream());
          DataOutputStream out = new DataOutputStream(peer.getOutputStream())) {
        for (int high = in.read(); high >= 0; high = in.read()) {
          byte[] query = in.readNBytes(high << 8 | in.read());
          byte[] answer = answer(query, false);
          out.writeShort(answer.length);
          out.write(answer, 0, 1); // in pieces, as a network may deliver it
          out.flush();
          out.write(answer, 1, answer.length - 1);
          out.flush();
        }
      } catch (IOException e) {
        System.err.println(e);
      }
    }
  }

  private byte[] answer(byte[] query, boolean udp) throws IOException {
    StringBuilder name = new StringBuilder();
    int at = 12;
    for (; query[at] != 0; at += query[at] + 1) {
      name.append(name.length() == 0 ? "" : ".");
      name.append(new String(query, at + 1, query[at], StandardCharsets.ISO_8859_1));
    }
    String host = name.toString().toLowerCase(Locale.ROOT);
    int type = (query[at + 1] & 0xff) << 8 | (query[at + 2] & 0xff);
    System.err.println((udp ? "udp " : "tcp ") + host + " " + type);
    String value = table.get(host);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    boolean isLong = type == 1 && value != null && value.startsWith("long:");
    out.write(query, 0, 2);
    out.writeShort(0x8180 | (isLong && udp ? 0x200 : 0) | (value == null ? NO_SUCH_NAME : 0));
    out.writeShort(1);
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    int count = isLong && udp ? 0 : records(new DataOutputStream(records), value, type);
    out.writeShort(count);
    out.writeInt(0);
    out.write(query, 12, at + 5 - 12);
    out.write(records.toByteArray());
    return bytes.toByteArray();
  }

  private int records(DataOutputStream out, String value, int type) throws IOException {
    if (value == null || type != 1) {
      return 0;
    }
    String rest = value.substring(value.indexOf(':') + 1);
    if (value.startsWith("other:")) {
      record(out, name(rest), 1, new byte[] {127, 0, 0, 6});
      return 1;
    }
    if (!value.startsWith("alias:")) {
      record(out, new byte[] {(byte) 0xc0, 12}, 1, InetAddress.getByName(rest).getAddress());
      return 1;
    }
    record(out, new byte[] {(byte) 0xc0, 12}, 5, name(rest));
    record(out, name(rest), 1, InetAddress.getByName(table.get(rest)).getAddress());
    return 2;
  }

  private static void record(DataOutputStream out, byte[] owner, int type, byte[] data)
      throws IOException {
    out.write(owner);
    out.writeShort(type);
    out.writeShort(1);
    out.writeInt(60);
    out.writeShort(data.length);
    out.write(data);
  }

  private static byte[] name(String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String label : name.split("\\.", -1)) {
      out.write(label.length());
      out.writeBytes(label.getBytes(StandardCharsets.ISO_8859_1));
    }
    out.write(0);
    return out.toByteArray();
  }
}
