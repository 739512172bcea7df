package io.github.appaware.cli;

import io.github.appaware.launch.ClassArchives;
import io.github.appaware.launch.ServerStart;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line as a whole: all commands, and how errors are reported. */
@Command(
    name = CommandLineProgram.NAME,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Runs a Java application and allows or denies its network events, by a policy, in another"
            + " process, before the transport layer sees them.",
    footer = {
      "",
      "Try it: `appaware demo`. Then wrap your own: `appaware run -- java -jar app.jar`."
    })
final class CommandLineProgram implements Runnable {
  /** appaware itself failed: nothing was run, or it was stopped. */
  static final int FAILED = 125;

  /** The program's, which begins the name of each command. */
  static final String NAME = "appaware";

  private static final String HELP = "help";

  private static final List<String> COMMANDS =
      List.of(
          "run",
          "learn",
          "identify",
          "doctor",
          "demo",
          "policy",
          "log",
          "replay",
          "console",
          "server",
          "enroll",
          HELP,
          "version");

  private final Console console;
  private final Map<String, String> environment;
  private final Path directory;
  private final ServerStart server;

  CommandLineProgram(Console console, Map<String, String> environment, Path directory) {
    this(console, environment, directory, null);
  }

  /** As above, with the server of a run that has begun to start, or null. */
  CommandLineProgram(
      Console console, Map<String, String> environment, Path directory, ServerStart server) {
    this.server = server;
    this.console = console;
    this.environment = environment;
    this.directory = directory;
  }

  /** The line that knows these commands. */
  private CommandLine line(List<String> commands) {
    CommandLine line = new CommandLine(this);
    for (String command : commands) {
      line.addSubcommand(command(command));
    }
    line.getSubcommands().values().forEach(this::equip);
    addColor(line.getCommandSpec());
    return prepared(line);
  }

  /** The line of one command, under its whole name: the model of this class takes time, too. */
  private CommandLine alone(String command) {
    CommandLine line = command(command);
    equip(line);
    return prepared(line.setCommandName(NAME + " " + command));
  }

  private CommandLine prepared(CommandLine line) {
    line.getCommandSpec().exitCodeOnInvalidInput(FAILED);
    line.setOut(console.out());
    line.setErr(console.err());
    line.setExecutionStrategy(new Strategy(console));
    line.setParameterExceptionHandler(this::wrongUse);
    line.setExecutionExceptionHandler(
        (failure, command, result) -> {
          console.fail("internal error: " + failure, "please report it, with the command line");
          return FAILED;
        });
    return line;
  }

  private CommandLine command(String name) {
    Clock clock = Clock.systemUTC();
    return switch (name) {
      // Stopped at the target's name: what comes after it is the target's own.
      case "run" ->
          new RunCommand(console, environment, directory, server).line().setStopAtPositional(true);
      case "learn" ->
          new CommandLine(new LearnCommand(console, environment, directory, System.in, clock))
              .setStopAtPositional(true);
      case "identify" ->
          new CommandLine(new IdentifyCommand(console, environment, directory))
              .setStopAtPositional(true);
      case "doctor" -> new CommandLine(new DoctorCommand(console, environment, directory));
      case "demo" -> new CommandLine(new DemoCommand(console, environment));
      case "policy" -> PolicyCommand.line(console, environment, directory);
      case "log" -> new CommandLine(new LogCommand(console, places(), System.in, clock));
      case "replay" -> new CommandLine(new ReplayCommand(console, places(), System.in, clock));
      case "console" -> {
        Clock local = Clock.system(ZoneId.systemDefault());
        yield new CommandLine(new ConsoleCommand(console, environment, System.in, local));
      }
      case "server" -> ServerCommand.line(console, directory, Clock.system(ZoneId.systemDefault()));
      case "enroll" -> new CommandLine(new EnrollCommand(console, environment, System.in, clock));
      case HELP -> new CommandLine(new HelpCommand(console));
      case "version" -> new CommandLine(new VersionCommand(console));
      default -> throw new IllegalArgumentException(name);
    };
  }

  private PolicyFiles.Places places() {
    return new PolicyFiles.Places(environment, directory);
  }

  /** Gives a command, and its sub-commands, what all commands have. */
  private void equip(CommandLine command) {
    addStandardOptions(command.getCommandSpec());
    addColor(command.getCommandSpec());
    command.getCommandSpec().exitCodeOnInvalidInput(FAILED);
    command.getCommandSpec().exitCodeOnExecutionException(FAILED);
    command.getCommandSpec().usageMessage().width(80);
    command.getSubcommands().values().forEach(this::equip);
  }

  /** As Picocli's own mixin, whose annotations take time to read. */
  private static void addStandardOptions(CommandSpec spec) {
    spec.versionProvider(new Version());
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .type(boolean.class)
            .usageHelp(true)
            .description("Show this help message and exit.")
            .build());
    spec.addOption(
        OptionSpec.builder("-V", "--version")
            .type(boolean.class)
            .versionHelp(true)
            .description("Print version information and exit.")
            .build());
  }

  /** Set while the line is parsed, so that errors and help have it as well. */
  private void addColor(CommandSpec spec) {
    spec.addOption(
        OptionSpec.builder("--color")
            .paramLabel("WHEN")
            .type(ColorWhen.class)
            .converters(new ColorWhen.Converter())
            .description(
                "Whether output has colours: `auto`, `always` or `never`. Default: auto, by the"
                    + " terminal and NO_COLOR.")
            .setter(
                new ISetter() {
                  @Override
                  public <T> T set(T value) {
                    if (value instanceof ColorWhen when) {
                      console.screen().use(when);
                    }
                    return value;
                  }
                })
            .build());
  }

  /**
   * Runs a command line and returns the exit status. Only the command that was typed gets a model:
   * those of all others would double the start-up time.
   */
  int run(String... arguments) {
    try {
      if (arguments.length > 0 && COMMANDS.contains(arguments[0]) && !arguments[0].equals(HELP)) {
        String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
        int status = alone(arguments[0]).execute(rest);
        if (ClassArchives.areRecorded()) {
          String unused = model().getUsageMessage(); // `appaware --help` needs more than a run
        }
        return status;
      }
      if (arguments.length == 1 && arguments[0].equals("--version")) {
        Version.print(console.out());
        return 0;
      }
      return line(COMMANDS).execute(arguments);
    } catch (IOException e) {
      console.fail("can't read the version: " + e.getMessage(), "");
      return FAILED;
    } catch (NoClassDefFoundError e) {
      console.fail("a library is missing: " + e.getMessage(), "install `lib` beside appaware.jar");
      return FAILED;
    }
  }

  /** The commands as Picocli has them, for help, man page and completion. */
  CommandLine model() {
    return line(COMMANDS);
  }

  @Override
  public void run() {
    CommandLine line = model();
    line.usage(console.err(), console.help(Screen.ERR));
    throw new ParameterException(line, "missing command");
  }

  private int wrongUse(ParameterException failure, String[] arguments) {
    console.fail(CommandLineErrors.message(failure), CommandLineErrors.help(failure));
    return FAILED;
  }

  /** Runs the command, unless help was asked for about a command or option that is unknown. */
  private record Strategy(Console console) implements IExecutionStrategy {
    @Override
    public int execute(ParseResult result) {
      result.commandSpec().commandLine().setColorScheme(console.help(Screen.OUT));
      ParseResult last = result;
      while (last.hasSubcommand()) {
        last = last.subcommand();
      }
      if (!last.unmatched().isEmpty()) {
        throw new UnmatchedArgumentException(last.commandSpec().commandLine(), last.unmatched());
      }
      return new RunLast().execute(result);
    }
  }
}
