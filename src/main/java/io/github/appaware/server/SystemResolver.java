package io.github.appaware.server;

import io.github.appaware.event.Address;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the C library's resolver reaches when a JVM looks up a name, which its agent was asked
 * about: name servers of resolv.conf(5), and the services that nsswitch.conf(5) may name. Not safe
 * for threads.
 */
final class SystemResolver {
  private static final int DNS = 53;

  /** nscd, systemd-resolved, SSSD, Avahi. */
  private static final Set<String> SERVICES =
      Set.of(
          "/run/nscd/socket",
          "/var/run/nscd/socket",
          "/run/systemd/resolve/io.systemd.Resolve",
          "/var/lib/sss/pipes/nss",
          "/run/avahi-daemon/socket");

  /** An address in numbers: it is never looked up. */
  private static final Pattern NUMERIC = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private final Path file;
  private FileTime read;
  private Set<Address> servers = Set.of();

  SystemResolver() {
    this(Path.of("/etc/resolv.conf"));
  }

  SystemResolver(Path file) {
    this.file = file;
  }

  /** Whether the event belongs to a look-up by the system. */
  boolean isUsed(Event event) {
    if (event instanceof Event.Unix unix) {
      return unix.kind() == EventKind.CONNECT && SERVICES.contains(unix.path());
    }
    return event instanceof Event.Inet inet
        && inet.port() == DNS
        && (inet.kind() == EventKind.CONNECT || inet.kind() == EventKind.SEND)
        && servers().contains(inet.address());
  }

  /**
   * Whether the event only asks which way a packet would take: the resolver connects a datagram
   * socket to port 0 of each address that it found, to sort them (RFC 6724). A program could send
   * over such a socket without another event, so that it is denied; the resolver then leaves the
   * addresses in their order.
   */
  boolean isRouteProbe(Event event) {
    return event instanceof Event.Inet inet
        && inet.kind() == EventKind.CONNECT
        && inet.protocol() == Protocol.UDP
        && inet.port() == 0;
  }

  private Set<Address> servers() {
    try {
      FileTime now = Files.getLastModifiedTime(file);
      if (!now.equals(read)) {
        servers = parse(Files.readString(file, StandardCharsets.ISO_8859_1));
        read = now;
      }
    } catch (IOException e) {
      servers = parse("");
    }
    return servers;
  }

  /** Without any, it is the one on this machine. */
  private static Set<Address> parse(String text) {
    Set<Address> found = new HashSet<>();
    for (String line : text.split("\n", -1)) {
      String[] words = line.strip().split("\\s+", -1);
      if (words.length > 1 && words[0].equals("nameserver")) {
        String number = words[1].split("%", 2)[0];
        if (NUMERIC.matcher(number).matches()) {
          add(number, found);
        }
      }
    }
    if (found.isEmpty()) {
      add("127.0.0.1", found);
    }
    return found;
  }

  private static void add(String number, Set<Address> to) {
    try {
      to.add(Address.of(InetAddress.getByName(number).getAddress()));
    } catch (IOException e) {
      // no address after all
    }
  }
}
