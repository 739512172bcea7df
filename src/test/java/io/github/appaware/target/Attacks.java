package io.github.appaware.target;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tries to get out, or to be mistaken for another, while everything is denied. Prints the outcome;
 * only the peer knows whether anything got through.
 */
public final class Attacks {
  /** Nothing listens there, so that it can be allowed if an attack needs an allowed endpoint. */
  static final int DECOY = 1;

  static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  /** A peer accepts connections there. */
  static int port;

  /** A peer receives datagrams there. */
  static int datagrams;

  /** The jar of this program. */
  static String jar;

  private Attacks() {}

  /** One attack. */
  interface Attack {
    void run() throws Exception;
  }

  /** Arguments: the attack, a port with a TCP peer, one with a UDP peer, this jar. */
  public static void main(String[] arguments) throws Exception {
    port = Integer.parseInt(arguments[1]);
    datagrams = Integer.parseInt(arguments[2]);
    jar = arguments[3];
    Attack attack = all().get(arguments[0]);
    if (attack == null) {
      throw new IllegalArgumentException(arguments[0]);
    }
    attack.run();
    connect();
    System.exit(0); // whatever threads an attack left
  }

  /** Every attack by its name. */
  public static Map<String, Attack> all() {
    Map<String, Attack> all = new TreeMap<>();
    all.putAll(AttacksByAddress.all());
    all.putAll(AttacksByOtherWays.all());
    all.putAll(AttacksByTiming.all());
    all.putAll(AttacksByChildren.all());
    all.putAll(AttacksByExhaustion.all());
    all.putAll(AttacksOnAgent.all());
    all.putAll(AttacksOnHooks.all());
    all.put("nothing-special", () -> {});
    all.put("link", () -> link(jar));
    return all;
  }

  static void say(Object what) {
    System.out.println(what);
  }

  /** Runs a part of an attack that may be refused. */
  static void attempt(Attack attack) {
    try {
      attack.run();
    } catch (Exception e) {
      say(e);
    }
  }

  static void connect(InetAddress address) {
    try (Socket socket = new Socket(address, port)) {
      say("connected " + socket);
    } catch (IOException e) {
      say(e.getMessage());
    }
  }

  static void connect() {
    connect(LOOPBACK);
  }

  static InetSocketAddress tcp() {
    return new InetSocketAddress(LOOPBACK, port);
  }

  static InetSocketAddress udp() {
    return new InetSocketAddress(LOOPBACK, datagrams);
  }

  private static void link(String path) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      say("connected " + channel);
    } catch (IOException e) {
      say(e.getMessage());
    }
  }
}
