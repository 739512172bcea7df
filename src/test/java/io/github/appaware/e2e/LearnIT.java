package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Steps;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.TestOnNewestJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A program is learned, and then passes under what was learned. */
@ExtendWith(ToolExtension.class)
class LearnIT {
  private static final String[] WORK = {
    "connect localhost 9", "connect 127.7.0.1 9", "connect 127.7.0.1 7"
  };

  @TempDir Path directory;
  private Tool tool;

  @JarOf(value = Steps.class, name = "steps-1.0.jar")
  private Path jar;

  private Result tool(String java, String options, String... steps)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(options.split(" ", -1)));
    arguments.addAll(List.of("--", java, "-jar", jar.toString()));
    arguments.addAll(List.of(steps));
    return tool.run(arguments.toArray(String[]::new));
  }

  @TestOnNewestJdk
  void whatWasLearnedIsEnforcedWithoutADenial(Jdk jdk) throws Exception {
    Result learned = tool(jdk.java(), "learn -o learned.toml", WORK);
    assertThat(learned.status()).as(learned.err()).isZero();
    assertThat(learned.err()).contains("rules and applications written to `learned.toml`");

    Result same = tool(jdk.java(), "run -p learned.toml --fail-on-denied", WORK);
    assertThat(same.status()).as(same.err()).isZero();
    assertThat(same.err()).contains(", 0 denied");

    Result other = tool(jdk.java(), "run -p learned.toml --fail-on-denied", "connect 127.7.0.1 8");
    assertThat(other.status()).isEqualTo(120);
    assertThat(other.out())
        .contains("ConnectException: appaware: connect tcp to 127.7.0.1:8 denied");
  }

  @Test
  void aSecondRunAddsWhatIsNew() throws Exception {
    String java = Jdk.running().java();
    assertThat(tool(java, "learn -o p.toml --log 1.jsonl", "connect 127.7.0.1 9").status())
        .isZero();
    String before = Files.readString(directory.resolve("p.toml"));

    Result refused = tool(java, "learn -o p.toml", "pid");
    assertThat(refused.status()).isEqualTo(125);
    assertThat(refused.out()).isEmpty();

    Result merged = tool(java, "learn -o p.toml --merge --log 2.jsonl", WORK);
    assertThat(merged.status()).as(merged.err()).isZero();
    assertThat(Files.readString(directory.resolve("p.toml")))
        .startsWith(before)
        .contains("# new since p.toml, in a run: localhost");
    assertThat(tool(java, "run -p p.toml --fail-on-denied", WORK).status()).isZero();

    Result both = tool.run("learn", "-o", "q.toml", "--from", "1.jsonl", "2.jsonl");
    assertThat(both.status()).as(both.err()).isZero();
    assertThat(Files.readString(directory.resolve("q.toml")))
        .contains("# new since 1.jsonl, in 2.jsonl: localhost");
    assertThat(tool(java, "run -p q.toml --fail-on-denied", WORK).status()).isZero();
  }

  @Test
  void aRunInWhichNothingWasJudgedWritesNoPolicy() throws Exception {
    Result result = tool.run("learn", "-o", "p.toml", "--", "true");
    assertThat(result.status()).isEqualTo(125);
    assertThat(result.err()).contains("nothing was learned: no JVM with the agent ran in it");
    assertThat(directory.resolve("p.toml")).doesNotExist();
    assertThat(tool.run("learn", "-o", "p.toml").status()).isEqualTo(125);
  }

  @Test
  void theProgramsStatusIsKeptAndWhatItDidIsLearned() throws Exception {
    Result result = tool(Jdk.running().java(), "learn -o p.toml", "connect 127.7.0.1 9", "exit 3");
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err()).contains("the program ended with 3: it may not have done all it does");
    assertThat(Files.readString(directory.resolve("p.toml"))).contains("127.7.0.1");
  }
}
