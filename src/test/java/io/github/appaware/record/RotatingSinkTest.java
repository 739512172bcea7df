package io.github.appaware.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.server.ServerMeters;
import io.github.appaware.testkit.Samples;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class RotatingSinkTest {
  /** The profile {@code fuzz} has more. */
  private static final int KILLS = Math.max(5, Integer.getInteger("appaware.kills", 30) / 6);

  private static final long LONGEST = 4096;

  @TempDir Path directory;

  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("r.jsonl");
  }

  @Test
  void noLineIsLostOrTornAndNoFileGrowsTooLong() throws IOException {
    Random random = new Random(1);
    List<String> written = new ArrayList<>();
    try (RotatingSink sink = RotatingSink.open(file, LONGEST, 1000)) {
      for (int i = 0; i < 2000; i++) {
        String line = i + " " + "x".repeat(random.nextInt(600));
        written.add(line);
        sink.write(bytes(line));
      }
    }
    assertThat(all(file)).isEqualTo(written);
    assertThat(Files.size(file)).isBetween(1L, LONGEST);
    assertThat(numbered(1)).isNotEmptyFile();
    for (int i = 1; Files.exists(numbered(i)); i++) {
      assertThat(Files.size(numbered(i))).isBetween(LONGEST - 620, LONGEST);
    }
  }

  @Test
  void onlySoManyOlderFilesStay() throws IOException {
    try (RotatingSink sink = RotatingSink.open(file, LONGEST, 2)) {
      for (int i = 0; i < 10; i++) {
        sink.write(bytes(i + "x".repeat(4000)));
      }
    }
    assertThat(directory.toFile().list())
        .containsExactlyInAnyOrder("r.jsonl", "r.jsonl.1", "r.jsonl.2");
    assertThat(all(file)).extracting(line -> line.substring(0, 1)).containsExactly("7", "8", "9");
  }

  @Test
  void aLineThatIsLongerThanAFileIsAloneInOne() throws IOException {
    try (RotatingSink sink = RotatingSink.open(file, LONGEST, 5)) {
      sink.write(bytes("a"));
      sink.write(bytes("b".repeat(9000)));
      sink.write(bytes("c"));
    }
    assertThat(Files.readAllLines(numbered(2))).containsExactly("a");
    assertThat(Files.readAllLines(numbered(1))).containsExactly("b".repeat(9000));
    assertThat(Files.readAllLines(file)).containsExactly("c");
  }

  @Test
  void aNumberThatIsMissingIsUsedAgainAndNothingElseMoves() throws IOException {
    Files.writeString(file, "new\n");
    Files.writeString(numbered(2), "old\n");
    try (RotatingSink sink = RotatingSink.open(file, LONGEST, 2)) {
      sink.write(bytes("x".repeat(4095)));
    }
    assertThat(numbered(1)).hasContent("new\n");
    assertThat(numbered(2)).hasContent("old\n");
  }

  @Test
  void whatIsThereAlreadyCounts() throws IOException {
    Files.writeString(file, "before\n");
    try (RotatingSink sink = RotatingSink.open(file, LONGEST, 2)) {
      sink.write(bytes("x".repeat(4080)));
      assertThat(numbered(1)).doesNotExist();
      sink.write(bytes("y".repeat(10)));
    }
    assertThat(numbered(1)).content().startsWith("before\nxxx");
  }

  @Test
  void twoServersDoNotRotateTheSameFile() throws IOException {
    try (RotatingSink sink = RotatingSink.open(file, LONGEST, 2)) {
      sink.write(bytes("a"));
      String busy = "the record `" + file + "` is being written by another server";
      assertThatThrownBy(() -> RotatingSink.open(file, LONGEST, 2)).hasMessage(busy);
      sink.write(bytes("b".repeat(4095)));
      assertThatThrownBy(() -> RotatingSink.open(file, LONGEST, 2)).hasMessage(busy);
      sink.write(bytes("c"));
    }
    assertThat(all(file)).containsExactly("a", "b".repeat(4095), "c");
    RotatingSink.open(file, LONGEST, 2).close();
  }

  @Test
  void aRotationThatFailsEndsTheRecord() throws IOException {
    Files.createDirectories(numbered(1).resolve("in the way"));
    Verdict verdict = new Verdict(true, Reason.of(Reason.Kind.RULE), Verdict.Reuse.ENDPOINT, 1);
    List<byte[]> watched = new ArrayList<>();
    try (EventRecord record =
        EventRecord.to(
            RotatingSink.open(file, LONGEST, 1), "host", watched::add, ServerMeters.NONE)) {
      assertThatThrownBy(
              () -> {
                while (true) {
                  write(record, verdict);
                }
              })
          .isInstanceOf(IOException.class);
      int before = watched.size();
      assertThat(before).isPositive();
      assertThatThrownBy(() -> write(record, verdict)).isInstanceOf(IOException.class);
      Files.delete(numbered(1).resolve("in the way"));
      assertThatThrownBy(() -> write(record, verdict)).isInstanceOf(IOException.class);
      assertThat(watched).hasSize(before);
      assertThat(Files.readAllLines(file)).hasSize(before);
    }
  }

  private static void write(EventRecord record, Verdict verdict) throws IOException {
    Event event = new Event.Resolve("a.example", null);
    record.write(
        new RecordEntry(Instant.EPOCH, "run", Samples.APP, event, Origin.UNKNOWN, verdict, 1));
  }

  @Test
  void noLineThatWasToldIsLostWheneverTheServerIsKilled() throws Exception {
    int told = 0;
    for (int i = 0; i < KILLS; i++) {
      Process process = start("k" + i);
      try (BufferedReader output = process.inputReader()) {
        assertThat(output.readLine()).isEqualTo("k" + i + "-0"); // it is in the middle of it now
        LockSupport.parkNanos(new Random().nextLong(Duration.ofMillis(30).toNanos()));
        process.destroyForcibly();
        long unused = process.toHandle().onExit().get().pid();
      }
      // A line without its end was told to nobody.
      String text = Files.readString(directory.resolve("told-k" + i));
      List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
      List<String> kept = all(file).stream().map(line -> line.split(" ", 2)[0]).toList();
      String own = "k" + i + "-";
      List<String> ours = kept.stream().filter(line -> line.startsWith(own)).toList();
      assertThat(ours.size()).isBetween(lines.size(), lines.size() + 1);
      assertThat(ours.subList(0, lines.size())).isEqualTo(lines);
      told += lines.size();
    }
    System.out.println(KILLS + " kills, " + told + " lines told, all there");
  }

  private Process start(String name) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            RecordingProcess.class.getName(),
            file.toString(),
            directory.resolve("told-" + name).toString(),
            name)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** The lines of all files, the oldest first. */
  private List<String> all(Path last) throws IOException {
    List<String> lines = new ArrayList<>();
    int oldest = 0;
    for (int i = 1; i < 10_000; i++) {
      oldest = Files.exists(numbered(i)) ? i : oldest;
    }
    for (int i = oldest; i >= 1; i--) {
      if (Files.exists(numbered(i))) {
        lines.addAll(Files.readAllLines(numbered(i)));
      }
    }
    if (Files.exists(last)) {
      lines.addAll(Files.readAllLines(last));
    }
    return lines;
  }

  private Path numbered(int number) {
    return directory.resolve("r.jsonl." + number);
  }

  private static byte[] bytes(String line) {
    return (line + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
