package io.github.appaware.target;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * Tries every entry point of the JDK to the network, each in a few lines, and prints one line for
 * each: its outcome, or the denial's type and message, or that it failed otherwise.
 */
public final class EntryPoints {
  /** How long a call may wait for a peer that does not come, in milliseconds. */
  static final int WAIT = 150;

  static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  /** A peer accepts connections there, and closes them at once. */
  final InetSocketAddress tcp;

  /** A peer receives datagrams there. */
  final InetSocketAddress udp;

  /** A web server. */
  final InetSocketAddress web;

  /** A free port. */
  final int own;

  /**
   * Others, for what closes its listener some time after it said so: RMI with the sockets of JDK 17
   * that were there before.
   */
  private final String[] others;

  /** A peer accepts connections on {@code peer} in it; the rest is free. */
  final Path directory;

  private EntryPoints(String[] arguments) {
    tcp = new InetSocketAddress(LOOPBACK, Integer.parseInt(arguments[0]));
    udp = new InetSocketAddress(LOOPBACK, Integer.parseInt(arguments[1]));
    web = new InetSocketAddress(LOOPBACK, Integer.parseInt(arguments[2]));
    others = arguments[3].split(",", -1);
    own = Integer.parseInt(others[0]);
    directory = Path.of(arguments[4]);
  }

  /** Arguments: four ports and a directory. */
  public static void main(String[] arguments) {
    EntryPoints all = new EntryPoints(arguments);
    EntryPointsOut.all(all);
    EntryPointsDatagrams.all(all);
    EntryPointsServices.all(all);
    EntryPointsIn.all(all);
    System.exit(0);
  }

  /** The free port of this number, from 0; the last one if there are fewer. */
  int own(int number) {
    return Integer.parseInt(others[Math.min(number, others.length - 1)]);
  }

  /** One entry point. */
  void attempt(String name, Callable<?> attempt) {
    String outcome;
    try {
      outcome = String.valueOf(attempt.call());
    } catch (Throwable e) {
      outcome = refusal(e);
    }
    System.out.println(name + ": " + outcome);
  }

  private static String refusal(Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      String message = String.valueOf(each.getMessage());
      if (message.startsWith("appaware: ")) {
        return each.getClass().getSimpleName() + " " + message.substring("appaware: ".length());
      }
    }
    if (System.getenv("ENTRY_POINTS_TRACE") != null) {
      thrown.printStackTrace();
    }
    return "failed otherwise";
  }
}
