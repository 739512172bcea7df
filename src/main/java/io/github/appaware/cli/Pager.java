package io.github.appaware.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Option;

/**
 * Shows lines that do not fit on the terminal by {@code $PAGER}; all others, and those that go
 * elsewhere, are printed.
 */
final class Pager {
  @Option(
      names = "--no-pager",
      description =
          "Print all lines at once. Otherwise those that do not fit on the terminal are shown by"
              + " the program in PAGER, or less.")
  private boolean none;

  void show(Console console, List<String> lines) {
    Screen screen = console.screen();
    String pager = screen.pager();
    boolean wanted = !none && !pager.isEmpty() && !pager.equals("cat");
    int rows = wanted ? screen.size(Screen.OUT).rows() : 0;
    if (rows == 0 || lines.size() < rows || !page(pager, lines)) {
      lines.forEach(console.out()::println);
    }
  }

  /** False if there is no such program. */
  private static boolean page(String pager, List<String> lines) {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/sh", "-c", pager)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    // Colours are shown, and what fits after all is not held back.
    builder.environment().putIfAbsent("LESS", "FRX");
    try {
      Process process = builder.start();
      try (OutputStream in = process.getOutputStream()) {
        in.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // It was left before the end.
      }
      return process.waitFor() != NOT_FOUND;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** A shell's status for a command that does not exist. */
  private static final int NOT_FOUND = 127;
}
