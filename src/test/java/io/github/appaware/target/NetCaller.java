package io.github.appaware.target;

import java.io.FileDescriptor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;

/** Connects sockets by the method behind the JDK's channels, which {@code --add-opens} opens. */
public final class NetCaller {
  private NetCaller() {}

  /** Tries a stream and a datagram socket, to a port of the loopback address. */
  public static void main(String[] arguments) throws Exception {
    int port = Integer.parseInt(arguments[0]);
    try (SocketChannel stream = SocketChannel.open(StandardProtocolFamily.INET);
        DatagramChannel datagrams = DatagramChannel.open(StandardProtocolFamily.INET)) {
      connect(stream, port);
      connect(datagrams, port);
    }
  }

  private static void connect(Channel channel, int port) throws Exception {
    Method descriptor = Class.forName("sun.nio.ch.SelChImpl").getMethod("getFD");
    descriptor.setAccessible(true);
    Method connect =
        Class.forName("sun.nio.ch.Net")
            .getDeclaredMethod(
                "connect",
                ProtocolFamily.class,
                FileDescriptor.class,
                InetAddress.class,
                int.class);
    connect.setAccessible(true);
    try {
      Object done =
          connect.invoke(
              null,
              StandardProtocolFamily.INET,
              descriptor.invoke(channel),
              InetAddress.getByAddress(new byte[] {127, 0, 0, 1}),
              port);
      System.out.println("connected " + done);
    } catch (InvocationTargetException e) {
      System.out.println(e.getCause());
    }
  }
}
