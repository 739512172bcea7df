package io.github.appaware.cli;

import io.github.appaware.event.BlindMode;
import io.github.appaware.event.GuardMode;
import io.github.appaware.event.Mode;
import io.github.appaware.launch.Installation;
import io.github.appaware.launch.LaunchException;
import io.github.appaware.launch.Launcher;
import io.github.appaware.launch.QuestionHandler;
import io.github.appaware.launch.RunOptions;
import io.github.appaware.launch.RunOutcome;
import io.github.appaware.launch.ServerStart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code appaware demo}: an ordinary run with one allowed and one denied event. */
@Command(
    name = "demo",
    description = "Show one allowed and one denied event of a small program on this machine.",
    customSynopsis = "Usage: appaware demo",
    synopsisHeading = "",
    footer = {"", "Nothing leaves this machine: both pages are served on the loopback address."})
final class DemoCommand implements Callable<Integer> {
  /** How the launcher script was started. */
  private static final String COMMAND = "appaware.command";

  private static final String POLICY = "demo.toml";
  private static final String JAR = "demo-1.0.jar";
  private static final String HOSTS = "hosts";
  private static final String LOG = "events.jsonl";

  private final Console console;
  private final Map<String, String> environment;

  DemoCommand(Console console, Map<String, String> environment) {
    this.console = console;
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    Path directory;
    try {
      directory = TemporaryFiles.directory("appaware-demo-");
    } catch (UsageException e) {
      console.fail(e.getMessage(), e.help());
      return CommandLineProgram.FAILED;
    }
    try (DemoServer server = new DemoServer()) {
      return show(directory, server.port());
    } catch (LaunchException e) {
      console.fail(e.getMessage(), e.help());
      return e.status();
    } finally {
      for (String file : List.of(POLICY, JAR, HOSTS, LOG)) {
        Files.deleteIfExists(directory.resolve(file));
      }
      Files.delete(directory);
    }
  }

  private int show(Path directory, int port) throws IOException, LaunchException {
    Path policy = directory.resolve(POLICY);
    try (InputStream in = DemoCommand.class.getResourceAsStream("/sample-policies/" + POLICY)) {
      Files.copy(in, policy);
    }
    Path jar = DemoJar.write(directory.resolve(JAR), DemoTarget.class);
    Path hosts = directory.resolve(HOSTS);
    Files.writeString(hosts, "127.0.0.1 repository.example telemetry.example\n");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djdk.net.hosts.file=" + hosts,
            "-jar",
            jar.toString(),
            "http://repository.example:" + port + "/",
            "http://telemetry.example:" + port + "/");
    explain(policy, jar, port);
    Installation installation = Installation.find(environment);
    Launcher launcher =
        new Launcher(
            installation,
            new ServerStart(installation, ServerMain.OPTION),
            environment,
            Path.of("").toAbsolutePath(),
            console::tell,
            QuestionHandler.NONE);
    Path log = directory.resolve(LOG);
    RunOutcome outcome =
        launcher.run(
            new RunOptions(
                command,
                List.of(policy),
                null,
                Mode.ENFORCE,
                BlindMode.ALLOW,
                GuardMode.OFF,
                log,
                null));
    console.tell(Summary.events(outcome));
    console.out().println("\nThe record that `--log " + LOG + "` keeps:\n");
    Files.readAllLines(log).forEach(console.out()::println);
    console.out().println();
    console.print(
        "Now your own program, with a question for each event: `"
            + System.getProperty(COMMAND, "appaware")
            + " run -- java -jar app.jar`");
    return outcome.status() == 0 && outcome.allowed() > 0 && outcome.denied() > 0
        ? 0
        : CommandLineProgram.FAILED;
  }

  private void explain(Path policy, Path jar, int port) throws IOException {
    console.out().println("This is the policy (sample-policies/" + POLICY + "):\n");
    Files.readAllLines(policy).stream()
        .filter(line -> !line.startsWith("#"))
        .dropWhile(String::isBlank)
        .forEach(line -> console.out().println("    " + line));
    console
        .out()
        .println(
            "\n$ appaware run --policy "
                + POLICY
                + " --log "
                + LOG
                + " -- java -jar "
                + jar.getFileName()
                + " http://repository.example:"
                + port
                + "/ http://telemetry.example:"
                + port
                + "/\n");
  }
}
