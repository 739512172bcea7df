package io.github.appaware.cli;

import io.github.appaware.event.GuardMode;
import io.github.appaware.launch.RunOutcome;
import io.github.appaware.learn.Learner;
import io.github.appaware.policy.edit.Answers;
import io.github.appaware.policy.edit.EditException;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.policy.read.PolicyReader;
import io.github.appaware.report.Replay;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code appaware learn}. */
@Command(
    name = "learn",
    description =
        "Run a program in mode audit, where everything is allowed, and write the policy that allows"
            + " what it did; or write it from records.",
    customSynopsis = {
      "Usage: appaware learn [OPTIONS] -o FILE [--] COMMAND [ARGUMENT...]",
      "       appaware learn [OPTIONS] -o FILE --from RECORD..."
    },
    synopsisHeading = "",
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {
      "  the program's own; with --from 0, or:",
      "  1    with --from: something that was allowed could not be learned",
      "  125  appaware itself failed: nothing was learned"
    })
final class LearnCommand implements Callable<Integer> {
  private static final String HEAD =
      """
      # Written by `appaware learn`: read it before it is enforced.
      version = 1

      [default]
      unknown = "deny"
      """;

  private static final String EMPTY = "version = 1\n";
  private static final int INCOMPLETE = 1;

  private final Console console;
  private final Map<String, String> environment;
  private final PolicyFiles.Places places;
  private final InputStream in;
  private final Clock clock;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "The policy to write.")
  private Path output;

  @Option(
      names = "--merge",
      description = "FILE may exist: add to it what it does not allow yet, marked as new.")
  private boolean merge;

  @Option(
      names = {"-p", "--policy"},
      paramLabel = "FILE",
      description =
          "A policy to learn on top of: what it allows is not learned, what it denies"
              + " neither.")
  private List<Path> policies = new ArrayList<>();

  @Option(
      names = "--from",
      paramLabel = "RECORD",
      arity = "1..*",
      description =
          "Learn from files that `--log` wrote, instead of a run. What only later ones have is"
              + " marked as new.")
  private List<Path> records = new ArrayList<>();

  @Option(
      names = "--pin",
      description =
          "Pin the applications to their content (SHA-256), which changes with each build.")
  private boolean pinned;

  @Option(
      names = "--guard",
      paramLabel = "MODE",
      defaultValue = "off",
      converter = GuardConverter.class,
      description =
          "Learn from every program of the run, Java or not: `auto`, `on` or `off`, as for run."
              + " Default: ${DEFAULT-VALUE}.")
  private GuardMode guard;

  @Option(names = "--log", paramLabel = "FILE", description = "Keep the run's record in FILE.")
  private Path log;

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "What to run, as without appaware.")
  private List<String> command = new ArrayList<>();

  LearnCommand(
      Console console,
      Map<String, String> environment,
      Path directory,
      InputStream in,
      Clock clock) {
    this.console = console;
    this.environment = environment;
    this.places = new PolicyFiles.Places(environment, directory);
    this.in = in;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    try {
      Path target = places.file(output);
      boolean exists = Files.exists(target);
      check(exists);
      List<Path> files = new ArrayList<>(policies.stream().map(places::file).toList());
      if (exists) {
        files.add(target);
      }
      Policy base = files.isEmpty() ? PolicyReader.parse("none", EMPTY) : PolicyReader.read(files);
      String user = System.getProperty("user.name");
      Learner learner = new Learner(base, clock.instant(), user, pinned);
      return records.isEmpty()
          ? run(learner, files, target, exists)
          : learn(learner, records, files, target, exists);
    } catch (PolicyException e) {
      console.fail(e.getMessage(), "");
    } catch (EditException e) {
      console.fail(e.getMessage(), e.help());
    } catch (UsageException e) {
      console.fail(e.getMessage(), e.help());
    }
    return CommandLineProgram.FAILED;
  }

  private void check(boolean exists) throws UsageException {
    if (records.isEmpty() == command.isEmpty()) {
      throw new UsageException(
          command.isEmpty() ? "missing command" : "either --from or a command",
          "write it after `--`: appaware learn -o policy.toml -- java -jar app.jar");
    }
    if (exists && !merge) {
      throw new UsageException(
          "`" + output + "` exists", "add to it with --merge, or name another file");
    }
  }

  /** Runs the program, then learns from its record. */
  private int run(Learner learner, List<Path> files, Path target, boolean exists)
      throws UsageException, IOException, PolicyException, EditException {
    Path directory = Files.createTempDirectory("appaware-");
    Path record = log == null ? directory.resolve("run.jsonl") : places.file(log);
    Path empty = Files.writeString(directory.resolve("empty.toml"), EMPTY);
    try {
      long begin = Files.exists(record) ? Files.size(record) : 0;
      if (begin > 0) {
        throw new UsageException("the record `" + log + "` exists", "name a new file after --log");
      }
      RunCommand run = new RunCommand(console, environment, places.directory());
      List<String> arguments =
          new ArrayList<>(List.of("--mode", "audit", "--quiet", "--guard", guard.label()));
      for (Path each : files.isEmpty() ? List.of(empty) : files) {
        arguments.addAll(List.of("--policy", each.toString()));
      }
      arguments.addAll(List.of("--log", record.toString(), "--"));
      arguments.addAll(command);
      int status = run.line().setStopAtPositional(true).execute(arguments.toArray(String[]::new));
      RunOutcome outcome = run.outcome();
      if (outcome == null) {
        return status;
      }
      if (!outcome.judged()) {
        throw new UsageException(
            "nothing was learned: no JVM with the agent ran in it",
            "run a Java program that keeps its environment");
      }
      learn(learner, List.of(record), files, target, exists);
      if (status != 0) {
        console.tell("the program ended with " + status + ": it may not have done all it does");
      }
      return status;
    } finally {
      Files.deleteIfExists(directory.resolve("run.jsonl"));
      Files.deleteIfExists(empty);
      Files.deleteIfExists(directory);
    }
  }

  private int learn(
      Learner learner, List<Path> sources, List<Path> files, Path target, boolean exists)
      throws UsageException, IOException, PolicyException, EditException {
    RecordFiles reader = new RecordFiles(console, places, in);
    for (Path source : sources) {
      String name = command.isEmpty() ? source.toString() : "a run";
      reader.readAll(List.of(source), entry -> learner.add(entry, name));
    }
    String first =
        exists ? output.toString() : command.isEmpty() ? sources.get(0).toString() : "a run";
    List<Answers.Addition> additions = learner.additions(first);
    new Answers(target, files, HEAD).appendAll(additions);
    List<Path> all = new ArrayList<>(files);
    if (!exists) {
      all.add(target);
    }
    Replay check = new Replay(PolicyReader.read(all), clock.instant());
    for (Path source : sources) {
      if (Files.isRegularFile(places.file(source))) { // a pipe can't be read again
        reader.readAll(
            List.of(source),
            entry -> {
              if (entry.verdict().allowed()) {
                check.add(entry);
              }
            });
      }
    }
    long rest = check.events() - check.cut() - check.outside() - check.allowed();
    tell(learner, additions.size(), rest);
    return rest == 0 && learner.cut() == 0 && learner.unlearned().isEmpty() ? 0 : INCOMPLETE;
  }

  private void tell(Learner learner, int written, long rest) {
    console.tell(
        written
            + " rules and applications written to `"
            + output
            + "`, from "
            + learner.learned()
            + " of "
            + learner.events()
            + " events");
    learner
        .unlearned()
        .forEach((what, count) -> console.tell("not learned: " + what + ", " + count + " times"));
    note(learner.unnamed(), " further events could not be learned");
    note(learner.denied(), " events were denied, and are not learned");
    note(learner.blind(), " blind events, which no rule is about: see --blind of appaware run");
    note(learner.cut(), " events are only counted by the record, and are not learned");
    note(rest, " events are not allowed by the policy: see appaware replay");
  }

  private void note(long count, String text) {
    if (count > 0) {
      console.tell(count + text);
    }
  }
}
