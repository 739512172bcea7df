package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Flood;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Dialog;
import io.github.appaware.testkit.ToolExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that is denied ten thousand times a second and more: neither its heap nor the record
 * nor the terminal grows with it. A few seconds, or with {@code -Dappaware.flood.seconds=60} a
 * minute.
 */
@ExtendWith(ToolExtension.class)
class FloodIT {
  private static final long SECONDS = Long.getLong("appaware.flood.seconds", 3);
  private static final long LEAST_EACH_SECOND = 10_000;

  /** The number of endpoints that the program connects to. */
  private static final int FAR_ENDS = 8;

  private static final Pattern COUNT = Pattern.compile("\"count\":(\\d+)}");

  @TempDir Path directory;
  private Tool tool;

  @JarOf(Flood.class)
  private Path jar;

  private static long number(String line, String name) {
    assertThat(line).startsWith(name + " ");
    return Long.parseLong(line.substring(name.length() + 1));
  }

  @Test
  void aFloodOfDenialsHurtsNeitherHeapNorRecordNorTerminal() throws Exception {
    try (Dialog run =
        tool.talk(
            "run",
            "-p",
            "deny.toml",
            "--log",
            "record.jsonl",
            "--",
            Jdk.running().java(),
            "-Xmx64m",
            "-jar",
            jar.toString(),
            String.valueOf(SECONDS),
            String.valueOf(SECONDS * LEAST_EACH_SECOND))) {
      long denied = number(run.hear(), "denied");
      long milliseconds = number(run.hear(), "milliseconds");
      long heap = number(run.hear(), "heap");
      assertThat(run.hear()).isNull();
      assertThat(run.await()).isZero();

      List<String> record = Files.readAllLines(directory.resolve("record.jsonl"));
      long recorded = 0;
      for (String line : record) {
        Matcher count = COUNT.matcher(line);
        assertThat(count.find()).as(line).isTrue();
        recorded += Long.parseLong(count.group(1));
      }
      System.out.printf(
          "flood: %d denials, %d a second, heap after it %d KiB, record %d lines, %d KiB%n",
          denied,
          denied * 1000 / milliseconds,
          heap / 1024,
          record.size(),
          Files.size(directory.resolve("record.jsonl")) / 1024);
      assertThat(denied).isGreaterThanOrEqualTo(SECONDS * LEAST_EACH_SECOND);
      assertThat(recorded).isEqualTo(denied);
      // Each far end a few times a second once it goes on and on, and more often at first.
      assertThat((long) record.size()).isLessThan(FAR_ENDS * (20 + 4 * (milliseconds / 1000 + 1)));
      assertThat(heap).isLessThan(32 << 20);
      // The counts, a line each for far ends, and one rule for all of them to paste.
      assertThat(run.err().lines()).hasSizeLessThan(12 + 14);
      assertThat(run.err()).contains(denied + " denied").doesNotContain("OutOfMemoryError");
    }
  }
}
