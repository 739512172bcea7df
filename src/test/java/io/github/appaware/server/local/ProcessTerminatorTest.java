package io.github.appaware.server.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class ProcessTerminatorTest {
  @Test
  void aProcessEndsPolitelyWithItsChildren() throws IOException, InterruptedException {
    Process shell = shell("trap 'exit 3' TERM; sleep 300 & echo ready; wait");

    assertThat(statusAfterEnding(shell)).isEqualTo(3);
  }

  @Test
  void aProcessThatIgnoresThatEndsAnyhow() throws IOException, InterruptedException {
    Process shell = shell("trap '' TERM; sleep 300 & echo ready; wait");

    assertThat(statusAfterEnding(shell)).isEqualTo(128 + 9);
  }

  private static Process shell(String script) throws IOException {
    return new ProcessBuilder("sh", "-c", script).start();
  }

  private static int statusAfterEnding(Process shell) throws IOException, InterruptedException {
    BufferedReader out = shell.inputReader();
    assertThat(out.readLine()).isEqualTo("ready");

    ProcessTerminator.end(shell.toHandle());

    assertThat(shell.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(out.readLine()).isNull(); // the children have the same output, and are gone too
    return shell.exitValue();
  }
}
