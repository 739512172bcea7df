package compat;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.proxy.Socks5ProxyHandler;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.NoopAddressResolverGroup;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

// table: Netty 4.1, resolver-dns
// maven: io.netty:netty-resolver-dns:4.1.127.Final
// also: io.netty:netty-handler-proxy:4.1.127.Final
// proxies: socks connect
final class ReachNetty {
  private static final EventLoopGroup GROUP = new NioEventLoopGroup(1);
  private static final AddressResolverGroup<?> NAMES =
      Reach.PROXY != null
          ? NoopAddressResolverGroup.INSTANCE
          : new DnsAddressResolverGroup(
              NioDatagramChannel.class, DnsServerAddressStreamProviders.platformDefault());

  public static void main(String[] args) {
    Reach.main(args, ReachNetty::go);
  }

  private static final class First extends SimpleChannelInboundHandler<ByteBuf> {
    private final CompletableFuture<Byte> first;

    First(CompletableFuture<Byte> first) {
      this.first = first;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf answer) {
      first.complete(answer.readByte());
    }
  }

  private static void go(String host, int port) throws Exception {
    CompletableFuture<Byte> first = new CompletableFuture<>();
    Bootstrap client =
        new Bootstrap()
            .group(GROUP)
            .channel(NioSocketChannel.class)
            .resolver(NAMES)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    if (Reach.PROXY != null) {
                      channel
                          .pipeline()
                          .addLast(
                              Reach.SOCKS
                                  ? new Socks5ProxyHandler(Reach.proxy())
                                  : new HttpProxyHandler(Reach.proxy()));
                    }
                    channel.pipeline().addLast(new First(first));
                  }
                });
    Channel channel = client.connect(host, port).sync().channel();
    channel.writeAndFlush(
        Unpooled.copiedBuffer("GET / HTTP/1.0\r\n\r\n", StandardCharsets.US_ASCII));
    Reach.expect(first.get(30, TimeUnit.SECONDS) == 'H', "another");
  }
}
