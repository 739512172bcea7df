package io.github.appaware.trust;

import io.github.appaware.wire.ServerAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;

/**
 * The names and addresses of a server.
 *
 * @param hosts names, in lower case
 * @param addresses literals, in their normal form
 */
record ServerNames(List<String> hosts, List<String> addresses) {
  private static final int DNS_NAME = 2; // RFC 5280, GeneralName
  private static final int IP_ADDRESS = 7;
  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern V4 = Pattern.compile("(" + BYTE + "\\.){3}" + BYTE);
  private static final Pattern DIGITS = Pattern.compile("[0-9.]+");

  ServerNames {
    hosts = List.copyOf(hosts);
    addresses = List.copyOf(addresses);
  }

  /** As an administrator writes them. */
  static ServerNames of(List<String> names) throws TrustException {
    List<String> hosts = new ArrayList<>();
    List<String> addresses = new ArrayList<>();
    for (String name : names) {
      String normal = normal(name);
      boolean literal = normal.indexOf(':') >= 0 || V4.matcher(normal).matches();
      List<String> list = literal ? addresses : hosts;
      if (!list.contains(normal)) {
        list.add(normal);
      }
    }
    return new ServerNames(hosts, addresses);
  }

  private static String normal(String name) throws TrustException {
    boolean bare = name.indexOf(':') >= 0 && !name.startsWith("[");
    try {
      String host = ServerAddress.parse("tls://" + (bare ? "[" + name + "]" : name) + ":1").host();
      boolean v4 = V4.matcher(host).matches();
      if (host.indexOf(':') < 0 && !v4) {
        SNIHostName unused = new SNIHostName(host); // what the JDK takes for a name
        if (DIGITS.matcher(host).matches()) {
          throw new IllegalArgumentException("no IPv4 address");
        }
      }
      return host;
    } catch (IllegalArgumentException e) {
      throw new TrustException(
          "`" + name + "` is neither a host's name nor an address",
          "use what clients will write behind `tls://`, without the port");
    }
  }

  /** The names in a server's certificate. */
  static ServerNames of(X509Certificate certificate) throws CertificateParsingException {
    List<String> hosts = new ArrayList<>();
    List<String> addresses = new ArrayList<>();
    Collection<List<?>> all = certificate.getSubjectAlternativeNames();
    for (List<?> each : all == null ? List.<List<?>>of() : all) {
      if (each.get(0).equals(DNS_NAME)) {
        hosts.add((String) each.get(1));
      } else if (each.get(0).equals(IP_ADDRESS)) {
        addresses.add((String) each.get(1));
      }
    }
    return new ServerNames(hosts, addresses);
  }
}
