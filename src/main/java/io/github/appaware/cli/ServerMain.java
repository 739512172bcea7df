package io.github.appaware.cli;

import io.github.appaware.launch.RunDirectory;
import io.github.appaware.launch.SignalForwarder;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.server.local.ClientProcesses;
import io.github.appaware.server.local.KernelProcesses;
import io.github.appaware.server.local.LocalServer;
import io.github.appaware.server.local.ServerOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * The decision server's process. Its input is the launcher's: first the options, then nothing, and
 * its end is the launcher's end. It prints {@code ready}, or why it is not.
 */
public final class ServerMain {
  /**
   * A JVM option that makes the tool's jar this program. The jar has its main class and the rights
   * that it needs in its manifest: given as options, these would keep the JVM from using the module
   * graph in its archive, for 8 to 16 ms of each start.
   */
  static final String OPTION = "-Dappaware.server.local=true";

  private ServerMain() {}

  /** Whether this JVM was started with {@link #OPTION}. */
  static boolean isAsked() {
    return Boolean.getBoolean("appaware.server.local");
  }

  /** Serves until the run is over. */
  public static void main(String[] arguments) {
    SignalForwarder.ignore(); // Ctrl-C in the terminal reaches the server too; it ends with the run
    LocalServer.prepare();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.exit(serve(in, KernelProcesses::of));
  }

  static int serve(BufferedReader in, Function<Path, ClientProcesses> processes) {
    AtomicReference<LocalServer> open = new AtomicReference<>();
    try {
      ServerOptions options = ServerOptions.read(in);
      watchLauncher(in, open, options);
      ClientProcesses known = processes.apply(options.directory());
      try (LocalServer server =
          LocalServer.open(options, LocalMachine.name(), Clock.systemUTC(), known)) {
        open.set(server);
        System.out.println("ready");
        server.serve();
      } finally {
        RunDirectory.delete(options.directory());
      }
      return 0;
    } catch (PolicyException e) {
      System.out.println(e.getMessage());
      return CommandLineProgram.FAILED;
    } catch (IOException e) {
      System.out.println(e.getMessage());
      return CommandLineProgram.FAILED;
    }
  }

  /** Begins at once, so that a launcher that is killed leaves no server behind. */
  private static void watchLauncher(
      BufferedReader in, AtomicReference<LocalServer> open, ServerOptions options) {
    Thread thread = new Thread(() -> awaitEnd(in, open, options), "launcher-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private static void awaitEnd(
      BufferedReader in, AtomicReference<LocalServer> open, ServerOptions options) {
    try {
      String unused = in.readLine(); // the launcher sends nothing more: this is its end
    } catch (IOException e) {
      // The launcher has ended.
    }
    LocalServer server = open.get();
    if (server != null) {
      server.launcherGone();
      return;
    }
    try {
      RunDirectory.delete(options.directory());
    } catch (IOException e) {
      // A later run deletes it.
    }
    System.exit(CommandLineProgram.FAILED);
  }
}
