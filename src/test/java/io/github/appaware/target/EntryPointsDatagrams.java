package io.github.appaware.target;

import static io.github.appaware.target.EntryPoints.LOOPBACK;
import static io.github.appaware.target.EntryPoints.WAIT;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** Entry points of datagrams. */
final class EntryPointsDatagrams {
  private static final byte[] DATA = {42};

  private final EntryPoints all;

  private EntryPointsDatagrams(EntryPoints all) {
    this.all = all;
  }

  static void all(EntryPoints all) {
    EntryPointsDatagrams datagrams = new EntryPointsDatagrams(all);
    datagrams.sends();
    datagrams.binds();
    datagrams.joins();
    datagrams.receives();
  }

  private DatagramPacket packet() {
    return new DatagramPacket(DATA, 1, all.udp);
  }

  private void sends() {
    all.attempt(
        "DatagramSocket.send",
        () -> {
          try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(packet());
            return "sent";
          }
        });
    all.attempt(
        "DatagramSocket.connect",
        () -> {
          try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(all.udp);
            socket.send(packet());
            socket.send(new DatagramPacket(DATA, 1));
            return "sent";
          }
        });
    all.attempt(
        "DatagramSocket.connect(address)",
        () -> {
          try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(LOOPBACK, all.udp.getPort()); // throws no checked exception
            socket.send(packet());
            return "sent";
          }
        });
    all.attempt(
        "MulticastSocket.send",
        () -> {
          try (MulticastSocket socket = new MulticastSocket()) {
            socket.send(packet());
            return "sent";
          }
        });
    all.attempt(
        "DatagramChannel.send",
        () -> {
          try (DatagramChannel channel = DatagramChannel.open()) {
            return "sent " + channel.send(ByteBuffer.wrap(DATA), all.udp);
          }
        });
    all.attempt(
        "DatagramChannel.send(direct)",
        () -> {
          try (DatagramChannel channel = DatagramChannel.open()) {
            ByteBuffer direct = ByteBuffer.allocateDirect(1);
            return "sent " + channel.send(direct, all.udp);
          }
        });
    all.attempt(
        "DatagramChannel.connect",
        () -> {
          try (DatagramChannel channel = DatagramChannel.open()) {
            channel.connect(all.udp);
            return "sent " + channel.write(ByteBuffer.wrap(DATA));
          }
        });
    all.attempt(
        "DatagramChannel.disconnect",
        () -> {
          try (DatagramChannel channel = DatagramChannel.open()) {
            channel.connect(all.udp);
            channel.disconnect();
            return "sent " + channel.send(ByteBuffer.wrap(DATA), all.udp);
          }
        });
    all.attempt(
        "DatagramChannel.socket.send",
        () -> {
          try (DatagramChannel channel = DatagramChannel.open()) {
            channel.socket().send(packet());
            return "sent";
          }
        });
  }

  private void binds() {
    InetSocketAddress own = new InetSocketAddress(LOOPBACK, all.own);
    all.attempt(
        "DatagramSocket(port)",
        () -> {
          try (DatagramSocket socket = new DatagramSocket(all.own)) {
            return "bound " + socket.isBound();
          }
        });
    all.attempt(
        "DatagramSocket(address)",
        () -> {
          try (DatagramSocket socket = new DatagramSocket(own)) {
            return "bound " + socket.isBound();
          }
        });
    all.attempt(
        "MulticastSocket(port)",
        () -> {
          try (MulticastSocket socket = new MulticastSocket(all.own)) {
            return "bound " + socket.isBound();
          }
        });
    all.attempt(
        "DatagramChannel.bind",
        () -> {
          try (DatagramChannel channel = DatagramChannel.open()) {
            return "bound " + (channel.bind(own).getLocalAddress() != null);
          }
        });
  }

  @SuppressWarnings("deprecation") // entry points nevertheless
  private void joins() {
    all.attempt(
        "MulticastSocket.joinGroup",
        () -> {
          try (MulticastSocket socket = new MulticastSocket()) {
            socket.setNetworkInterface(NetworkInterface.getByName("lo"));
            socket.joinGroup(group());
            return "joined";
          }
        });
    all.attempt(
        "MulticastSocket.joinGroup(interface)",
        () -> {
          try (MulticastSocket socket = new MulticastSocket()) {
            socket.joinGroup(new InetSocketAddress(group(), 0), NetworkInterface.getByName("lo"));
            return "joined";
          }
        });
    all.attempt(
        "DatagramSocket.joinGroup",
        () -> {
          try (DatagramSocket socket = new DatagramSocket()) {
            socket.joinGroup(new InetSocketAddress(group(), 0), NetworkInterface.getByName("lo"));
            return "joined";
          }
        });
    all.attempt(
        "DatagramChannel.join",
        () -> {
          try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            return "joined " + channel.join(group(), NetworkInterface.getByName("lo")).isValid();
          }
        });
    all.attempt(
        "DatagramChannel.join(source)",
        () -> {
          try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
            NetworkInterface lo = NetworkInterface.getByName("lo");
            return "joined " + channel.join(group(), lo, LOOPBACK).isValid();
          }
        });
  }

  private static InetAddress group() throws IOException {
    return InetAddress.getByAddress(new byte[] {(byte) 239, 1, 2, 3});
  }

  private void receives() {
    all.attempt(
        "DatagramSocket.receive",
        () -> {
          try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
            return received(socket);
          }
        });
    all.attempt(
        "MulticastSocket.receive",
        () -> {
          try (MulticastSocket socket = new MulticastSocket(new InetSocketAddress(LOOPBACK, 0))) {
            return received(socket);
          }
        });
    all.attempt(
        "DatagramChannel.receive",
        () -> {
          try (DatagramChannel channel = bound()) {
            ByteBuffer into = ByteBuffer.allocate(9);
            return channel.receive(into) == null ? "nothing" : "received " + into.position();
          }
        });
    all.attempt(
        "DatagramChannel.receive(direct)",
        () -> {
          try (DatagramChannel channel = bound()) {
            ByteBuffer into = ByteBuffer.allocateDirect(9);
            boolean none = channel.receive(into) == null;
            return (none ? "nothing" : "received " + into.position()) + ", first " + into.get(0);
          }
        });
    all.attempt(
        "DatagramChannel.receive(selector)",
        () -> {
          try (Selector selector = Selector.open();
              DatagramChannel channel = bound()) {
            channel.register(selector, SelectionKey.OP_READ);
            selector.select(WAIT);
            ByteBuffer into = ByteBuffer.allocate(9);
            return channel.receive(into) == null ? "nothing" : "received " + into.position();
          }
        });
    all.attempt(
        "DatagramChannel.socket.receive",
        () -> {
          try (DatagramChannel channel = DatagramChannel.open()) {
            channel.bind(new InetSocketAddress(LOOPBACK, 0));
            return received(channel.socket());
          }
        });
    all.attempt(
        "DatagramSocket.receive(connected)",
        () -> {
          try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK);
              DatagramSocket peer = new DatagramSocket(0, LOOPBACK)) {
            socket.connect(peer.getLocalSocketAddress());
            peer.send(new DatagramPacket(DATA, 1, socket.getLocalSocketAddress()));
            return timed(socket);
          }
        });
  }

  /** Does not block, and has something to receive. */
  private static DatagramChannel bound() throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    channel.bind(new InetSocketAddress(LOOPBACK, 0)).configureBlocking(false);
    sendTo((InetSocketAddress) channel.getLocalAddress());
    return channel;
  }

  private static String received(DatagramSocket socket) throws IOException {
    sendTo((InetSocketAddress) socket.getLocalSocketAddress());
    return timed(socket);
  }

  private static String timed(DatagramSocket socket) throws IOException {
    socket.setSoTimeout(WAIT);
    DatagramPacket packet = new DatagramPacket(new byte[9], 9);
    try {
      socket.receive(packet);
      return "received " + packet.getLength();
    } catch (SocketTimeoutException e) {
      return "nothing, first " + packet.getData()[0];
    }
  }

  private static void sendTo(InetSocketAddress target) throws IOException {
    try (DatagramSocket peer = new DatagramSocket()) {
      peer.send(new DatagramPacket(DATA, 1, target));
    }
  }
}
