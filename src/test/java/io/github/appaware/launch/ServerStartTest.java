package io.github.appaware.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.event.BlindMode;
import io.github.appaware.event.Mode;
import io.github.appaware.server.local.ServerOptions;
import io.github.appaware.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a shell script in the place of the JVM. */
class ServerStartTest {
  @TempDir private Path directory;

  private ServerStart start(String script) throws IOException {
    Path java = directory.resolve("java");
    Files.writeString(java, "#!/bin/sh\n" + script.replace("DIR", directory.toString()));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    return new ServerStart(
        new Installation(directory.resolve("t.jar"), directory, directory, java), "-Doption");
  }

  private ServerOptions options(String policy) {
    return new ServerOptions(
        directory, "key", Mode.ENFORCE, BlindMode.DENY, null, List.of(Path.of(policy)), null, null);
  }

  private ProcessHandle started() throws Exception {
    Path pid = directory.resolve("pid");
    Await.until(() -> Files.exists(pid));
    return ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
  }

  private static final String WAIT = "echo $$ > DIR/new; mv DIR/new DIR/pid; exec cat > DIR/got\n";

  @Test
  void theJvmThatHasBegunGetsTheOptions() throws Exception {
    ServerStart start = start(WAIT);
    start.begin();
    ProcessHandle process = started();

    ServerProcess server = start.with(options("p.toml"));
    start.abandon(); // it is in use
    assertThat(server.isAlive()).isTrue();
    assertThat(server.awaitEnd(60_000)).isTrue(); // with its input
    assertThat(process.isAlive()).isFalse();
    assertThat(directory.resolve("got")).content().isEqualTo(options("p.toml").write());
  }

  @Test
  void theJvmThatIsOfNoUseIsEnded() throws Exception {
    ServerStart start = start(WAIT);
    start.abandon(); // nothing has begun
    start.begin();
    ProcessHandle process = started();

    start.abandon();
    Await.until(() -> !process.isAlive());
  }

  @Test
  void itsOwnWordsSayWhyItEnded() throws Exception {
    ServerStart start = start("echo out of memory; exec 0<&-; echo $$ > DIR/pid\n");
    start.begin();
    Await.until(() -> Files.exists(directory.resolve("pid")));

    ServerProcess server = start.with(options("p.toml"));
    assertThatThrownBy(server::awaitReady)
        .isInstanceOf(LaunchException.class)
        .hasMessage("out of memory");
  }

  @Test
  void aPathThatCantBeWrittenEndsIt() throws Exception {
    ServerStart start = start(WAIT);
    start.begin();
    ProcessHandle process = started();

    assertThatThrownBy(() -> start.with(options("a\nb")))
        .isInstanceOf(LaunchException.class)
        .hasMessage("can't start the decision server: a path with a line break: a\nb");
    Await.until(() -> !process.isAlive());
  }
}
