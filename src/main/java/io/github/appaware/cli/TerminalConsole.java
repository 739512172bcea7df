package io.github.appaware.cli;

import io.github.appaware.cli.ConsoleCommand.Events;
import io.github.appaware.prompt.Prompt;
import io.github.appaware.record.RecordLine;
import io.github.appaware.wire.QuestionMessage;
import io.github.appaware.wire.QuestionMessage.Happened;
import io.github.appaware.wire.QuestionMessage.Missed;
import io.github.appaware.wire.QuestionMessage.RunInfo;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A person at a terminal who sees runs and events, and answers. */
final class TerminalConsole {
  private final ConsoleLink link;
  private final Events events;
  private final String here;
  private final Map<String, Boolean> runs = new HashMap<>();

  /**
   * At this terminal.
   *
   * @param here the machine of which it need not be said; empty where any may ask
   */
  TerminalConsole(ConsoleLink link, Events events, String here) {
    this.link = link;
    this.events = events;
    this.here = here;
  }

  /** Until the server ends, or the connection to it; Ctrl-C ends the process as any other. */
  void run() throws UsageException, IOException {
    Prompt prompt =
        Prompt.open(here, link::send, Stream::empty)
            .orElseThrow(() -> new UsageException("there is no terminal", "programs use `--json`"));
    // Before the shell has the terminal again: some take its modes for their own, and end.
    ShutdownHook restoring = new ShutdownHook(prompt::close);
    try (prompt) {
      link.runs().forEach(info -> show(prompt, info));
      link.attend();
      boolean unused = link.hear(message -> show(prompt, message));
    } finally {
      restoring.cancel();
    }
  }

  private void show(Prompt prompt, QuestionMessage message) {
    if (message instanceof RunInfo info) {
      Boolean before = runs.put(info.run(), info.over());
      if (before == null || before != info.over()) {
        prompt.notice(Console.visible(line(info)));
      }
    } else if (message instanceof Happened happened) {
      RecordLine line = RecordLine.parse(happened.line());
      if (events == Events.ALL || (events == Events.DENIED && !line.isAllowed())) {
        prompt.notice(Console.visible(line.compact()));
      }
    } else if (message instanceof Missed missed) {
      if (events != Events.NONE) {
        prompt.notice(missed.events() + " events are only in the record");
      }
    } else {
      prompt.receive(message);
    }
  }

  private static String line(RunInfo info) {
    String command = String.join(" ", info.application().command());
    return "run "
        + info.run()
        + " on "
        + info.machine()
        + (info.over() ? " ended" : "")
        + ": "
        + command;
  }
}
