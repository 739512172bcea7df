package io.github.appaware.target.netty.resolver.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Named like Netty's, as in a shaded copy. */
public final class DnsNameResolver {
  /** Finds what it likes. */
  public InetAddress resolveHostsFileEntry(String name) throws UnknownHostException {
    return InetAddress.getByAddress(name, new byte[] {127, 0, 0, 6});
  }

  /** The same. */
  public List<InetAddress> resolveHostsFileEntries(String name) throws UnknownHostException {
    return List.of(resolveHostsFileEntry(name));
  }
}
