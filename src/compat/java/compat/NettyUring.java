package compat;

import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;

// name: Netty, io_uring
// maven: io.netty:netty-transport-native-io_uring:4.2.7.Final:linux-x86_64
final class NettyUring {
  public static void main(String[] args) {
    NettyEcho echo =
        new NettyEcho(
            IoUringIoHandler.newFactory(),
            IoUringServerSocketChannel.class,
            IoUringSocketChannel.class,
            IoUringDatagramChannel.class);
    Run.main(args, echo::serve, echo::talk);
  }
}
