package io.github.appaware.target;

import io.github.appaware.target.netty.resolver.dns.DnsAddressDecoder;
import io.github.appaware.target.netty.resolver.dns.DnsRecord;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.resolver.HostsFileEntriesResolver;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DefaultDnsCache;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.InetAddress;
import java.util.Hashtable;
import java.util.concurrent.TimeUnit;
import javax.naming.directory.DirContext;
import javax.naming.directory.InitialDirContext;

/** What classes named like a library's say, and what a library is told by the program. */
final class NameAttacksByLibraries {
  private final String name;
  private final byte[] victim;

  NameAttacksByLibraries(String name, byte[] victim) {
    this.name = name;
    this.victim = victim.clone();
  }

  InetAddress fakeDecoder() throws IOException {
    return DnsAddressDecoder.decodeAddress(new DnsRecord(), name, false);
  }

  InetAddress fakeResolver() throws IOException {
    return new io.github.appaware.target.netty.resolver.dns.DnsNameResolver()
        .resolveHostsFileEntry(name);
  }

  InetAddress fakeResolverOfMany() throws IOException {
    return new io.github.appaware.target.netty.resolver.dns.DnsNameResolver()
        .resolveHostsFileEntries(name)
        .get(0);
  }

  private interface Setting {
    void set(DnsNameResolverBuilder builder, EventLoop loop) throws Exception;
  }

  private InetAddress asked(Setting setting) throws Exception {
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      DnsNameResolverBuilder builder =
          new DnsNameResolverBuilder(group.next()).datagramChannelType(NioDatagramChannel.class);
      setting.set(builder, group.next());
      try (DnsNameResolver resolver = builder.build()) {
        return resolver.resolve(name).get(20, TimeUnit.SECONDS);
      }
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
  }

  InetAddress hostsFile() throws Exception {
    InetAddress found = InetAddress.getByAddress(name, victim);
    return asked(
        (builder, loop) ->
            builder.hostsFileEntriesResolver(
                new HostsFileEntriesResolver() {
                  @Override
                  public InetAddress address(String host, ResolvedAddressTypes types) {
                    return found;
                  }
                }));
  }

  InetAddress cache() throws Exception {
    return asked(
        (builder, loop) -> {
          DefaultDnsCache cache = new DefaultDnsCache();
          var unused = cache.cache(name, null, InetAddress.getByAddress(name, victim), 60, loop);
          builder.resolveCache(cache);
        });
  }

  /** By the JDK's own client of name servers. */
  @SuppressWarnings({"BanJNDI", "JdkObsolete"}) // it is what JNDI takes
  InetAddress jndi(String server) throws Exception {
    Hashtable<String, String> settings = new Hashtable<>();
    settings.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
    settings.put("java.naming.provider.url", "dns://" + server);
    DirContext context = new InitialDirContext(settings);
    String found = (String) context.getAttributes(name, new String[] {"A"}).get("A").get();
    context.close();
    return InetAddress.getByName(found);
  }

  /** The object of the allowed name, with other bytes. */
  InetAddress deserialized() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(InetAddress.getByName(name));
    }
    byte[] object = bytes.toByteArray();
    for (int i = 0; i < object.length - 3; i++) {
      if (object[i] == 127 && object[i + 1] == 0 && object[i + 2] == 0 && object[i + 3] == 5) {
        object[i + 3] = 6;
      }
    }
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(object))) {
      return (InetAddress) in.readObject();
    }
  }
}
