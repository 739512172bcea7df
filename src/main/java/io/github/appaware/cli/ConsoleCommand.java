package io.github.appaware.cli;

import io.github.appaware.launch.RunDirectory;
import io.github.appaware.link.RefusedException;
import io.github.appaware.wire.QuestionMessage.RunInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code appaware console}. */
@Command(
    name = "console",
    description = "See a run from another terminal, and answer its questions there.",
    synopsisHeading = "",
    customSynopsis = "Usage: appaware console [OPTIONS]",
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {
      "  0    the run ended, or with --json the input did",
      "  125  no such run or server, or no terminal; with --json, the connection was lost"
    })
final class ConsoleCommand implements Callable<Integer> {
  private final Console console;
  private final Map<String, String> environment;
  private final InputStream in;
  private final Clock clock;

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description = "The run, if there are several: its name in the record, or its process id.")
  private String run = "";

  @Option(
      names = "--server",
      paramLabel = "ADDRESS",
      description = {
        "A remote server instead of a run on this machine: tls://HOST:PORT; several, separated by"
            + " commas, are tried in turn. See appaware enroll; operators answer, auditors only"
            + " watch."
      })
  private String server;

  @Option(
      names = "--events",
      paramLabel = "WHICH",
      defaultValue = "denied",
      converter = EventFilter.Converter.class,
      description = "Which events to show: `denied`, `all` or `none`. Default: ${DEFAULT-VALUE}.")
  private EventFilter events;

  @Option(
      names = "--json",
      description =
          "For programs: write everything as JSON Lines, and read answers from the standard input,"
              + " one a line:"
              + " {\"question\":3,\"answer\":\"allow\",\"scope\":\"host\",\"term\":\"always\"}.")
  private boolean json;

  ConsoleCommand(Console console, Map<String, String> environment, InputStream in, Clock clock) {
    this.console = console;
    this.environment = environment;
    this.in = in;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    try {
      if (server != null) {
        try (ConsoleLink link = RemoteConsoles.attach(server, environment, console::tell)) {
          remote(link);
        }
      } else {
        try (ConsoleLink link = find()) {
          local(link);
        }
      }
      return 0;
    } catch (UsageException e) {
      console.fail(e.getMessage(), e.help());
      return CommandLineProgram.FAILED;
    } catch (RefusedException e) {
      console.fail(e.getMessage(), RemoteConsoles.ENROLL);
      return CommandLineProgram.FAILED;
    }
  }

  /** Until the run ends, or with {@code --json} the input. */
  private void local(ConsoleLink link) throws IOException, UsageException {
    if (json) {
      boolean unused = new JsonConsole(console, link, events).run(in);
      return;
    }
    try (TerminalConsole terminal = terminal(link)) {
      terminal.run();
    }
    console.tell("the run ended");
  }

  private TerminalConsole terminal(ConsoleLink link) throws UsageException {
    // A certificate may bear this machine's name and be another's: of a server, all are named.
    String here = server == null ? LocalMachine.name() : "";
    return new TerminalConsole(link, events, here, clock, console.screen().hasColorsOnTerminal());
  }

  /** Reconnects when the connection is lost; with {@code --json} it ends instead. */
  private void remote(ConsoleLink link) throws IOException, UsageException {
    if (!link.answers()) {
      console.tell("attached as an auditor: questions are answered by operators");
    }
    ShutdownHook leaving = new ShutdownHook(link::leave); // Ctrl-C is its regular end
    try {
      if (json) {
        readAnswers(link);
      } else {
        showQuestions(link);
      }
    } finally {
      leaving.cancel();
    }
  }

  private void readAnswers(ConsoleLink link) throws IOException, UsageException {
    boolean done = new JsonConsole(console, link, events).run(in);
    link.leave();
    if (!done) {
      throw new UsageException(
          "the server is away", "with --json the console ends then: start it again");
    }
  }

  /** Until Ctrl-C, or until the server does not accept this console any more. */
  private void showQuestions(ConsoleLink link) throws IOException, UsageException {
    try (TerminalConsole terminal = terminal(link)) {
      while (true) {
        terminal.run();
        terminal.tell("the server is away; reconnecting");
        link.comeBack();
        terminal.tell("the server is back");
      }
    }
  }

  /** Attaches to the only run, or to the one that was named. */
  private ConsoleLink find() throws IOException, UsageException {
    List<ConsoleLink> links = new ArrayList<>();
    for (Path directory : RunDirectory.attachable(environment)) {
      try {
        links.add(ConsoleLink.attach(directory, System.getProperty("user.name", "")));
      } catch (IOException e) {
        // The run has just ended, or was killed: a later run deletes the directory.
      }
    }
    List<ConsoleLink> meant = links.stream().filter(this::isMeant).toList();
    if (meant.size() > 1 && run.isEmpty() && !json) {
      meant = new RunPicker(console).pick(meant);
    }
    for (ConsoleLink link : links) {
      if (meant.size() != 1 || link != meant.get(0)) {
        link.close();
      }
    }
    if (meant.size() == 1) {
      return meant.get(0);
    }
    List<String> all =
        links.stream().flatMap(link -> link.runs().stream()).map(ConsoleCommand::name).toList();
    if (links.isEmpty()) {
      throw new UsageException(
          "no run to attach to", "start one: appaware run -- java -jar app.jar");
    }
    throw new UsageException(
        (run.isEmpty() ? "several runs: " : "no run `" + run + "`; running: ")
            + String.join(", ", all),
        "name one with `--run NAME`");
  }

  private boolean isMeant(ConsoleLink link) {
    return run.isEmpty()
        || link.runs().stream()
            .anyMatch(
                each ->
                    each.run().equals(run) || String.valueOf(each.application().pid()).equals(run));
  }

  private static String name(RunInfo info) {
    return info.run() + " (" + Console.visible(info.application().label()) + ")";
  }
}
