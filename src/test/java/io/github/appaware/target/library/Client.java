package io.github.appaware.target.library;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A library in a package of its own, as it must be to be a module of its own. */
public final class Client {
  private Client() {}

  /** Connects to that port of loopback. */
  public static void connect(int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }
  }

  /** Connects to an address, which is no name. */
  public static void connect(String address, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getByName(address), port));
    }
  }

  /** Sends an empty datagram from a socket of its own. */
  public static void send(String host, int port) throws IOException {
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.send(new DatagramPacket(new byte[0], 0, InetAddress.getByName(host), port));
    }
  }
}
