package io.github.appaware.target;

import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Says what {@code System.inheritedChannel} gives. */
public final class Inherited {
  private Inherited() {}

  /** No arguments. */
  public static void main(String[] arguments) {
    try (Channel channel = System.inheritedChannel()) {
      if (channel instanceof SocketChannel socket) {
        System.out.println("connected to " + socket.getRemoteAddress());
      } else if (channel instanceof ServerSocketChannel server) {
        System.out.println("listening on " + server.getLocalAddress());
      } else {
        System.out.println("channel " + channel);
      }
    } catch (IOException e) {
      System.out.println(e);
    }
  }
}
