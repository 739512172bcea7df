package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.PromptRun;
import io.github.appaware.testkit.Pty;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.ToolExtension;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From nothing to a saved policy and a silent second run, by what stands on the screen alone. */
@ExtendWith(ToolExtension.class)
class PromptNewcomerIT {
  @TempDir Path directory;
  private Tool tool;

  @Test
  void oneAnswerMakesAPolicyAndTheNextRunIsSilent() throws Exception {
    PromptRun.prepare(directory, "api.shop.example");
    try (Listener listener = new Listener()) {
      String step = "one connect api.shop.example " + listener.port();
      try (PromptRun run = new PromptRun(tool, directory, "", "")) {
        run.tell(step);
        run.pty.awaitQuestion("look up api.shop.example");
        assertThat(run.pty.screen())
            .contains("application  crowd.jar, new, sha256 ")
            .contains("from         crowd.jar", "io.github.appaware.target.Crowd.connect:")
            .contains("thread one", "command      " + Jdk.running().java(), "crowd.jar\n")
            .doesNotContain("leave it to others");
        answerAlways(run, "allow-api.shop.example");
        assertThat(run.hear()).isEqualTo("one connected " + listener.port());
        assertThat(listener.connections()).isOne();
        assertThat(run.end()).isZero();
        assertThat(run.pty.modesAfter()).isEqualTo(run.pty.modesBefore());
        assertThat(unfolded(run.pty.all()))
            .containsIgnoringNewLines(
                "appaware: allowed always: look up api.shop.example - saved as rule",
                "appaware: 2 allowed, 0 denied")
            .doesNotContain("appaware asks");
      }

      Path policy = directory.resolve("config/appaware/policy.toml");
      assertThat(PromptRun.plain(policy))
          .isEqualTo(
              """
              version = 1

              # added TIME by ME: the application that asked
              [[app]]
              id     = "crowd"
              file   = "crowd.jar"
              sha256 = "HASH"

              # answered TIME by ME: resolve api.shop.example
              [[rule]]
              id     = "allow-api.shop.example"
              action = "allow"
              app    = "crowd"
              event  = ["resolve", "connect", "send"]
              host   = "api.shop.example"
              """);

      String saved = Files.readString(policy);
      try (PromptRun run = new PromptRun(tool, directory, "", "")) {
        assertThat(run.say(step)).isEqualTo("one connected " + listener.port());
        assertThat(run.end()).isZero();
        assertThat(run.pty.all())
            .startsWith("appaware: 2 allowed, 0 denied\n")
            .doesNotContain("appaware asks");
        assertThat(listener.connections()).isOne();
      }
      assertThat(policy).hasContent(saved);
    }
  }

  @Test
  void aRebuiltProgramKeepsItsRulesByOneKey() throws Exception {
    PromptRun.prepare(directory, "api.shop.example");
    try (Listener listener = new Listener()) {
      String step = "one connect api.shop.example " + listener.port();
      try (PromptRun run = new PromptRun(tool, directory, "", "")) {
        run.tell(step);
        run.pty.awaitQuestion("look up api.shop.example");
        answerAlways(run, "allow-api.shop.example");
        assertThat(run.hear()).isEqualTo("one connected " + listener.port());
        assertThat(run.end()).isZero();
      }
      Path policy = directory.resolve("config/appaware/policy.toml");
      String saved = PromptRun.plain(policy);

      // Any other bytes: another entry at the end.
      try (FileSystem jar = FileSystems.newFileSystem(directory.resolve("crowd.jar"))) {
        Files.writeString(jar.getPath("/build.txt"), "2");
      }
      try (PromptRun run = new PromptRun(tool, directory, "", "")) {
        run.tell(step);
        run.pty.awaitQuestion("look up api.shop.example");
        run.pty.await("[u] this is the new crowd: add its hash");
        run.pty.type("u");
        assertThat(run.hear()).isEqualTo("one connected " + listener.port());
        assertThat(run.end()).isZero();
      }
      assertThat(PromptRun.plain(policy))
          .isEqualTo(saved.replace("sha256 = \"HASH\"", "sha256 = [\"HASH\", \"HASH\"]"));

      try (PromptRun run = new PromptRun(tool, directory, "", "")) {
        assertThat(run.say(step)).isEqualTo("one connected " + listener.port());
        assertThat(run.end()).isZero();
        assertThat(run.pty.raw()).doesNotContain("appaware asks");
      }
    }
  }

  private static String unfolded(String lines) {
    return lines.replace("\n", "");
  }

  private static void answerAlways(PromptRun run, String rule) throws Exception {
    run.pty.type("w");
    run.pty.await("[Enter] save, and allow always");
    assertThat(run.pty.screen()).contains("| id", "= \"" + rule + "\"");
    run.pty.type(Pty.ENTER);
  }
}
