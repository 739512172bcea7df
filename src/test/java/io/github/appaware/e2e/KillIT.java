package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Steps;
import io.github.appaware.testkit.Await;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Script;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Dialog;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Each of the three processes is killed in turn; the others must end by themselves, denying. */
@ExtendWith(ToolExtension.class)
class KillIT {
  @TempDir Path directory;
  private Tool tool;

  @JarOf(Steps.class)
  private Path jar;

  private Dialog steps() throws IOException {
    ProcessBuilder builder =
        tool.builder(
            "run", "--policy", "allow.toml", "--", Jdk.running().java(), "-jar", jar.toString());
    return new Dialog(builder.command(Script.heeding(builder.command())));
  }

  private static ProcessHandle target(Dialog dialog) throws IOException {
    return ProcessHandle.of(Long.parseLong(dialog.say("pid"))).orElseThrow();
  }

  /** The launcher has two children: the target, and the other one. */
  private static ProcessHandle server(Dialog dialog, ProcessHandle target) {
    return dialog
        .process()
        .children()
        .filter(child -> child.pid() != target.pid())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void withoutItsServerTheTargetIsDeniedAtOnceAndStopped() throws Exception {
    try (Listener listener = new Listener();
        Dialog dialog = steps()) {
      ProcessHandle target = target(dialog);
      assertThat(dialog.say("connect 127.0.0.1 " + listener.port())).startsWith("connected");
      assertThat(listener.connections()).isOne();

      ProcessHandle server = server(dialog, target);
      server.destroyForcibly();
      server.onExit().join();
      long begin = System.nanoTime();

      assertThat(dialog.say("connect 127.0.0.1 " + listener.port()))
          .isEqualTo(
              "java.net.ConnectException: appaware: connect tcp to 127.0.0.1:"
                  + listener.port()
                  + " denied: server unreachable");
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
      assertThat(dialog.await()).isEqualTo(125);
      assertThat(dialog.err()).contains("the decision server is gone; the target was stopped");
      assertThat(target.isAlive()).isFalse();
      assertThat(listener.connections()).isZero();
    }
    assertThat(tool.left()).isEmpty();
  }

  @Test
  void withoutItsLauncherTargetAndServerAreGoneWithinFiveSeconds() throws Exception {
    try (Dialog dialog = steps()) {
      ProcessHandle target = target(dialog);
      ProcessHandle server = server(dialog, target);

      dialog.process().destroyForcibly().waitFor();

      Await.within(Duration.ofSeconds(5), () -> !target.isAlive() && !server.isAlive());
    }
    Await.until(() -> tool.left().isEmpty());
  }

  @Test
  void aNativeTargetIsStoppedTooWhenTheLauncherIsKilled() throws Exception {
    try (Dialog dialog =
        tool.talk(
            "run", "--policy", "allow.toml", "--", "/bin/sh", "-c", "echo $$; exec sleep 99")) {
      ProcessHandle target = ProcessHandle.of(Long.parseLong(dialog.hear())).orElseThrow();

      dialog.process().destroyForcibly().waitFor();

      Await.within(Duration.ofSeconds(5), () -> !target.isAlive());
    }
    Await.until(() -> tool.left().isEmpty());
  }

  @Test
  void aDaemonThatDetachedItselfEndsWithItsKilledLauncherToo() throws Exception {
    try (Dialog dialog =
        tool.talk(
            "run",
            "--policy",
            "allow.toml",
            "--",
            "/bin/sh",
            "-c",
            "setsid sh -c 'echo $$; exec sleep 99' & read forever")) {
      ProcessHandle daemon = ProcessHandle.of(Long.parseLong(dialog.hear())).orElseThrow();

      dialog.process().destroyForcibly().waitFor();

      Await.within(Duration.ofSeconds(5), () -> !daemon.isAlive());
    }
    Await.until(() -> tool.left().isEmpty());
  }

  @Test
  void aKilledTargetEndsTheRunWithItsSignal() throws Exception {
    try (Dialog dialog = steps()) {
      ProcessHandle target = target(dialog);
      ProcessHandle server = server(dialog, target);

      target.destroyForcibly();

      assertThat(dialog.await()).isEqualTo(128 + 9);
      Await.until(() -> !server.isAlive()); // its new parent collects it
    }
    assertThat(tool.left()).isEmpty();
  }

  @Test
  void signalsToTheLauncherReachTheTargetAndItsShutdownHooks() throws Exception {
    for (String signal : List.of("TERM", "HUP", "INT")) {
      try (Dialog dialog = steps()) {
        dialog.say("on-exit");
        int number = signal.equals("TERM") ? 15 : signal.equals("HUP") ? 1 : 2;

        new ProcessBuilder("/bin/sh", "-c", "kill -s " + signal + " " + dialog.process().pid())
            .start()
            .waitFor();

        assertThat(dialog.hear()).isEqualTo("hook ran");
        assertThat(dialog.await()).as(signal).isEqualTo(128 + number);
      }
    }
    assertThat(tool.left()).isEmpty();
  }

  @Test
  void aServerThatHangsDeniesInsteadOfAllowing() throws Exception {
    try (Listener listener = new Listener();
        Dialog dialog = steps()) {
      ProcessHandle server = server(dialog, target(dialog));
      signal("STOP", server);
      try {
        assertThat(dialog.say("connect 127.0.0.1 " + listener.port()))
            .endsWith("denied because no verdict came in time");
      } finally {
        signal("CONT", server);
      }
      assertThat(listener.connections()).isZero();
    }
  }

  private static void signal(String name, ProcessHandle process) throws Exception {
    new ProcessBuilder("/bin/sh", "-c", "kill -s " + name + " " + process.pid()).start().waitFor();
  }
}
