package io.github.appaware.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the guard reads of a waiting thread, as proc_pid_status(5) has it. */
class ThreadStatusTest {
  private static final long THREAD = 12;
  private static final String RIGHTS =
      "Uid:\t1\t2\t3\t4\nGid:\t5\t6\t7\t8\nGroups:\t9 10 \nCapEff:\t0000000000000400\n";

  @TempDir Path root;
  private ProcFs proc;

  @BeforeEach
  void open() {
    proc = ProcFs.at(root);
  }

  private void status(String text) throws IOException {
    Files.createDirectories(root.resolve("" + THREAD));
    Files.writeString(root.resolve(THREAD + "/status"), text);
  }

  @Test
  void theProcessOfAThread() throws IOException {
    status("Name:\tx\nTgid:\t11\nPid:\t12\n");

    assertThat(proc.processOf(THREAD)).hasValue(11);
    assertThat(proc.processOf(13)).isEmpty();
  }

  /** Of the signals 14 and 17: pending for the thread, for the process, blocked, ignored. */
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 0, false",
    "2000, 0, 0, 0, true",
    "0, 2000, 0, 0, true",
    "2000, 0, 2000, 0, false",
    "0, 2000, 0, 2000, false",
    "2000, 10000, 2000, 0, true",
    "8000000000000000, 0, 0, 0, true",
  })
  void aSignalThatTheThreadWouldGet(
      String own, String shared, String blocked, String ignored, boolean gets) throws IOException {
    status(
        "SigPnd:\t"
            + own
            + "\nShdPnd:\t"
            + shared
            + "\nSigBlk:\t"
            + blocked
            + "\nSigIgn:\t"
            + ignored
            + "\n");

    assertThat(proc.hasSignal(THREAD)).isEqualTo(gets);
  }

  @Test
  void rightsAreComparedAsAWhole() throws IOException {
    status(RIGHTS);
    String rights = proc.credentials(THREAD);
    assertThat(proc.capabilities(THREAD)).isEqualTo(1 << 10);

    status("Name:\tother\nTgid:\t1\n" + RIGHTS);
    assertThat(proc.credentials(THREAD)).isEqualTo(rights).isNotEmpty();

    for (String changed : new String[] {"\t2\t", "\t6\t", "9 10", "0400"}) {
      status(RIGHTS.replace(changed, changed.replaceAll("[0-9]", "8")));
      assertThat(proc.credentials(THREAD)).as(changed).isNotEqualTo(rights);
    }
  }

  @Test
  void whatIsGoneHasNoRightsAndNoSignal() {
    assertThat(proc.credentials(THREAD)).isEmpty();
    assertThat(proc.capabilities(THREAD)).isZero();
    assertThat(proc.hasSignal(THREAD)).isFalse();
    assertThat(proc.mask(THREAD)).isEqualTo(077);
  }

  @Test
  void theFileMask() throws IOException {
    status("Umask:\t0027\n");

    assertThat(proc.mask(THREAD)).isEqualTo(027);
  }
}
