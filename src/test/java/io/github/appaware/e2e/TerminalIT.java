package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.target.Steps;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.Script;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Dialog;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Through a real pseudo-terminal, which util-linux's {@code script} makes. */
@ExtendWith(ToolExtension.class)
class TerminalIT {
  private static final char CTRL_C = 3;
  private static final char CTRL_D = 4;

  @TempDir Path directory;
  private Tool tool;

  @BeforeEach
  void prepare() throws IOException {
    assumeTrue(Script.exists(), "there is no `script` to make a terminal with");
    Programs.jar(directory.resolve("steps.jar"), Steps.class);
  }

  private Dialog terminal() throws IOException {
    ProcessBuilder builder = tool.builder();
    // `script` runs the user's shell, and Ctrl-C is for the shell as well: of two shells, one dies
    // of it and one does not. So it is always the same one, which has something else to do then.
    builder.environment().put("SHELL", "/bin/sh");
    String line =
        "trap : INT; stty -echo; "
            + Tool.SCRIPT
            + " run --policy allow.toml -- "
            + Jdk.running().java()
            + " -jar steps.jar directory; echo status $?";
    builder.command(Script.command(line));
    Dialog dialog = new Dialog(builder);
    // What is typed before the terminal's echo is off would come back.
    assertThat(dialog.hear().strip()).isEqualTo(directory.toRealPath().toString());
    return dialog;
  }

  private static List<String> rest(Dialog dialog) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = dialog.hear(); line != null; line = dialog.hear()) {
      lines.add(line.strip());
    }
    return lines;
  }

  @Test
  void ctrlCEndsTheProgramOnceAndTheSummaryStillComes() throws Exception {
    try (Dialog dialog = terminal()) {
      assertThat(dialog.say("on-exit").strip()).isEqualTo("registered");

      dialog.process().getOutputStream().write(CTRL_C);
      dialog.process().getOutputStream().flush();

      assertThat(rest(dialog))
          .filteredOn(line -> !line.isEmpty() && !line.equals("^C"))
          .containsExactly("hook ran", "appaware: no network events", "status 130");
    }
    assertThat(tool.left()).isEmpty();
  }

  @Test
  void theProgramReadsTheTerminalAsWithoutAppaware() throws Exception {
    try (Dialog dialog = terminal()) {
      assertThat(dialog.say("env HOME").strip()).isNotEmpty();
      dialog.process().getOutputStream().write(CTRL_D);
      dialog.process().getOutputStream().flush();
      assertThat(rest(dialog)).contains("appaware: no network events", "status 0");
    }
  }
}
