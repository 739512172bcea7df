package io.github.appaware.target;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import java.util.concurrent.TimeUnit;

/** Connects to names that Netty looks up by itself, over a transport. */
public final class NettyLookUps {
  private NettyLookUps() {}

  @ChannelHandler.Sharable
  private static final class Nothing extends ChannelInboundHandlerAdapter {}

  /** The transport, a port, then names; a question mark before one asks for records alone. */
  public static void main(String[] arguments) throws Exception {
    IoHandlerFactory factory;
    Class<? extends DatagramChannel> datagrams;
    Class<? extends SocketChannel> streams;
    switch (arguments[0]) {
      case "epoll" -> {
        factory = EpollIoHandler.newFactory();
        datagrams = EpollDatagramChannel.class;
        streams = EpollSocketChannel.class;
      }
      case "uring" -> {
        factory = IoUringIoHandler.newFactory();
        datagrams = IoUringDatagramChannel.class;
        streams = IoUringSocketChannel.class;
      }
      default -> {
        factory = NioIoHandler.newFactory();
        datagrams = NioDatagramChannel.class;
        streams = NioSocketChannel.class;
      }
    }
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, factory);
    DnsNameResolverBuilder builder =
        new DnsNameResolverBuilder(group.next())
            .datagramChannelType(datagrams)
            .socketChannelType(streams);
    Bootstrap client =
        new Bootstrap()
            .group(group)
            .channel(streams)
            .resolver(new DnsAddressResolverGroup(builder))
            .handler(new Nothing());
    try (DnsNameResolver resolver = builder.copy().build()) {
      for (int i = 2; i < arguments.length; i++) {
        if (arguments[i].startsWith("?")) {
          records(resolver, arguments[i].substring(1));
        } else {
          connect(client, arguments[i], Integer.parseInt(arguments[1]));
        }
      }
    }
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
  }

  private static void connect(Bootstrap client, String name, int port) throws Exception {
    var connecting = client.connect(name, port).await();
    if (connecting.isSuccess()) {
      Channel channel = connecting.channel();
      channel.close().sync();
      System.out.println(name + ": connected");
    } else {
      System.out.println(name + ": " + connecting.cause());
    }
  }

  private static void records(DnsNameResolver resolver, String name) throws Exception {
    var asking = resolver.resolveAll(new DefaultDnsQuestion(name, DnsRecordType.A)).await();
    System.out.println(
        "?" + name + ": " + (asking.isSuccess() ? asking.getNow().size() + "" : asking.cause()));
  }
}
