package io.github.appaware.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** The program that {@link ArchiveMaker} runs: an allowed event and a denied one. */
public final class ArchiveTarget {
  private static final int DISCARD = 9;

  private ArchiveTarget() {}

  /** Looks up this host's name for itself, and is not allowed to connect. */
  public static void main(String[] arguments) throws IOException {
    InetAddress here = InetAddress.getByName("localhost");
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(here, DISCARD));
    } catch (IOException e) {
      return; // denied
    }
    throw new IOException("the connection was not denied");
  }
}
