package io.github.appaware.cli;

import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.policy.read.PolicyReader;
import io.github.appaware.report.Replay;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code appaware replay}. */
@Command(
    name = "replay",
    description = "Show which recorded verdicts would change under another policy.",
    customSynopsis = "Usage: appaware replay [OPTIONS] RECORD...",
    synopsisHeading = "",
    sortOptions = false,
    footerHeading = "%nExit status:%n",
    footer = {
      "  0    no verdict would change",
      "  1    some would, or events were only counted by the record",
      "  125  the policy has problems, or a record can't be read"
    })
final class ReplayCommand implements Callable<Integer> {
  private static final int CHANGED = 1;

  /** How many changes are shown without {@code --all}. */
  private static final int MOST_SHOWN = 50;

  private final Console console;
  private final PolicyFiles.Places places;
  private final Clock clock;
  private final RecordFiles records;

  @Mixin private PolicyFiles files;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description =
          "Decide as at this time: 2027-01-01T00:00:00Z, or in 7d, 12h, 10m. Default: now.")
  private String at = "";

  @Option(names = "--all", description = "Show all changes, not just 50.")
  private boolean all;

  @Option(names = "--json", description = "One JSON object, for programs.")
  private boolean json;

  @Parameters(
      arity = "1..*",
      paramLabel = "RECORD",
      description = "Files that `--log` wrote; - for the standard input.")
  private List<Path> sources = new ArrayList<>();

  ReplayCommand(Console console, PolicyFiles.Places places, InputStream in, Clock clock) {
    this.console = console;
    this.places = places;
    this.clock = clock;
    this.records = new RecordFiles(console, places, in);
  }

  @Override
  public Integer call() throws IOException {
    try {
      Instant now = at.isEmpty() ? clock.instant() : TimeArguments.after(at, clock.instant());
      Policy policy = PolicyReader.read(files.all(places));
      Replay replay = new Replay(policy, now);
      records.readAll(sources, replay::add);
      if (json) {
        print(replay);
      } else {
        show(replay);
      }
      return replay.changed() == 0 && replay.cut() == 0 ? 0 : CHANGED;
    } catch (PolicyException e) {
      console.fail(e.getMessage(), "");
    } catch (UsageException e) {
      console.fail(e.getMessage(), e.help());
    }
    return CommandLineProgram.FAILED;
  }

  private void show(Replay replay) {
    List<Replay.Change> changes = replay.changes();
    int shown = all ? changes.size() : Math.min(MOST_SHOWN, changes.size());
    if (shown > 0) {
      Table table = new Table("WAS", "BECOMES", "COUNT", "EVENT", "APP", "FROM", "BY");
      for (Replay.Change change : changes.subList(0, shown)) {
        table.add(
            List.of(
                change.was().label(),
                change.becomes().label(),
                Long.toString(change.count()),
                change.event(),
                RuleWords.orNone(change.app()),
                RuleWords.orNone(change.library()),
                change.by().describe()));
      }
      table.lines().forEach(console.out()::println);
      if (shown < changes.size()) {
        console.out().println("and " + (changes.size() - shown) + " more; see --all");
      }
      console.out().println();
    }
    console.print(totals(replay));
  }

  private static String totals(Replay replay) {
    String text =
        replay.changed() + " of " + replay.events() + " events would be decided differently";
    if (replay.unnamed() > 0) {
      text += " (" + replay.unnamed() + " of them not listed)";
    }
    if (replay.outside() > 0) {
      text += "; " + replay.outside() + " no policy decides";
    }
    if (replay.cut() > 0) {
      text += "; of " + replay.cut() + " the record has the count alone";
    }
    return text;
  }

  private void print(Replay replay) throws IOException {
    JsonLine.print(
        console,
        g -> {
          g.writeNumberField("lines", replay.lines());
          g.writeNumberField("events", replay.events());
          g.writeNumberField("changed", replay.changed());
          g.writeNumberField("unnamed", replay.unnamed());
          g.writeNumberField("outside", replay.outside());
          g.writeNumberField("cut", replay.cut());
          g.writeArrayFieldStart("changes");
          for (Replay.Change change : replay.changes()) {
            g.writeStartObject();
            g.writeStringField("was", change.was().label());
            g.writeStringField("becomes", change.becomes().label());
            g.writeNumberField("count", change.count());
            g.writeStringField("event", change.event());
            JsonLine.text(g, "app", change.app());
            JsonLine.text(g, "library", change.library());
            g.writeStringField("by", change.by().kind().label());
            JsonLine.text(g, "rule", change.by().rule());
            JsonLine.text(g, "at", change.by().at());
            g.writeEndObject();
          }
          g.writeEndArray();
        });
  }
}
