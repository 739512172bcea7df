package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.PromptRun;
import io.github.appaware.testkit.Script;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Passwords of command lines are in no output. */
@ExtendWith(ToolExtension.class)
class SecretsIT {
  private static final String SECRET = "Zq7hunter2";
  private static final String REPORTS =
      " --report md=r.md,json=r.json,junit=r.xml,sarif=r.sarif,html=r.html --summary s.json";

  @TempDir Path directory;
  private Tool tool;

  @BeforeEach
  void policy() throws Exception {
    Files.writeString(directory.resolve("p.toml"), "version = 1\n");
  }

  private void assertHidden(String... files) throws Exception {
    for (String file : files) {
      assertThat(Files.readString(directory.resolve(file))).as(file).doesNotContain(SECRET);
    }
  }

  @Test
  void noQuestionShowsThem() throws Exception {
    assumeTrue(Script.exists(), "there is no `script`");
    PromptRun.prepare(directory, "one.example");
    String arguments = " --db-password " + SECRET + " http://me:" + SECRET + "@h.example/";
    try (Listener listener = new Listener("0.0.0.0");
        PromptRun run =
            new PromptRun(tool, directory, "", "-p p.toml --log e.jsonl" + REPORTS, arguments)) {
      run.tell("it connect one.example " + listener.port());
      run.pty.awaitQuestion("one.example");
      run.pty.type("?");
      run.pty.await("--db-password ***");
      run.pty.await("http://me:***@h.example/");
      assertThat(run.pty.screen()).doesNotContain(SECRET);
      run.pty.type("\u001b");
      run.pty.awaitQuestion("one.example");
      run.pty.type("d");
      assertThat(run.hear()).contains("denied by an answer");
      assertThat(run.end()).isZero();
      // What the user typed is echoed by the shell alone.
      assertThat(run.pty.all()).doesNotContain(SECRET);
    }
    assertHidden("e.jsonl", "r.md", "r.json", "r.xml", "r.sarif", "r.html", "s.json");
  }

  @Test
  void noRecordHasThoseOfProcesses() throws Exception {
    String source =
        """
        public class Starter {
          public static void main(String[] args) throws Exception {
            System.exit(
                new ProcessBuilder("/bin/echo", "--token", "%1$s", "https://%1$s@h.example/", "end")
                    .inheritIO().start().waitFor());
          }
        }
        """
            .formatted(SECRET);
    Path classes = directory.resolve("classes");
    Programs.compiled(Jdk.running(), classes, "Starter", source);
    Result result =
        tool.run(
            "run",
            "-p",
            "p.toml",
            "--log",
            "e.jsonl",
            "--report",
            "md=r.md,sarif=r.sarif,html=r.html",
            "--",
            Jdk.running().java(),
            "-Dapi.key=" + SECRET,
            "-cp",
            classes.toString(),
            "Starter");

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out())
        .isEqualTo("--token " + SECRET + " https://" + SECRET + "@h.example/ end\n");
    assertThat(result.err()).doesNotContain(SECRET);
    assertThat(Files.readString(directory.resolve("e.jsonl")))
        .contains("/bin/echo --token *** https://***@h.example/ end");
    assertHidden("e.jsonl", "r.md", "r.sarif", "r.html");
    for (List<String> command :
        List.of(List.of("log", "e.jsonl"), List.of("log", "--json", "e.jsonl"))) {
      assertThat(tool.run(command.toArray(String[]::new)).out()).doesNotContain(SECRET);
    }
  }
}
