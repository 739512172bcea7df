package io.github.appaware.cli;

import io.github.appaware.prompt.Prompt;
import io.github.appaware.wire.QuestionMessage;
import io.github.appaware.wire.QuestionMessage.Happened;
import io.github.appaware.wire.QuestionMessage.Missed;
import io.github.appaware.wire.QuestionMessage.RunInfo;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A console for a person: shows runs and events on the terminal, and puts the questions there. */
final class TerminalConsole {
  private final ConsoleLink link;
  private final EventFilter events;
  private final String here;
  private final Clock clock;
  private final boolean colors;
  private final Map<String, Boolean> runs = new HashMap<>();

  /**
   * A console on the controlling terminal.
   *
   * @param here the machine that is not named in questions; empty to name every machine
   * @param clock whose zone times are shown in
   * @param colors whether the user wants colours
   */
  TerminalConsole(ConsoleLink link, EventFilter events, String here, Clock clock, boolean colors) {
    this.colors = colors;
    this.link = link;
    this.events = events;
    this.here = here;
    this.clock = clock;
  }

  /** Runs until the server, or the connection to it, ends. Ctrl-C ends the process. */
  void run() throws UsageException, IOException {
    Prompt prompt =
        Prompt.open(clock, here, link::send, Stream::empty, colors)
            .orElseThrow(() -> new UsageException("no terminal", "programs use --json"));
    // Before the shell has the terminal again: some shells keep the modes that they find.
    ShutdownHook restoring = new ShutdownHook(prompt::close);
    try (prompt) {
      link.runs().forEach(info -> show(prompt, info));
      prompt.notice(
          (link.answers() ? "questions are shown here" : "events are shown here")
              + "; Ctrl-C leaves the console, and what runs goes on");
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
      if (events.includes(happened.line())) {
        prompt.notice(Console.visible(EventLine.of(happened.line(), clock.getZone())));
      }
    } else if (message instanceof Missed missed) {
      if (events != EventFilter.NONE) {
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
