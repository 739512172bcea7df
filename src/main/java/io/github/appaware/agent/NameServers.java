package io.github.appaware.agent;

import io.github.appaware.event.Address;
import io.github.appaware.event.HostName;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.concurrent.TimeUnit;

/**
 * The name servers whose answers count, those of the system and of the policy, and the domains that
 * the system's resolver may append to a name: what {@code /etc/resolv.conf} says, see
 * resolv.conf(5). Safe for all threads.
 */
final class NameServers {
  private static final String FILE = "/etc/resolv.conf";

  /** For how long what was read is good. */
  private static final long FRESH = TimeUnit.SECONDS.toNanos(2);

  private static final int MOST = 32;

  /** What was read, and when. */
  private static final class Read {
    final Set<Address> servers = new HashSet<>();
    final List<String> domains = new ArrayList<>();
    final long at = System.nanoTime();
  }

  private final String file;
  private final VerdictCache policy;
  private volatile Read read;

  NameServers(VerdictCache policy) {
    this(FILE, policy);
  }

  /** The same with another file, for tests. */
  NameServers(String file, VerdictCache policy) {
    this.file = file;
    this.policy = policy;
  }

  /** Whether what this server answers is taken for the truth. */
  boolean isTrusted(Address server) {
    return read().servers.contains(server) || policy.nameServers().contains(server);
  }

  /** In normal form. */
  List<String> searchDomains() {
    return read().domains;
  }

  private Read read() {
    Read known = read;
    if (known == null || System.nanoTime() - known.at > FRESH) {
      known = read(file);
      read = known;
    }
    return known;
  }

  /** Not by way of {@code java.nio.file}, whose provider may be the application's. */
  private static Read read(String file) {
    Read read = new Read();
    String text;
    try {
      text = new String(content(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return read;
    }
    StringTokenizer lines = new StringTokenizer(text, "\r\n");
    while (lines.hasMoreTokens()) {
      StringTokenizer words = new StringTokenizer(lines.nextToken(), " \t");
      String key = words.hasMoreTokens() ? words.nextToken() : "";
      boolean server = key.equals("nameserver");
      if (server || key.equals("search") || key.equals("domain")) {
        while (words.hasMoreTokens() && read.servers.size() + read.domains.size() < MOST) {
          add(read, server, words.nextToken());
        }
      }
    }
    return read;
  }

  private static void add(Read read, boolean server, String word) {
    if (server) {
      Address address = address(word);
      if (address != null) {
        read.servers.add(address);
      }
    } else if (!HostName.normal(word).isEmpty()) {
      read.domains.add(HostName.normal(word));
    }
  }

  /** Null if it is none: a name is not looked up. */
  private static Address address(String text) {
    boolean six = text.indexOf(':') >= 0;
    int scope = text.indexOf('%');
    String plain = scope < 0 ? text : text.substring(0, scope);
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (c != '.' && c != ':' && Character.digit(c, six ? 16 : 10) < 0) {
        return null;
      }
    }
    try {
      return plain.isEmpty() ? null : Address.of(InetAddress.getByName(plain).getAddress());
    } catch (IOException e) {
      return null;
    }
  }

  private static byte[] content(String file) throws IOException {
    try (FileInputStream in = new FileInputStream(file)) {
      return in.readAllBytes();
    }
  }
}
