package io.github.appaware.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordReaderTest {
  private static final RecordFormat FORMAT = new RecordFormat();
  private static final String LINE =
      "{'time':'2026-06-01T12:00:00Z','run':'4f2a','machine':'host','user':'me','pid':1,"
              .replace('\'', '"')
          + "'app':{'kind':'jar'},'event':'resolve','host':'a','verdict':'allow',"
              .replace('\'', '"')
          + "'reason':{'kind':'observed'},'epoch':1,'count':12}".replace('\'', '"');

  @TempDir Path directory;

  @Provide
  Arbitrary<List<RecordEntry>> records() {
    return RecordEntries.all().list().ofMaxSize(30);
  }

  /** Gives a few bytes at a time, as a pipe does. */
  private static InputStream trickle(byte[] bytes, int most) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] into, int from, int length) {
        return super.read(into, from, Math.min(length, most));
      }
    };
  }

  @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
  void whatIsWrittenIsReadInItsOrder(@ForAll("records") List<RecordEntry> entries)
      throws IOException {
    StringBuilder text = new StringBuilder();
    for (RecordEntry entry : entries) {
      text.append(new String(FORMAT.write(entry), StandardCharsets.UTF_8));
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    for (int most : new int[] {7, 100_000}) {
      List<RecordEntry> read = new ArrayList<>();
      try (RecordReader reader = RecordReader.of("r", trickle(bytes, most))) {
        for (RecordEntry entry = reader.next(); entry != null; entry = reader.next()) {
          read.add(entry);
        }
        assertThat(reader.isTorn()).isFalse();
        assertThat(reader.position()).isEqualTo(bytes.length);
      }
      assertThat(read).isEqualTo(entries);
    }
  }

  @Test
  void anUnreadableLineIsNamedByItsPlaceAndTheNextOneIsRead() throws IOException {
    Path file =
        Files.writeString(directory.resolve("r.jsonl"), "\n" + LINE + "\n{}\n" + LINE + "\n");
    try (RecordReader reader = RecordReader.open(file)) {
      assertThat(reader.next().count()).isEqualTo(12);
      assertThatThrownBy(reader::next)
          .isInstanceOf(RecordFormatException.class)
          .hasMessage(file + ":3: invalid time ``");
      assertThat(reader.next().count()).isEqualTo(12);
      assertThat(reader.at()).isEqualTo(file + ":4");
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void aLineThatIsBeingWrittenIsReadWhenItIsComplete() throws IOException {
    Path file =
        Files.writeString(directory.resolve("r.jsonl"), LINE + "\n" + LINE.substring(0, 40));
    try (RecordReader reader = RecordReader.open(file)) {
      assertThat(reader.next()).isNotNull();
      assertThat(reader.next()).isNull();
      assertThat(reader.isTorn()).isTrue();

      Files.writeString(file, LINE.substring(40) + "\n", StandardOpenOption.APPEND);

      assertThat(reader.next().run()).isEqualTo("4f2a");
      assertThat(reader.isTorn()).isFalse();
    }
  }

  @Test
  void readingBeginsWhereItIsToldTo() throws IOException {
    Path file = Files.writeString(directory.resolve("r.jsonl"), "no record\n" + LINE + "\n");
    try (RecordReader reader = RecordReader.open(file, "no record\n".length())) {
      assertThat(reader.next().count()).isEqualTo(12);
    }
    assertThatThrownBy(() -> RecordReader.open(file, 1 << 20)).isInstanceOf(IOException.class);
  }

  @Test
  void aFileWithoutLineEndsDoesNotFillTheMemory() throws IOException {
    InputStream endless = trickle(new byte[3 * RecordReader.LONGEST_LINE], 1 << 16);
    try (RecordReader reader = RecordReader.of("r", endless)) {
      assertThatThrownBy(reader::next)
          .isInstanceOf(IOException.class)
          .hasMessage("r:1: the line is too long for a record");
    }
  }
}
