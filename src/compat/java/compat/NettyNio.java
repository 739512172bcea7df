package compat;

import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;

// name: Netty, nio
// maven: io.netty:netty-transport:4.2.7.Final
final class NettyNio {
  public static void main(String[] args) {
    NettyEcho echo =
        new NettyEcho(
            NioIoHandler.newFactory(),
            NioServerSocketChannel.class,
            NioSocketChannel.class,
            NioDatagramChannel.class);
    Run.main(args, echo::serve, echo::talk);
  }
}
