package io.github.appaware.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcFsTest {
  @TempDir Path directory;
  private FakeProc fake;
  private ProcFs proc;

  @BeforeEach
  void prepare() throws IOException {
    fake = new FakeProc(directory);
    fake.process(1, "init", 'S', 0)
        .process(10, "sh", 'S', 1)
        .process(11, "java) S 1", 'S', 10)
        .process(12, "evil\n13 (x", 'Z', 11)
        .process(20, "sh", 'S', 1);
    proc = fake.proc();
  }

  @Test
  void aTreeIsTheSameWhateverItsProcessesAreCalled() {
    assertThat(proc.descendants(10)).extracting(ProcessInfo::pid).containsExactly(11L, 12L);
    assertThat(proc.descendants(20)).isEmpty();
  }

  @Test
  void aLoopOfParentsEnds() throws IOException {
    fake.process(30, "a", 'S', 31).process(31, "b", 'S', 30);

    assertThat(proc.descendants(30)).extracting(ProcessInfo::pid).containsExactly(31L);
  }

  @Test
  void aFileThatSpeaksOfAnotherProcessIsNone() throws IOException {
    fake.file("40/stat", "41 (a) S 1 41" + ProcessInfoTest.REST);

    assertThat(proc.process(40)).isEmpty();
  }

  @Test
  void whatIsNoProcessIsLeftOut() throws IOException {
    fake.file("self/stat", "x").file("-5/stat", "x").file("0x10/stat", "x").file("version", "x");
    Files.createDirectories(directory.resolve("77")); // gone between the list and the look

    assertThat(proc.processes())
        .extracting(ProcessInfo::pid)
        .containsExactlyInAnyOrder(1L, 10L, 11L, 12L, 20L);
  }

  @Test
  void aStatusGivesTheRealUserAndTheNumbersInAllNamespaces() throws IOException {
    fake.file(
        "11/status",
        """
        Name:\tx\\nUid:\\t0
        Umask:\t0022
        Uid:\t1000\t0\t0\t0
        Gid:\t5\t5\t5\t5
        NSpid:\t11\t3\t1
        """);

    assertThat(proc.user(11)).hasValue(1000);
    assertThat(proc.numbersOf(11)).containsExactly(11L, 3L, 1L);
    assertThat(proc.user(12)).isEmpty();
    assertThat(proc.numbersOf(12)).isEmpty();
  }

  @Test
  void aCommandLineKeepsEmptyArgumentsAndIsCutWhenItIsHuge() throws IOException {
    fake.file("10/cmdline", "sh\0\0a b\0");
    fake.file("11/cmdline", "java\0" + "x".repeat(3 << 20));

    assertThat(proc.commandLine(10)).isEqualTo(List.of("sh", "", "a b"));
    assertThat(proc.commandLine(11).get(1).length()).isBetween(1000, 1 << 20);
    assertThat(proc.commandLine(12)).isEmpty();
  }

  @Test
  void anExecutableIsWhatTheKernelSays() throws IOException {
    fake.link("10/exe", "/usr/bin/sh (deleted)");

    assertThat(proc.executable(10)).contains(Path.of("/usr/bin/sh (deleted)"));
    assertThat(proc.executable(11)).isEmpty();
  }

  @Test
  void withoutProcThereIsNothing() {
    ProcFs none = ProcFs.at(directory.resolve("none"));

    assertThat(none.isAvailable()).isFalse();
    assertThat(none.processes()).isEmpty();
    assertThat(none.process(1)).isEmpty();
    assertThat(new SocketOwners(none).ofUnixListener("/s")).isEmpty();
  }
}
