package io.github.appaware.target;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * Tries every entry point of the JDK to the network, each in a few lines, and prints one line for
 * each: what came of it, or the refusal's type and message, or that it failed otherwise.
 */
public final class EntryPoints {
  /** How long a call may wait for somebody who does not come, in milliseconds. */
  static final int WAIT = 150;

  static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  /** Somebody takes connections there, and ends them at once. */
  final InetSocketAddress tcp;

  /** Somebody takes datagrams there. */
  final InetSocketAddress udp;

  /** A web server. */
  final InetSocketAddress web;

  /** A free port. */
  final int own;

  /** Somebody takes connections on {@code peer} in it; the rest is free. */
  final Path directory;

  private EntryPoints(String[] arguments) {
    tcp = new InetSocketAddress(LOOPBACK, Integer.parseInt(arguments[0]));
    udp = new InetSocketAddress(LOOPBACK, Integer.parseInt(arguments[1]));
    web = new InetSocketAddress(LOOPBACK, Integer.parseInt(arguments[2]));
    own = Integer.parseInt(arguments[3]);
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
