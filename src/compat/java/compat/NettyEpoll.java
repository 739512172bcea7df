package compat;

import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;

// name: Netty, epoll
// maven: io.netty:netty-transport-native-epoll:4.2.7.Final:linux-x86_64
final class NettyEpoll {
  public static void main(String[] args) {
    NettyEcho echo =
        new NettyEcho(
            EpollIoHandler.newFactory(),
            EpollServerSocketChannel.class,
            EpollSocketChannel.class,
            EpollDatagramChannel.class);
    Run.main(args, echo::serve, echo::talk);
  }
}
