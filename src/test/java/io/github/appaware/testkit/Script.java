package io.github.appaware.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A shell on a real pseudo-terminal, which util-linux's {@code script} makes.
 *
 * <p>Tests that were started in the background, as by {@code nohup} or {@code &} of a script, have
 * inherited that Ctrl-C is ignored, and no shell can undo that for what it starts: GNU's {@code
 * env} can.
 */
public final class Script {
  private static final Path SCRIPT = Path.of("/usr/bin/script");
  private static final List<String> WITH_SIGNALS = List.of("env", "--default-signal");

  private Script() {}

  /** Whether there is one. */
  public static boolean exists() {
    return Files.isExecutable(SCRIPT);
  }

  /** Runs the line. */
  public static List<String> command(String line) {
    return heeding(List.of(SCRIPT.toString(), "-qec", line, "/dev/null"));
  }

  /** The same process, which ignores no signal. */
  public static List<String> heeding(List<String> command) {
    return Probe.WORKS ? Stream.concat(WITH_SIGNALS.stream(), command.stream()).toList() : command;
  }

  /** Tried once. */
  private static final class Probe {
    static final boolean WORKS = works();

    private static boolean works() {
      try {
        return new ProcessBuilder(WITH_SIGNALS.get(0), WITH_SIGNALS.get(1), "true")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor()
            == 0;
      } catch (IOException e) {
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }
}
