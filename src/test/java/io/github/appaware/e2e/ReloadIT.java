package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Steps;
import io.github.appaware.testkit.Await;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Dialog;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An edit of the policy while a program runs under it. */
@ExtendWith(ToolExtension.class)
class ReloadIT {
  private static final int EDITS = 5;

  @TempDir Path directory;
  private Tool tool;

  @JarOf(Steps.class)
  private Path jar;

  @BeforeEach
  void prepare() throws IOException {
    edit("unknown = 'allow'");
  }

  /** As editors do: never half a file. */
  private void edit(String line) throws IOException {
    Path draft = Files.writeString(directory.resolve("draft"), "version = 1\n[default]\n" + line);
    Files.move(draft, directory.resolve("p.toml"), StandardCopyOption.REPLACE_EXISTING);
  }

  private Dialog talk() throws IOException {
    return tool.talk("run", "-p", "p.toml", "--", Jdk.running().java(), "-jar", jar.toString());
  }

  @Test
  void takesEffectWithinASecondForCachedVerdictsToo() throws Exception {
    try (Listener listener = new Listener();
        Dialog dialog = talk()) {
      String connect = "connect 127.0.0.1 " + listener.port();
      assertThat(dialog.say(connect)).startsWith("connected");
      assertThat(dialog.say(connect)).startsWith("connected");

      List<Duration> waits = new ArrayList<>();
      for (int i = 0; i < EDITS; i++) {
        boolean allow = i % 2 == 1;
        long begin = System.nanoTime();
        edit(allow ? "unknown = 'allow'" : "unknown = 'deny'");
        Await.until(() -> dialog.say(connect).startsWith("connected") == allow);
        waits.add(Duration.ofNanos(System.nanoTime() - begin));
      }

      waits.sort(null);
      assertThat(waits.get(EDITS / 2)).isLessThan(Duration.ofSeconds(1));
      assertThat(dialog.say(connect))
          .endsWith(
              "appaware: connect tcp to 127.0.0.1:"
                  + listener.port()
                  + " denied by default, no rule matches (p.toml:3)");
      assertThat(dialog.end()).isZero();
    }
  }

  @Test
  void thatDoesNotParseLeavesTheOldOneInForceAndIsToldOnceWithItsPlace() throws Exception {
    try (Listener listener = new Listener();
        Dialog dialog = talk()) {
      String connect = "connect 127.0.0.1 " + listener.port();
      assertThat(dialog.say(connect)).startsWith("connected");

      edit("unknown = 'maybe'");
      String told = "p.toml:3:1: unknown action `maybe`";
      Await.until(() -> dialog.err().contains(told));
      assertThat(dialog.say(connect)).startsWith("connected");
      edit("unknown = 'deny'");
      Await.until(() -> !dialog.say(connect).startsWith("connected"));

      assertThat(dialog.end()).isZero();
      assertThat(dialog.err().split("maybe", -1)).hasSize(2);
      assertThat(dialog.err()).contains("the last good one stays");
    }
  }
}
