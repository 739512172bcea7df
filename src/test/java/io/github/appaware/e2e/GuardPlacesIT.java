package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.target.Steps;
import io.github.appaware.testkit.Await;
import io.github.appaware.testkit.CProgram;
import io.github.appaware.testkit.Guarded;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.TestOnNewestJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Dialog;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Other users, other launchers, other roots, and a server that dies. */
@Timeout(180)
@ExtendWith(ToolExtension.class)
class GuardPlacesIT {
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
  private static final Path BASH = Path.of("/bin/bash");

  @TempDir Path directory;
  private Tool tool;
  private Path ways;

  @JarOf(Steps.class)
  private Path jar;

  @BeforeEach
  void compile() throws Exception {
    Guarded.assumePossible();
    ways = CProgram.compiled(directory, "ways");
  }

  private static Result sh(String script) throws Exception {
    return Tool.run(new ProcessBuilder("/bin/sh", "-c", script), "");
  }

  private Result run(String policy, String... command) throws Exception {
    String[] words =
        Stream.concat(
                Stream.of("run", "-q", "--guard", "on", "-p", policy, "--"), Arrays.stream(command))
            .toArray(String[]::new);
    return tool.run(words);
  }

  /** Afterwards its commands run as a user without any right. */
  private void becomeNobody() throws Exception {
    assumeTrue(Files.isExecutable(SETPRIV), "no setpriv");
    assumeTrue("0".equals(sh("id -u").out().strip()), "only root can become another user");
    tool.with("XDG_CACHE_HOME", directory.resolve("cache").toString());
    tool.with("HOME", directory.toString());
    tool.at(
        List.of(
            SETPRIV.toString(),
            "--reuid=nobody",
            "--regid=65534",
            "--clear-groups",
            "--inh-caps=-all",
            "--"));
    assertThat(sh("chown -R nobody '" + directory + "'").status()).isZero();
    Result reads = Tool.run(tool.command(List.of("test", "-r", Tool.JAR.toString())), "");
    assumeTrue(reads.status() == 0, "other users can't read " + Tool.JAR);
  }

  @TestOnNewestJdk
  void aPlainUserHasTheWholeGuard(Jdk jdk) throws Exception {
    becomeNobody();
    tool.with("APPAWARE_JAVA", jdk.java());
    try (Listener listener = new Listener()) {
      String[] connect = {ways.toString(), "connect", "" + listener.port(), "1"};
      assertThat(run("allow.toml", connect).out()).isEqualTo("connect: done\n");
      assertThat(listener.connections()).isOne();

      assertThat(run("deny.toml", connect).out()).isEqualTo("connect: EACCES\n");
      String java = "connect 127.0.0.1 " + listener.port();
      assertThat(run("deny.toml", jdk.java(), "-jar", jar.toString(), java).out())
          .contains("denied by default");
      assertThat(listener.connections()).isZero();
    }
  }

  /** The guard is root's; the program is not. */
  @Test
  void aProgramThatGaveUpRightsIsNotLentTheGuards() throws Exception {
    assumeTrue(Files.isExecutable(SETPRIV), "no setpriv");
    assumeTrue("0".equals(sh("id -u").out().strip()), "only root can become another user");
    String bind =
        "import socket\nfor p in 81, 0:\n try:\n  socket.socket().bind(('127.0.0.1', p));"
            + " print('bound')\n except OSError as e: print(e.strerror)\n";
    String reach =
        "import socket\ntry:\n socket.socket(socket.AF_UNIX).connect('"
            + directory
            + "/closed/s'); print('reached')\nexcept OSError as e: print(e.strerror)\n";
    Path python = Path.of("/usr/bin/python3");
    assumeTrue(Files.isExecutable(python), "no python");
    Path closed = Files.createDirectory(directory.resolve("closed"));
    String script =
        "/usr/bin/python3 -c \"import socket; s = socket.socket(socket.AF_UNIX); s.bind('"
            + closed
            + "/s'); s.listen()\n"
            + "import time; time.sleep(60)\" & until [ -S "
            + closed
            + "/s ]; do :; done; setpriv --reuid=nobody --clear-groups -- /usr/bin/python3 -c \"$1\";"
            + " chmod 700 "
            + closed
            + "; setpriv --reuid=nobody --clear-groups -- /usr/bin/python3 -c \"$2\"; kill $!";

    Result result = run("allow.toml", BASH.toString(), "-c", script, "x", bind, reach);

    assertThat(result.out())
        .as(result.err())
        .isEqualTo("Permission denied\nbound\nPermission denied\n");
  }

  /** As without the guard, which is root's. */
  @Test
  void aNamespacesRootPassesForNoOtherProcess() throws Exception {
    assumeTrue(sh("unshare -rU true").status() == 0, "no user namespaces here");
    Path python = Path.of("/usr/bin/python3");
    assumeTrue(Files.isExecutable(python), "no python");
    String send =
        """
        import os, socket, struct
        for pid in 1, os.getppid():
            one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
            rights = struct.pack('3i', pid, 0, 0)
            try:
                one.sendmsg([b'x'], [(socket.SOL_SOCKET, socket.SCM_CREDENTIALS, rights)])
                print('sent')
            except OSError as e:
                print(e.strerror)
        """;
    String[] command = {"/usr/bin/unshare", "-rU", python.toString(), "-c", send};
    String refused = "Operation not permitted\n".repeat(2);
    assertThat(Tool.run(new ProcessBuilder(command), "").out()).isEqualTo(refused);

    Result guarded = run("allow.toml", command);

    assertThat(guarded.out()).as(guarded.err()).isEqualTo(refused);
  }

  @Test
  void withoutItsServerNothingIsAllowed() throws Exception {
    Path out = directory.resolve("out");
    String script =
        "while :; do '" + ways + "' connect $1 1; sleep 0.05; done >" + out + " 2>/dev/null";
    try (Listener listener = new Listener();
        Dialog dialog =
            new Dialog(
                tool.builder(
                    "run",
                    "-q",
                    "--guard",
                    "on",
                    "-p",
                    "allow.toml",
                    "--",
                    BASH.toString(),
                    "-c",
                    script,
                    "x",
                    "" + listener.port()))) {
      Await.until(() -> Files.exists(out) && Files.readString(out).contains("connect: done"));
      ProcessHandle server =
          dialog
              .process()
              .descendants()
              .filter(each -> each.info().commandLine().orElse("").contains("server.local=true"))
              .findAny()
              .orElseThrow();
      assertThat(server.destroyForcibly()).isTrue();
      Await.until(() -> !server.isAlive());
      int unused = listener.connections();

      assertThat(dialog.await()).isEqualTo(125);
      assertThat(listener.connections()).isZero();
    }
  }

  /** A program with files of its own: its socket is reached, and none of ours by its path. */
  @Test
  void aPathIsTheOneOfTheProgramsOwnRoot() throws Exception {
    assumeTrue(sh("unshare -rm true").status() == 0, "no namespaces here");
    Path python = Path.of("/usr/bin/python3");
    assumeTrue(Files.isExecutable(python), "no python");
    Path place = Files.createDirectory(directory.toRealPath().resolve("place"));
    Path other = Files.createDirectory(directory.toRealPath().resolve("other"));
    String listen =
        """
        import socket,sys
        a=socket.socket(socket.AF_UNIX); a.bind('%s/s'); a.listen()
        b=socket.socket(socket.AF_UNIX); b.bind('%s/s'); b.listen()
        a.setblocking(False); b.setblocking(False)
        open('%s/ready','w')
        sys.stdin.readline()
        for n,s in ('place',a),('other',b):
            try:
                s.accept(); print(n)
            except BlockingIOError: pass
        """
            .formatted(place, other, directory);
    String connect =
        "import socket\ntry: socket.socket(socket.AF_UNIX).connect('"
            + place
            + "/s'); print('connected')\nexcept OSError as e: print(e.strerror)\n";
    try (Dialog peer = new Dialog(new ProcessBuilder(python.toString(), "-c", listen))) {
      Await.until(() -> Files.exists(directory.resolve("ready")));

      Result result =
          run(
              "allow.toml",
              BASH.toString(),
              "-c",
              "unshare -rm /bin/sh -c \"mount --bind $1 $2; exec /usr/bin/python3 -c \\\"\\$3\\\"\" x $1 $2 \"$3\"",
              "x",
              other.toString(),
              place.toString(),
              connect);
      String reached = peer.say("");

      // With rights that can't be compared it is denied; never is the wrong one reached.
      assertThat(result.out()).as(result.err()).isIn("connected\n", "Permission denied\n");
      assertThat(reached).isIn("other", null);
    }
  }
}
