package io.github.appaware.cli;

import io.github.appaware.launch.RunDirectory;
import io.github.appaware.launch.Signals;
import io.github.appaware.policy.PolicyException;
import io.github.appaware.server.DecisionServer;
import io.github.appaware.server.ServerOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The decision server's process. Its input is the launcher's: first the options, then nothing, and
 * its end is the launcher's end. It prints {@code ready}, or why it is not.
 */
public final class ServerMain {
  private ServerMain() {}

  /** Serves until the run is over. */
  public static void main(String[] arguments) {
    Signals.ignore(); // Ctrl-C in the terminal reaches the server too; it ends with the run
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.exit(serve(in));
  }

  private static int serve(BufferedReader in) {
    try {
      ServerOptions options = ServerOptions.read(in);
      try (DecisionServer server = DecisionServer.open(options, machine(), Clock.systemUTC())) {
        awaitEnd(in, server);
        System.out.println("ready");
        server.serve();
      } finally {
        RunDirectory.delete(options.directory());
      }
      return 0;
    } catch (PolicyException e) {
      System.out.println(e.getMessage());
      return Program.FAILED;
    } catch (IOException e) {
      System.out.println("the decision server can't start: " + e);
      return Program.FAILED;
    }
  }

  private static void awaitEnd(BufferedReader in, DecisionServer server) {
    Thread thread =
        new Thread(
            () -> {
              try {
                in.readLine(); // nothing more is ever said: this is its end
              } catch (IOException e) {
                // The launcher's end, too.
              }
              server.launcherGone();
            },
            "launcher-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private static String machine() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      String name = System.getenv("HOSTNAME");
      return name == null ? "" : name;
    }
  }
}
