package io.github.appaware.target;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Tries Netty's native transports and prints one line for each way. */
public final class NettyWays {
  private final EventLoopGroup group;
  private final InetSocketAddress peer;

  private NettyWays(EventLoopGroup group, int port) {
    this.group = group;
    this.peer = new InetSocketAddress("127.0.0.1", port);
  }

  /** The transport, epoll or uring; a port where a peer listens; a path for a socket. */
  public static void main(String[] arguments) throws InterruptedException {
    boolean epoll = arguments[0].equals("epoll");
    EventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            1, epoll ? EpollIoHandler.newFactory() : IoUringIoHandler.newFactory());
    NettyWays ways = new NettyWays(group, Integer.parseInt(arguments[1]));
    if (epoll) {
      SocketAddress path = new DomainSocketAddress(arguments[2]);
      tell("connect", () -> ways.connect(EpollSocketChannel.class, ways.peer));
      tell("accept", () -> ways.accept(EpollServerSocketChannel.class));
      tell("send", () -> ways.send(EpollDatagramChannel.class));
      tell("receive", () -> ways.receive(EpollDatagramChannel.class));
      tell("bind unix", () -> ways.bind(EpollServerDomainSocketChannel.class, path));
      tell("connect unix", () -> ways.connect(EpollDomainSocketChannel.class, path));
    } else {
      tell("connect", () -> ways.connect(IoUringSocketChannel.class, ways.peer));
      tell("accept", () -> ways.accept(IoUringServerSocketChannel.class));
      tell("send", () -> ways.send(IoUringDatagramChannel.class));
      tell("receive", () -> ways.receive(IoUringDatagramChannel.class));
    }
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
  }

  @SuppressWarnings("CatchAndPrintStackTrace")
  private static void tell(String way, Callable<String> attempt) {
    try {
      System.out.println(way + ": " + attempt.call());
    } catch (Exception e) {
      System.out.println(way + ": " + (e.getCause() == null ? e : e.getCause()));
    }
  }

  private Bootstrap client(Class<? extends Channel> type, ChannelInboundHandlerAdapter handler) {
    return new Bootstrap().group(group).channel(type).handler(handler);
  }

  private String connect(Class<? extends Channel> type, SocketAddress to) throws Exception {
    client(type, new ChannelInboundHandlerAdapter()).connect(to).sync().channel().close().sync();
    return "connected";
  }

  private String bind(Class<? extends ServerChannel> type, SocketAddress to) throws Exception {
    new ServerBootstrap()
        .group(group)
        .channel(type)
        .childHandler(new ChannelInboundHandlerAdapter())
        .bind(to)
        .sync();
    return "bound";
  }

  /** What the peer reads first: a byte of the application, or the end. */
  private String accept(Class<? extends ServerChannel> type) throws Exception {
    Channel server =
        new ServerBootstrap()
            .group(group)
            .channel(type)
            .childHandler(
                new ChannelInboundHandlerAdapter() {
                  @Override
                  @SuppressWarnings("FutureReturnValueIgnored") // the peer sees what became of it
                  public void channelActive(ChannelHandlerContext context) {
                    context.writeAndFlush(Unpooled.copiedBuffer(new byte[] {7}));
                  }
                })
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
    try (Socket socket =
        new Socket("127.0.0.1", ((InetSocketAddress) server.localAddress()).getPort())) {
      return "peer reads " + socket.getInputStream().read();
    }
  }

  private String send(Class<? extends Channel> type) throws Exception {
    Channel channel = client(type, new ChannelInboundHandlerAdapter()).bind(0).sync().channel();
    channel.writeAndFlush(new DatagramPacket(Unpooled.copiedBuffer(new byte[1]), peer)).sync();
    return "sent";
  }

  /** Of two datagrams, from two sockets, the first that arrives. */
  private String receive(Class<? extends Channel> type) throws Exception {
    BlockingQueue<Integer> lengths = new LinkedBlockingQueue<>();
    Channel channel =
        client(
                type,
                new ChannelInboundHandlerAdapter() {
                  @Override
                  public void channelRead(ChannelHandlerContext context, Object message) {
                    lengths.add(((DatagramPacket) message).content().readableBytes());
                  }
                })
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
    InetSocketAddress to = (InetSocketAddress) channel.localAddress();
    try (var first = new java.net.DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
        var second = new java.net.DatagramSocket(new InetSocketAddress("127.0.0.2", 0))) {
      first.send(new java.net.DatagramPacket(new byte[1], 1, to));
      second.send(new java.net.DatagramPacket(new byte[2], 2, to));
    }
    return "length " + lengths.poll(20, TimeUnit.SECONDS);
  }
}
