package io.github.appaware.cli;

import io.github.appaware.wire.QuestionMessage.RunInfo;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;

/** Has the user choose between several runs, at a terminal. */
final class RunPicker {
  private final Console console;

  RunPicker(Console console) {
    this.console = console;
  }

  /**
   * The run that the user chose: one, or all of them where there is no terminal to ask at.
   *
   * @throws UsageException when the user chose none
   */
  List<ConsoleLink> pick(List<ConsoleLink> links) throws IOException, UsageException {
    if (!ControllingTerminal.exists()) {
      return links;
    }
    console.tell("there are several runs:");
    Table table = new Table("", "RUN", "PID", "COMMAND");
    for (int i = 0; i < links.size(); i++) {
      for (RunInfo info : links.get(i).runs()) {
        table.add(
            List.of(
                String.valueOf(i + 1),
                info.run(),
                String.valueOf(info.application().pid()),
                String.join(" ", info.application().command())));
      }
    }
    table.lines().forEach(console.err()::println);
    try (BufferedReader lines = ControllingTerminal.reader()) {
      return List.of(links.get(ask(lines, links.size()) - 1));
    }
  }

  /** A number from 1. */
  private int ask(BufferedReader lines, int last) throws IOException, UsageException {
    while (true) {
      console.err().print("which one? (1 to " + last + ", Ctrl-C leaves) ");
      console.err().flush();
      String line = lines.readLine();
      if (line == null) {
        throw new UsageException("no run was chosen", "name one with `--run NAME`");
      }
      int chosen = number(line.strip());
      if (chosen >= 1 && chosen <= last) {
        return chosen;
      }
    }
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
