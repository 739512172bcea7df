package io.github.appaware.cli;

import io.github.appaware.link.RefusedException;
import io.github.appaware.prompt.Prompt;
import io.github.appaware.wire.QuestionMessage;
import io.github.appaware.wire.QuestionMessage.Happened;
import io.github.appaware.wire.QuestionMessage.Missed;
import io.github.appaware.wire.QuestionMessage.RunInfo;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/**
 * A console for a person: shows runs and events on the terminal, and puts the questions there. It
 * has the terminal to itself until it is closed, also while the server is away.
 */
final class TerminalConsole implements Closeable {
  private final ConsoleLink link;
  private final EventFilter events;
  private final Clock clock;
  private final Map<String, Boolean> runs = new HashMap<>();
  private final Prompt prompt;

  /** Before the shell has the terminal again: some shells keep the modes that they find. */
  private final ShutdownHook restoring;

  /**
   * A console on the controlling terminal.
   *
   * @param here the machine that is not named in questions; empty to name every machine
   * @param clock whose zone times are shown in
   * @param colors whether the user wants colours
   * @throws UsageException when there is no terminal
   */
  TerminalConsole(ConsoleLink link, EventFilter events, String here, Clock clock, boolean colors)
      throws UsageException {
    this.link = link;
    this.events = events;
    this.clock = clock;
    prompt =
        Prompt.openAlone(clock, here, this::send, colors)
            .orElseThrow(() -> new UsageException("no terminal", "programs use --json"));
    restoring = new ShutdownHook(prompt::close);
  }

  /** While the server is away, what was pressed is lost with the question that it was about. */
  private void send(QuestionMessage message) {
    try {
      link.send(message);
    } catch (IOException e) {
      // The connection is lost, which the reading thread notices.
    }
  }

  /** Prints a message. */
  void tell(String text) {
    prompt.notice("appaware: " + text);
  }

  /**
   * Runs until the server, or the connection to it, ends. Ctrl-C ends the process.
   *
   * @throws RefusedException when the server does not accept this console any more
   */
  void run() throws RefusedException {
    link.runs().forEach(this::show);
    prompt.notice(
        (link.answers() ? "questions are shown here" : "events are shown here")
            + "; Ctrl-C leaves the console, and what runs goes on");
    try {
      link.attend();
      boolean unused = link.hear(this::show);
    } catch (RefusedException e) {
      throw e;
    } catch (IOException e) {
      // The connection is lost again.
    } finally {
      prompt.reset();
    }
  }

  /** The terminal is as it was. */
  @Override
  public void close() {
    prompt.close();
    restoring.cancel();
  }

  private void show(QuestionMessage message) {
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
