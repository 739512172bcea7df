package compat;

import java.util.ArrayList;
import java.util.List;

/** What the clients share that go to names: what became of each, in a line. */
final class Reach {
  /** A client that wants an answer. */
  interface Client {
    void go(String host, int port) throws Exception;
  }

  private Reach() {}

  /** The port, then names. */
  static void main(String[] args, Client client) {
    Run.main(
        new String[] {args[0]},
        null,
        port -> {
          for (int i = 1; i < args.length; i++) {
            Run.say(args[i] + ": " + outcome(args[i], port, client));
          }
        });
  }

  private static String outcome(String host, int port, Client client) {
    try {
      client.go(host, port);
      return "reached";
    } catch (Exception e) {
      List<String> causes = new ArrayList<>();
      for (Throwable each = e; each != null && causes.size() < 10; each = each.getCause()) {
        causes.add(each.toString());
        for (Throwable other : each.getSuppressed()) {
          causes.add(other.toString());
        }
      }
      return String.join(" <- ", causes).replace('\n', ' ');
    }
  }

  /** An answer that is none fails as well. */
  static void expect(boolean good, Object what) {
    if (!good) {
      throw new IllegalStateException("answer " + what);
    }
  }
}
