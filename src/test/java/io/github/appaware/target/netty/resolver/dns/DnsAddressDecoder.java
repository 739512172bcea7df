package io.github.appaware.target.netty.resolver.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Named like Netty's, as in a shaded copy. */
public final class DnsAddressDecoder {
  private DnsAddressDecoder() {}

  /** Finds what it likes. */
  public static InetAddress decodeAddress(DnsRecord unused, String name, boolean idn)
      throws UnknownHostException {
    return InetAddress.getByAddress(idn ? null : name, new byte[] {127, 0, 0, 6});
  }
}
