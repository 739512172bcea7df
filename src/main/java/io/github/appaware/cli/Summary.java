package io.github.appaware.cli;

import io.github.appaware.event.Text;
import io.github.appaware.launch.RunOutcome;
import io.github.appaware.launch.UnjudgedPrograms;
import io.github.appaware.wire.Message.Tally;
import io.github.appaware.wire.Message.TallyKind;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Words the last lines of a run. */
final class Summary {
  /** Characters of a command. */
  private static final int MOST_CHARACTERS = 200;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

  private Summary() {}

  /** What a process outside of the run does, this run's policy does not judge. */
  static List<String> handovers(RunOutcome outcome) {
    if (outcome.handedOver() == 0) {
      return List.of();
    }
    String more = outcome.handovers().size() < outcome.handedOver() ? "; ..." : "";
    return List.of(
        "warning: "
            + (outcome.handedOver() == 1 ? "1 event" : outcome.handedOver() + " events")
            + " reached a process outside of this run, which its policy does not judge: "
            + String.join("; ", outcome.handovers())
            + more,
        "  help: end that process before the run, or allow it with a rule that has `peer`");
  }

  /**
   * The counts, hosts and libraries, what was not judged, and rules to paste for what could not be
   * asked.
   */
  static List<String> of(RunOutcome outcome, Path answers, ShortPaths paths) {
    List<String> all = new ArrayList<>(List.of(paths.in(events(outcome))));
    all.addAll(SummaryTotals.of(outcome.totals()));
    if (outcome.programs() > 0) {
      all.add(unjudged(outcome));
    }
    if (!outcome.unasked().isEmpty()) {
      all.add(
          "to allow what was denied and no rule is about, add this to `"
              + paths.of(answers)
              + "`:\n\n"
              + String.join("\n\n", outcome.unasked()));
    }
    return all;
  }

  /** What the summary leaves out. */
  static List<String> details(RunOutcome outcome) {
    String level = "level of protection: " + outcome.level();
    if (outcome.names().isEmpty()) {
      return List.of("no program was seen to run without the agent", level);
    }
    String names = outcome.names().stream().map(Text::printable).collect(Collectors.joining(", "));
    return List.of("programs that were seen to run without the agent: " + names, level);
  }

  private static String unjudged(RunOutcome outcome) {
    StringBuilder text =
        new StringBuilder(
            "these programs ran without the agent, so that nothing they did on the network was"
                + " judged:");
    for (UnjudgedPrograms.Program each : outcome.unjudged()) {
      text.append("\n`").append(shown(each)).append("` (process ").append(each.pid());
      text.append(", from ").append(TIME.format(each.since()));
      text.append(each.count() > 1 ? ", " + each.count() + " times" : "").append("): ");
      text.append(why(each.why()));
    }
    int more = outcome.programs() - outcome.unjudged().size();
    return text.append(more > 0 ? "\nand " + more + " more, see the record" : "").toString();
  }

  /** A program's command; what it says itself, so it is escaped and cut. */
  static String shown(UnjudgedPrograms.Program program) {
    String shown = Text.printable(program.command());
    return shown.length() <= MOST_CHARACTERS ? shown : shown.substring(0, MOST_CHARACTERS) + "...";
  }

  private static String why(UnjudgedPrograms.Why why) {
    return switch (why) {
      case SOCKET -> "it had a network socket open";
      case NAME -> "it is a network program";
      case HIDDEN -> "its sockets can't be seen";
      case JVM -> "it is a JVM";
      case LEFT -> "it was left running";
    };
  }

  /** The counts, and below them a line for each event that is named. */
  static String events(RunOutcome outcome) {
    if (!outcome.judged()) {
      return "nothing was judged: no JVM with the agent ran";
    }
    if (outcome.allowed() + outcome.denied() == 0) {
      return "no network events";
    }
    StringBuilder text = new StringBuilder();
    text.append(outcome.allowed()).append(" allowed");
    text.append(outcome.blind() == 0 ? "" : " (" + outcome.blind() + " blind)");
    text.append(", ").append(outcome.denied()).append(" denied");
    text.append(outcome.would() == 0 ? "" : "; the policy would not allow " + outcome.would());
    Map<String, List<Tally>> byEndpoint = new LinkedHashMap<>();
    for (Tally each : outcome.tallies()) {
      String what = word(each.verdict()) + ": " + each.event();
      byEndpoint.computeIfAbsent(what, unused -> new ArrayList<>()).add(each);
    }
    byEndpoint.forEach((what, tallies) -> append(text, what, tallies));
    return text.append(outcome.unnamed() > 0 ? "\nand " + outcome.unnamed() + " more" : "")
        .toString();
  }

  /** A line for an endpoint; where several libraries or rules have to do with it, one for each. */
  private static void append(StringBuilder text, String what, List<Tally> tallies) {
    text.append('\n').append(what);
    if (tallies.size() == 1) {
      text.append(", ").append(line(tallies.get(0)));
      return;
    }
    text.append(", ").append(tallies.stream().mapToLong(Tally::count).sum()).append(" times:");
    for (Tally each : tallies) {
      text.append("\n  ").append(line(each));
    }
  }

  /** {@code 3 times, from h2.jar (org.h2.Driver), by rule "x" (p.toml:3)}. */
  private static String line(Tally tally) {
    return (tally.count() > 1 ? tally.count() + " times, " : "")
        + (tally.origin().isEmpty() ? "" : "from " + tally.origin() + ", ")
        + tally.reason();
  }

  /** {@code would be denied}. */
  static String word(TallyKind verdict) {
    return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
