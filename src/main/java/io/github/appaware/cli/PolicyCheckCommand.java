package io.github.appaware.cli;

import io.github.appaware.policy.explain.Warnings;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.policy.model.Problem;
import io.github.appaware.policy.read.PolicyReader;
import io.github.appaware.policy.read.Portability;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code appaware policy check}. */
@Command(
    name = "check",
    description =
        "Read policies, the files that they include and their host lists, and show all problems at"
            + " once. Warnings change the exit status with --strict alone.",
    customSynopsis = "Usage: appaware policy check [OPTIONS] [FILE...]",
    synopsisHeading = "",
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {
      "  0    the policies are valid; there may be warnings",
      "  1    there are problems, so that no run would start; with --strict, or warnings",
      "  125  the command line is wrong"
    })
final class PolicyCheckCommand implements Callable<Integer> {
  private static final int PROBLEMS = 1;

  private final Console console;
  private final PolicyFiles.Places places;
  private final Clock clock;
  private final SourceExcerpt excerpt;

  /** A problem of a file that several policies include is shown once. */
  private final Set<Problem> problems = new LinkedHashSet<>();

  private final Set<Problem> warnings = new LinkedHashSet<>();

  @Option(
      names = "--merged",
      description = "Read the files as one policy, as several --policy of `run`.")
  private boolean merged;

  @Option(
      names = "--strict",
      description = "Warnings are problems, too, e.g. a line of a host list that is left out.")
  private boolean strict;

  @Option(
      names = "--portable",
      description =
          "Also warn where TOML4J, a lenient and widespread reader, reads a file otherwise, for"
              + " scripts that read policies with it.")
  private boolean portable;

  @Option(names = "--json", description = "One JSON object for each problem, for programs.")
  private boolean json;

  @Parameters(arity = "0..*", paramLabel = "FILE", description = "Policies. " + PolicyFiles.DEFAULT)
  private List<Path> named = new ArrayList<>();

  PolicyCheckCommand(Console console, PolicyFiles.Places places, Clock clock) {
    this.console = console;
    this.places = places;
    this.clock = clock;
    this.excerpt = new SourceExcerpt(places.directory());
  }

  @Override
  public Integer call() throws IOException {
    List<Path> files = PolicyFiles.named(named, places);
    try (excerpt) {
      if (merged) {
        check(files);
      } else {
        for (Path file : files) {
          check(List.of(file));
        }
      }
    }
    if (!json) {
      console.tell(
          count(files.size(), "file")
              + ", "
              + count(problems.size(), "problem")
              + ", "
              + count(warnings.size(), "warning"));
    }
    return problems.isEmpty() && !(strict && !warnings.isEmpty()) ? 0 : PROBLEMS;
  }

  private void check(List<Path> policy) throws IOException {
    try {
      List<Problem> found =
          new ArrayList<>(Warnings.of(PolicyReader.read(policy), clock.instant()));
      if (portable) {
        policy.forEach(file -> found.addAll(Portability.of(file)));
      }
      for (Problem warning : found) {
        if (warnings.add(warning)) {
          show("warning", warning);
        }
      }
    } catch (PolicyException e) {
      for (Problem problem : e.problems()) {
        if (problems.add(problem)) {
          show("error", problem);
        }
      }
    }
  }

  private void show(String severity, Problem problem) throws IOException {
    if (!json) {
      boolean warns = severity.equals("warning");
      Problem shown = warns ? problem.withMessage("warning: " + problem.message()) : problem;
      console.print(Console.visible(shown.toString()));
      excerpt.of(problem).forEach(console.out()::println);
      if (!problem.help().isEmpty()) {
        console.print("  help: " + Console.visible(problem.help()));
      }
      return;
    }
    JsonLine.print(
        console,
        g -> {
          g.writeStringField("file", problem.file());
          if (problem.line() > 0) {
            g.writeNumberField("line", problem.line());
            g.writeNumberField("column", problem.column());
          }
          g.writeStringField("severity", severity);
          g.writeStringField("problem", problem.message());
          if (!problem.help().isEmpty()) {
            g.writeStringField("help", problem.help());
          }
        });
  }

  private static String count(int number, String noun) {
    return (number == 0 ? "no" : number) + " " + noun + (number == 1 ? "" : "s");
  }
}
