package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.target.VirtualWaits;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Dialog;
import io.github.appaware.testkit.ToolExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A virtual thread that waits for a verdict leaves its carrier to others. */
@ExtendWith(ToolExtension.class)
class VirtualWaitIT {
  private static final int PORT = 9;

  @TempDir Path directory;
  private Tool tool;

  /** There is one carrier: nothing else would run if the waiting thread kept it. */
  @Test
  void aWaitForAPersonsAnswerPinsNoVirtualThread() throws Exception {
    Jdk newest = Jdk.all().reduce((older, newer) -> newer).orElseThrow();
    assumeTrue(newest.feature() >= 21, "no JDK of 21 or later, which has virtual threads");
    Programs.jar(directory.resolve("waits.jar"), VirtualWaits.class);
    Files.writeString(
        directory.resolve("p.toml"),
        """
        version = 1
        [default]
        unknown = "deny"
        ask-timeout = "2s"
        [[rule]]
        action = "ask"
        port = %d
        """
            .formatted(PORT));
    Path recording = directory.resolve("waits.jfr");
    ProcessBuilder run =
        tool.builder(
            "run",
            "-q",
            "-p",
            "p.toml",
            "--prompt",
            "console",
            "--",
            newest.java(),
            "-Djdk.virtualThreadScheduler.parallelism=1",
            "-Djdk.virtualThreadScheduler.maxPoolSize=1",
            "-jar",
            "waits.jar",
            "" + PORT,
            recording.toString());
    try (Dialog target = new Dialog(run)) {
      assertThat(target.hear()).endsWith(":" + PORT + " denied because no one answered in time");
      assertThat(target.hear()).isEqualTo("others went on: true");
      assertThat(target.hear()).isEqualTo("pinned: true");
      assertThat(target.end()).isZero();
    }
    List<String> pinned = pinned(recording);
    assertThat(pinned).as("what is pinned is recorded").isNotEmpty();
    assertThat(pinned).allMatch(stack -> stack.contains("VirtualWaits$Pinned.<clinit>"));
  }

  private static List<String> pinned(Path recording) throws Exception {
    return RecordingFile.readAllEvents(recording).stream()
        .filter(event -> event.getEventType().getName().equals("jdk.VirtualThreadPinned"))
        .map(VirtualWaitIT::stack)
        .toList();
  }

  private static String stack(RecordedEvent event) {
    StringBuilder text = new StringBuilder();
    for (RecordedFrame frame : event.getStackTrace().getFrames()) {
      String type = frame.getMethod().getType().getName();
      text.append(type).append('.').append(frame.getMethod().getName()).append('\n');
    }
    return text.toString();
  }
}
