package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Text;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.explain.NearMisses;
import io.github.appaware.wire.QuestionMessage.Details;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What is known about a question beyond what it shows: stack, processes, rules that nearly match.
 */
final class QuestionDetails {
  private static final int MAX_RULES = 8;
  private static final int MAX_PROCESSES = 12;

  private QuestionDetails() {}

  static Details of(long id, PendingAsk ask, Policy policy, Instant now) {
    Application app = ask.agent().application();
    List<String> rules = NearMisses.of(policy, app, ask.event(), ask.origin(), now, MAX_RULES);
    return new Details(
        id,
        Truncation.fitting(stack(ask.origin()), 20_000, ""),
        Truncation.fitting(processes(app), 15_000, ""),
        Truncation.fitting(rules, 20_000, ""));
  }

  private static List<String> stack(Origin origin) {
    List<String> lines = new ArrayList<>();
    for (Origin.Frame frame : origin.frames()) {
      Origin.Source source = frame.source();
      String from = source.maven().isEmpty() ? source.file() : source.maven();
      lines.add(frame.describe() + (from.isEmpty() ? "" : " (" + Text.printable(from) + ")"));
    }
    return lines;
  }

  /**
   * What it is, then its processes, the outermost first. Of a process on another machine, only what
   * was measured.
   */
  private static List<String> processes(Application app) {
    List<String> lines = parents(app);
    if (!app.sha256().isEmpty()) {
      lines.add(0, "SHA-256 " + app.sha256());
    }
    if (!app.path().isEmpty()) {
      lines.add(0, "path " + Text.printable(app.path()));
    }
    return lines;
  }

  private static List<String> parents(Application app) {
    List<String> lines = new ArrayList<>();
    lines.add(app.pid() + " " + Text.printable(String.join(" ", app.command())));
    Optional<ProcessHandle> own = ProcessHandle.of(app.pid()).filter(process -> isOf(process, app));
    Optional<ProcessHandle> each = own.flatMap(ProcessHandle::parent);
    while (each.isPresent() && lines.size() < MAX_PROCESSES) {
      ProcessHandle.Info info = each.get().info();
      String command = info.commandLine().or(info::command).orElse("?");
      lines.add(each.get().pid() + " " + Text.printable(command));
      each = each.get().parent();
    }
    if (own.isEmpty() && !app.parent().isEmpty()) {
      lines.add("started by " + Text.printable(app.parent()));
    }
    Collections.reverse(lines);
    return lines;
  }

  /** The same pid may exist on another machine. */
  private static boolean isOf(ProcessHandle process, Application app) {
    return process.info().user().equals(Optional.of(app.user()));
  }
}
