package compat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;

/** An echo over TCP and over UDP, with the given transport. */
record NettyEcho(
    IoHandlerFactory transport,
    Class<? extends ServerChannel> server,
    Class<? extends Channel> client,
    Class<? extends DatagramChannel> datagram) {

  private static final int SIZE = 100_000;

  int serve() throws Exception {
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, transport);
    Channel channel =
        new ServerBootstrap()
            .group(group)
            .channel(server)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel each) {
                    each.pipeline().addLast(new Echo());
                  }
                })
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  void talk(int port) throws Exception {
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(2, transport);
    for (int i = 0; i < 5; i++) {
      CompletableFuture<Integer> back = new CompletableFuture<>();
      Channel channel =
          new Bootstrap()
              .group(group)
              .channel(client)
              .handler(new Count(back))
              .connect("127.0.0.1", port)
              .sync()
              .channel();
      channel.writeAndFlush(channel.alloc().buffer(SIZE).writeZero(SIZE)).sync();
      Run.say("tcp " + back.get());
      channel.close().sync();
    }
    CompletableFuture<String> heard = new CompletableFuture<>();
    Channel ear = datagrams(group, heard);
    Channel mouth = datagrams(group, new CompletableFuture<>());
    ByteBuf content = mouth.alloc().buffer().writeBytes(new byte[500]);
    mouth.writeAndFlush(new DatagramPacket(content, (InetSocketAddress) ear.localAddress())).sync();
    Run.say("udp " + heard.get());
  }

  private Channel datagrams(EventLoopGroup group, CompletableFuture<String> heard)
      throws Exception {
    return new Bootstrap()
        .group(group)
        .channel(datagram)
        .handler(
            new SimpleChannelInboundHandler<DatagramPacket>() {
              @Override
              protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
                heard.complete(
                    packet.sender().getAddress() + " " + packet.content().readableBytes());
              }
            })
        .bind("127.0.0.1", 0)
        .sync()
        .channel();
  }

  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      context.writeAndFlush(message);
    }
  }

  private static final class Count extends SimpleChannelInboundHandler<ByteBuf> {
    private final CompletableFuture<Integer> back;
    private int read;

    Count(CompletableFuture<Integer> back) {
      this.back = back;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
      read += message.readableBytes();
      if (read == SIZE) {
        back.complete(read);
      }
    }
  }
}
