package io.github.appaware.cli;

import io.github.appaware.launch.Installation;
import io.github.appaware.launch.LaunchException;
import io.github.appaware.launch.ServerStart;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The program. */
public final class Main {
  private Main() {}

  /** Runs a command line and exits with its status. */
  public static void main(String[] arguments) {
    if (ServerMain.isAsked()) {
      ServerMain.main(arguments);
      return;
    }
    Path claim = ArchiveMaker.claim();
    if (claim != null) {
      System.exit(ArchiveMaker.make(claim, Libraries.jar()));
    }
    if (Libraries.missing(arguments)) {
      Libraries.run(arguments);
      return;
    }
    Map<String, String> environment = SavedVariables.putBack(System.getenv());
    ServerStart server = serverOf(arguments, environment);
    Console console = console();
    String charset = System.getProperty("sun.jnu.encoding", "");
    String unreadable =
        LocaleCheck.unreadable(
            charset,
            List.of(arguments),
            List.of(System.getProperty("java.class.path"), System.getProperty("user.dir")));
    if (!unreadable.isEmpty()) {
      console.fail(
          unreadable + " has letters that the locale's character set, " + charset + ", lacks",
          "set a locale with UTF-8: LC_ALL=C.UTF-8");
      System.exit(CommandLineProgram.FAILED);
    }
    Path directory = Path.of("").toAbsolutePath();
    int status = new CommandLineProgram(console, environment, directory, server).run(arguments);
    if (server != null) {
      server.abandon();
    }
    System.exit(status);
  }

  /** A run's server begins before the command line is read, unless it asks for help. */
  private static ServerStart serverOf(String[] arguments, Map<String, String> environment) {
    if (arguments.length == 0
        || !arguments[0].equals("run")
        || !Arrays.asList(arguments).contains("--")) {
      return null;
    }
    try {
      ServerStart server = new ServerStart(Installation.find(environment), ServerMain.OPTION);
      server.begin();
      return server;
    } catch (LaunchException e) {
      return null; // the command meets it, too, and says so
    }
  }

  private static Console console() {
    return new Console(
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8),
        new Screen(System.getenv()));
  }
}
