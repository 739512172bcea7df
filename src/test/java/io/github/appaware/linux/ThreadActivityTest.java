package io.github.appaware.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process is what all of its threads are, not what its first one is. */
class ThreadActivityTest {
  private static final long PID = 42;

  @TempDir Path proc;

  private void thread(int number, char state, int voluntary, int forced) throws IOException {
    Path directory = Files.createDirectories(proc.resolve(PID + "/task/" + number));
    Files.writeString(
        directory.resolve("status"),
        """
        Name:\tvoluntary_ctxt_switches: 7
        State:\t%c (some word)
        Pid:\t%d
        voluntary_ctxt_switches:\t%d
        nonvoluntary_ctxt_switches:\t%d
        """
            .formatted(state, number, voluntary, forced));
  }

  private ThreadActivity activity() {
    return ProcFs.at(proc).activity(PID);
  }

  @ParameterizedTest
  @CsvSource({
    "T, T, true, true, false",
    "Z, T, true, true, false", // the first thread has ended
    "Z, S, false, false, false", // and another runs on
    "Z, Z, true, true, true",
    "T, R, false, false, false",
    "t, t, false, true, false", // by a debugger, which may be of the run
    "t, R, false, false, false",
    "T, D, false, true, false", // it stops before it runs again
    "S, S, false, false, false",
  })
  void allThreadsCount(char first, char other, boolean stopped, boolean halted, boolean ended)
      throws IOException {
    thread(42, first, 1, 2);
    thread(43, other, 3, 4);
    ThreadActivity activity = activity();
    assertThat(activity.stopped()).isEqualTo(stopped);
    assertThat(activity.halted()).isEqualTo(halted);
    assertThat(activity.ended()).isEqualTo(ended);
  }

  @Test
  void whatRanHasLeftAProcessor() throws IOException {
    thread(42, 'T', 10, 2);
    thread(43, 'T', 3, 4);
    long before = activity().switches();
    assertThat(activity().switches()).isEqualTo(before);
    thread(43, 'T', 3, 5);
    assertThat(activity().switches()).isEqualTo(before + 1);
  }

  @Test
  void whatIsGoneHasEnded() {
    assertThat(activity()).isEqualTo(ThreadActivity.GONE);
    assertThat(activity().ended()).isTrue();
  }

  @Test
  void thisProcessRuns() {
    ThreadActivity own = ProcFs.ofSystem().activity(ProcessHandle.current().pid());
    assertThat(own.stopped()).isEqualTo(!ProcFs.ofSystem().isAvailable());
  }
}
