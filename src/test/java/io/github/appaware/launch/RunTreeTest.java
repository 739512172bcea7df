package io.github.appaware.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.linux.Linux;
import io.github.appaware.linux.OwnChildren;
import io.github.appaware.linux.ProcFs;
import io.github.appaware.testkit.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real processes; this process is the launcher. */
class RunTreeTest {
  private static final long SELF = ProcessHandle.current().pid();

  @TempDir Path directory;
  private final List<ProcessHandle> started = new ArrayList<>();

  @BeforeEach
  void onLinux() {
    assumeTrue(Linux.isHere(), "not Linux");
  }

  @AfterEach
  void end() {
    started.forEach(ProcessHandle::destroyForcibly);
  }

  private Process start(String script) throws IOException {
    Process process = new ProcessBuilder("/bin/sh", "-c", script).start();
    started.add(process.toHandle());
    return process;
  }

  /** The shell between has ended when this returns. */
  private long orphan(String variable) throws Exception {
    Process between = start(variable + " sleep 600 >/dev/null 2>&1 & echo $!");
    OwnChildren.started(between);
    try (BufferedReader out = between.inputReader()) {
      long pid = Long.parseLong(out.readLine());
      started.add(ProcessHandle.of(pid).orElseThrow());
      between.waitFor();
      // A child of the shell has the shell's environment until it is `sleep`.
      Path command = Path.of("/proc/" + pid + "/cmdline");
      Await.until(() -> Files.readString(command).startsWith("sleep"));
      return pid;
    }
  }

  private static String group(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[2];
  }

  private RunTree tree() {
    return new RunTree(directory);
  }

  @Test
  void anOrphanInTheLaunchersGroupIsTheUsersUnlessItNamesTheRun() throws Exception {
    long target = start("sleep 600 & wait").pid();
    long others = orphan("A=b");
    long ours = orphan("A='-javaagent:" + directory + "/x.jar'");

    assertThat(group(others)).isEqualTo(group(SELF));
    assertThat(ProcFs.ofSystem().process(others).orElseThrow().parent()).isNotEqualTo(SELF);
    assertThat(tree().of(target)).startsWith(target).contains(ours).doesNotContain(others);
    assertThat(tree().contains(ours)).isTrue();
    assertThat(tree().contains(others)).isFalse();
  }

  @Test
  void theLaunchersOwnProcessesAreNotOfTheRunAndOtherChildrenOfItAre() throws Exception {
    long target = start("sleep 600 & wait").pid();
    Process own = OwnChildren.started(start("sleep 600 & echo $!; wait"));
    long below = Long.parseLong(own.inputReader().readLine());
    started.add(ProcessHandle.of(below).orElseThrow());
    long adopted = start("sleep 600").pid();

    assertThat(tree().of(target)).contains(target, adopted).doesNotContain(own.pid(), below, SELF);
    assertThat(tree().contains(adopted)).isTrue();
    assertThat(tree().contains(own.pid())).isFalse();
    assertThat(tree().contains(below)).isFalse();
  }
}
