package io.github.appaware.cli;

import io.github.appaware.policy.edit.AnswerComment;
import io.github.appaware.policy.edit.EditException;
import io.github.appaware.policy.edit.WrittenRule;
import io.github.appaware.policy.model.PolicyException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code appaware policy list}. */
@Command(
    name = "list",
    description = "Show the rules of a policy, or recent answers.",
    customSynopsis = "Usage: appaware policy list [OPTIONS]",
    synopsisHeading = "",
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {"  0    all matching rules were shown", "  125  the policy has problems"})
final class PolicyListCommand implements Callable<Integer> {
  private final Console console;
  private final PolicyFiles.Places places;
  private final Clock clock;

  @Mixin private PolicyFiles files;

  @Mixin private Pager pager;

  @Option(
      names = "--app",
      paramLabel = "ID",
      description = "Only rules that name this application.")
  private String app = "";

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "Only rules with a host pattern that matches this name.")
  private String host = "";

  @Option(names = "--source", paramLabel = "FILE", description = "Only rules of this file.")
  private Path source;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only rules written since then: 2026-11-01T00:00:00Z, or 7d, 12h, 10m ago.")
  private String since = "";

  @Option(
      names = "--recent",
      description = "Only rules that appaware wrote, newest first, with their author.")
  private boolean recent;

  @Option(names = "--json", description = "One JSON object for each rule, for programs.")
  private boolean json;

  /** A rule with its comment, which says who wrote it and when. */
  private record Line(WrittenRule rule, Optional<AnswerComment> answer) {
    Instant when() {
      return answer.map(AnswerComment::when).orElse(Instant.MIN);
    }
  }

  PolicyListCommand(Console console, PolicyFiles.Places places, Clock clock) {
    this.console = console;
    this.places = places;
    this.clock = clock;
  }

  @Override
  public Integer call() throws IOException {
    try {
      Instant now = clock.instant();
      List<Line> lines = chosen(now);
      if (json) {
        for (Line line : lines) {
          print(line);
        }
      } else {
        int columns = console.screen().size(Screen.OUT).columns();
        pager.show(console, table(lines, now).lines(columns, console::word));
      }
      return 0;
    } catch (PolicyException e) {
      console.fail(e.getMessage(), "");
    } catch (EditException e) {
      console.fail(e.getMessage(), e.help());
    } catch (UsageException e) {
      console.fail(e.getMessage(), e.help());
    }
    return CommandLineProgram.FAILED;
  }

  private List<Line> chosen(Instant now) throws PolicyException, EditException, UsageException {
    Instant begin = since.isEmpty() ? Instant.MIN : TimeArguments.before(since, now);
    List<Line> lines = new ArrayList<>();
    for (WrittenRule rule : WrittenRule.read(files.all(places))) {
      Line line = new Line(rule, AnswerComment.find(rule.comment()));
      if ((app.isEmpty() || rule.rule().apps().contains(app))
          && (host.isEmpty() || rule.names(host))
          && (source == null || isSource(rule))
          && (since.isEmpty() || !line.when().isBefore(begin))
          && (!recent || line.answer().isPresent())) {
        lines.add(line);
      }
    }
    if (recent) {
      // Within one second, the rule further down is newer.
      Collections.reverse(lines);
      lines.sort(Comparator.comparing(Line::when).reversed());
    }
    return lines;
  }

  private boolean isSource(WrittenRule rule) {
    Path file = Path.of(rule.rule().file()).toAbsolutePath().normalize();
    return file.equals(places.directory().resolve(source).normalize());
  }

  private Table table(List<Line> lines, Instant now) {
    Table table =
        recent
            ? new Table("ID", "ACTION", "WHAT", "APP", "WHERE", "AGE", "BY", "ASKED")
            : new Table("ID", "ACTION", "WHAT", "APP", "WHERE", "AGE", "EXPIRES");
    for (Line line : lines) {
      WrittenRule rule = line.rule();
      String age = line.answer().map(each -> TimeArguments.between(each.when(), now)).orElse("-");
      List<String> cells =
          new ArrayList<>(
              List.of(
                  RuleWords.orNone(rule.rule().id()),
                  rule.rule().action().label(),
                  RuleWords.what(rule),
                  RuleWords.orNone(String.join(",", rule.rule().apps())),
                  rule.rule().at(),
                  age));
      if (recent) {
        cells.add(line.answer().map(AnswerComment::who).orElse("-"));
        cells.add(line.answer().map(AnswerComment::what).orElse("-"));
      } else {
        cells.add(RuleWords.expiry(rule.rule().expires(), now));
      }
      table.add(cells);
    }
    return table;
  }

  private void print(Line line) throws IOException {
    WrittenRule rule = line.rule();
    JsonLine.print(
        console,
        g -> {
          g.writeStringField("file", rule.rule().file());
          g.writeNumberField("line", rule.rule().line());
          RuleWords.write(g, rule);
          if (line.answer().isPresent()) {
            AnswerComment answer = line.answer().get();
            g.writeStringField("when", answer.when().toString());
            g.writeStringField("who", answer.who());
            g.writeStringField("asked", answer.what());
          }
          JsonLine.array(g, "comment", rule.comment());
        });
  }
}
