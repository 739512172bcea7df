package io.github.appaware.target;

import static io.github.appaware.target.Attacks.attempt;
import static io.github.appaware.target.Attacks.connect;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Map;

/** One address disguised as another. */
final class AttacksByAddress {
  private static final byte[] LOCAL = {127, 0, 0, 1};

  private AttacksByAddress() {}

  static Map<String, Attacks.Attack> all() {
    return Map.ofEntries(
        Map.entry("mapped", () -> connect(InetAddress.getByName("::ffff:127.0.0.1"))),
        Map.entry("mapped-raw", () -> connect(Inet6Address.getByAddress(null, mapped(), -1))),
        Map.entry("mapped-uncompressed", AttacksByAddress::uncompressed),
        Map.entry("wildcard", () -> connect(InetAddress.getByAddress(new byte[4]))),
        Map.entry("wildcard6", () -> connect(InetAddress.getByAddress(new byte[16]))),
        Map.entry("scoped", () -> connect(InetAddress.getByName("::1%lo"))),
        Map.entry("odd-literals", AttacksByAddress::oddLiterals),
        Map.entry("forged-label", () -> connect(InetAddress.getByAddress("localhost", LOCAL))),
        Map.entry("deserialised-label", AttacksByAddress::deserialised),
        Map.entry("own-socket-address", AttacksByAddress::ownSocketAddress),
        Map.entry("foreign-socket-address", AttacksByAddress::foreignSocketAddress));
  }

  private static byte[] mapped() {
    byte[] mapped = new byte[16];
    mapped[10] = (byte) 0xff;
    mapped[11] = (byte) 0xff;
    System.arraycopy(LOCAL, 0, mapped, 12, 4);
    return mapped;
  }

  private static void uncompressed() throws IOException {
    connect(InetAddress.getByName("0:0:0:0:0:ffff:7f00:1"));
    connect(InetAddress.getByName("::ffff:7f00:1"));
    connect(InetAddress.getByName("[0000:0000::FFFF:127.0.0.1]"));
  }

  private static void oddLiterals() {
    for (String literal : new String[] {"127.1", "2130706433", "127.0.1", "0x7f.1", "0177.0.0.1"}) {
      attempt(() -> connect(InetAddress.getByName(literal)));
    }
  }

  /** The label and the address as an attacker writes them into a stream. */
  private static void deserialised() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(
          new InetSocketAddress(InetAddress.getByAddress("localhost", LOCAL), Attacks.port));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      SocketChannel.open((SocketAddress) in.readObject());
    } catch (IOException e) {
      Attacks.say(e.getMessage());
    }
  }

  /** One that lies in all methods that can be overridden. */
  private static final class Lying extends InetSocketAddress {
    private static final long serialVersionUID = 1L;

    Lying() {
      super(Attacks.LOOPBACK, Attacks.port);
    }

    @Override
    public String toString() {
      return "localhost/127.0.0.1:" + Attacks.DECOY;
    }
  }

  private static void ownSocketAddress() throws IOException {
    try (SocketChannel channel = SocketChannel.open()) {
      channel.connect(new Lying());
      Attacks.say("connected " + channel);
    } catch (IOException e) {
      Attacks.say(e.getMessage());
    }
  }

  private static final class Unknown extends SocketAddress {
    private static final long serialVersionUID = 1L;
  }

  private static void foreignSocketAddress() {
    attempt(
        () -> {
          try (SocketChannel channel = SocketChannel.open()) {
            channel.connect(new Unknown());
            Attacks.say("connected " + channel);
          }
        });
  }
}
