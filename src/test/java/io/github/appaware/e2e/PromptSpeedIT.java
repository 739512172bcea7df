package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.PromptRun;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.ToolExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long the application waits when the person does not: the figures are what is promised, the
 * assertions leave room for machines that do other things meanwhile.
 */
@ExtendWith(ToolExtension.class)
class PromptSpeedIT {
  private static final int QUESTIONS = 31;

  @TempDir Path directory;
  private Tool tool;

  private void prepare(Tool tool, int port) throws Exception {
    PromptRun.prepare(
        directory,
        IntStream.range(0, QUESTIONS).mapToObj(i -> i + ".example").toArray(String[]::new));
    Files.writeString(
        directory.resolve("p.toml"),
        """
        version = 1
        [[rule]]
        action = 'allow'
        event = 'resolve'
        [[rule]]
        action = 'allow'
        event = 'send'
        port = %d
        """
            .formatted(port));
    assertThat(tool.left()).isEmpty();
  }

  /** From the key that is written to the terminal to the line after {@code new Socket}. */
  @Test
  void theApplicationGoesOnAtOnceWhenAQuestionIsAnswered() throws Exception {
    try (Listener listener = new Listener("0.0.0.0")) {
      prepare(tool, listener.datagramPort());
      try (PromptRun run = new PromptRun(tool, directory, "", "-p p.toml")) {
        double[] millis = new double[QUESTIONS];
        double[] unasked = new double[QUESTIONS];
        for (int i = 0; i < QUESTIONS; i++) {
          run.pty.awaitNone();
          long begun = System.nanoTime();
          run.say("rate one " + listener.datagramPort() + " 1");
          unasked[i] = (System.nanoTime() - begun) / 1e6;
          run.tell("it timed " + i + ".example " + listener.port());
          run.pty.awaitQuestion("connect tcp to " + i + ".example");
          long pressed = System.nanoTime();
          run.pty.type("a");
          String[] words = run.hear().split(" ");
          assertThat(words).startsWith("it", "connected");
          millis[i] = (Long.parseLong(words[3]) - pressed) / 1e6;
        }
        assertThat(run.end()).isZero();
        Arrays.sort(millis);
        Arrays.sort(unasked);
        System.out.printf(
            "answer: from the key to the application going on, %d questions: median %.2f ms, nine in"
                + " ten below %.2f ms, at most %.2f ms%n",
            QUESTIONS, millis[QUESTIONS / 2], millis[QUESTIONS * 9 / 10], millis[QUESTIONS - 1]);
        assertThat(millis[0]).isPositive();
        // A message to the program and back takes part of a millisecond, or many on a busy machine.
        assertThat(millis[QUESTIONS / 2]).isLessThan(50 + 10 * unasked[QUESTIONS / 2]);
      }
    }
  }

  @Test
  void whatIsDecidedGoesOnAtFullSpeedWhileAQuestionIsOpen() throws Exception {
    try (Listener listener = new Listener("0.0.0.0")) {
      prepare(tool, listener.datagramPort());
      String rate = "rate rate " + listener.datagramPort() + " 1000";
      try (PromptRun run = PromptRun.onConsole(tool, directory, "", "-p p.toml")) {
        run.say(rate); // until it is compiled
        long without = number(run.say(rate));
        run.tell("it connect 1.example " + listener.port());
        run.pty.awaitQuestion("1.example");
        long during = number(run.say(rate));
        run.pty.awaitQuestion("1.example");
        run.pty.type("d");
        assertThat(run.hear()).contains("denied by an answer");
        long after = number(run.say(rate));
        System.out.printf(
            "while a question is open: %d decided events a second; before it %d, after it %d%n",
            during, without, after);
        assertThat(during).isGreaterThan(Math.min(without, after) / 3);
        assertThat(run.end()).isZero();
      }
    }
  }

  private static long number(String line) {
    return Long.parseLong(line.substring("rate ".length()));
  }
}
