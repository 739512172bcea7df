package io.github.appaware.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunMembershipTest {
  private static final long LAUNCHER = 100;
  private static final long SERVER = 110;
  private static final long TARGET = 120;

  @TempDir Path directory;
  private FakeProc fake;
  private RunMembership run;

  @BeforeEach
  void prepare() throws IOException {
    fake = new FakeProc(directory);
    fake.process(1, "init", 'S', 0)
        .process(90, "sh", 'S', 1)
        .process(LAUNCHER, "java", 'S', 90)
        .process(SERVER, "java", 'S', LAUNCHER)
        .process(111, "stty", 'S', SERVER)
        .process(TARGET, "java", 'S', LAUNCHER)
        .process(121, "sh", 'S', TARGET)
        .process(122, "curl) S 90 (", 'S', 121)
        .process(130, "adopted", 'S', LAUNCHER)
        .process(140, "another job", 'S', 90)
        .process(141, "orphan", 'S', 1);
    run = new RunMembership(fake.proc(), Path.of("/run/appaware-1"), LAUNCHER, p -> p == SERVER);
  }

  @Test
  void whatCameOfTheLauncherIsOfTheRunButTheLaunchersOwnProcessesAreNot() {
    assertThat(List.of(TARGET, 121L, 122L, 130L)).allMatch(run::contains);
    assertThat(List.of(1L, 90L, LAUNCHER, SERVER, 111L, 140L, 141L, 999L)).noneMatch(run::contains);
  }

  @Test
  void anOrphanIsKnownByItsEnvironmentOrByTheAgentOnItsCommandLine() throws IOException {
    fake.process(142, "a", 'S', 1)
        .file("142/environ", "A=b\0JAVA_TOOL_OPTIONS=-javaagent:/run/appaware-1/x.jar\0")
        .process(143, "b", 'S', 1)
        .file("143/cmdline", "java\0-agentlib:instrument=/run/appaware-1/x.jar\0Main\0")
        .process(144, "c", 'S', 1)
        .file("144/cmdline", "java\0-javaagent:/run/appaware-1/x.jar\0Main\0");

    assertThat(List.of(142L, 143L, 144L)).allMatch(run::contains);
  }

  @Test
  void whatMerelyMentionsTheRunsDirectoryOrAnotherRunIsTheUsersOwn() throws IOException {
    fake.process(142, "ls", 'S', 90)
        .file("142/cmdline", "ls\0/run/appaware-1/\0")
        .process(143, "java", 'S', 90)
        .file("143/environ", "JAVA_TOOL_OPTIONS=-javaagent:/run/appaware-12/x.jar\0")
        .process(144, "java", 'S', 90)
        .file("144/cmdline", "java\0-javaagent:/run/appaware-12/x.jar\0");

    assertThat(List.of(142L, 143L, 144L)).noneMatch(run::contains);
  }

  /** As where other users' processes can't be seen: the chain ends there. */
  @Test
  void anInvisibleAncestorIsNotOfTheRun() throws IOException {
    fake.process(150, "sh", 'S', 77);

    assertThat(run.contains(150)).isFalse();
  }

  @Test
  void aNumberThatIsUsedAgainIsNoAncestor() throws IOException {
    fake.stat(161, "younger", 'S', LAUNCHER, 5_000).stat(162, "older", 'S', 161, 200);

    assertThat(run.contains(161)).isTrue();
    assertThat(run.contains(162)).isFalse();
  }

  @Test
  void aLoopOfParentsEnds() throws IOException {
    fake.stat(171, "a", 'S', 172, 7).stat(172, "b", 'S', 171, 7);

    assertThat(run.contains(171)).isFalse();
  }
}
