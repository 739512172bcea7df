package io.github.appaware.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.record.RecordSinks.Rotation;
import io.github.appaware.testkit.Ports;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code --log} may be. */
@Timeout(300)
class RecordSinksTest {
  private static final byte[] LINE = "{}\n".getBytes(StandardCharsets.UTF_8);

  private static final PrintStream NOWHERE =
      new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"4096, 4096", "4K, 4096", "512k, 524288", "100M, 104857600", "2G, 2147483648"})
  void aSizeHasAUnit(String text, long bytes) throws IOException {
    assertThat(Rotation.parse(text, 3)).isEqualTo(new Rotation(bytes, 3));
  }

  @ParameterizedTest
  @CsvSource({
    "100 M, 1, 'invalid size `100 M`: expected e.g. 100M, 512K, 1G'",
    "'', 1, 'invalid size ``: expected e.g. 100M, 512K, 1G'",
    "-1M, 1, 'invalid size `-1M`: expected e.g. 100M, 512K, 1G'",
    "1T, 1, 'invalid size `1T`: expected e.g. 100M, 512K, 1G'",
    "9999999999999, 1, 'invalid size `9999999999999`: expected e.g. 100M, 512K, 1G'",
    "0, 1, 'invalid size `0`: expected 4K or more'",
    "4095, 1, 'invalid size `4095`: expected 4K or more'",
    "1M, 0, 'invalid value `0` for --log-keep: expected 1 or more'",
    "1M, -1, 'invalid value `-1` for --log-keep: expected 1 or more'",
  })
  void aBadRotationIsRefusedInWords(String size, int keep, String message) {
    assertThatThrownBy(() -> Rotation.parse(size, keep))
        .isInstanceOf(IOException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "http://a:1, 'invalid record `http://a:1`: expected a file, -, syslog+tcp://HOST:PORT"
        + " or syslog+udp://HOST:PORT'",
    "syslog:, 'can''t send the record to /dev/log: it takes datagrams, which Java can''t send to a"
        + " Unix-domain socket; have the syslog server listen on loopback and use"
        + " syslog+udp://127.0.0.1:514 or syslog+tcp://127.0.0.1:601'",
    "syslog+tcp://localhost, 'invalid address `syslog+tcp://localhost`: expected"
        + " syslog+tcp://HOST:PORT'",
    "syslog+udp://:514, 'invalid address `syslog+udp://:514`: expected syslog+udp://HOST:PORT'",
    "syslog+udp://a b:1, 'invalid address `syslog+udp://a b:1`: expected syslog+udp://HOST:PORT'",
    "syslog+tcp://a:70000, 'invalid address `syslog+tcp://a:70000`: expected syslog+tcp://HOST:PORT'",
    "syslog+tcp://a:1/x, 'invalid address `syslog+tcp://a:1/x`: expected syslog+tcp://HOST:PORT'",
    "syslog+tcp://me@a:1, 'invalid address `syslog+tcp://me@a:1`: expected syslog+tcp://HOST:PORT'",
    "syslog+tcp://no.such.host.invalid:1, 'can''t reach the record"
        + " `syslog+tcp://no.such.host.invalid:1`: unknown host'",
    "/no/such/directory/f, 'can''t create the record `/no/such/directory/f`: no such directory'",
  })
  void whatIsNoSinkIsRefusedInWords(String target, String message) {
    assertThatThrownBy(() -> open(target, Rotation.NONE, NOWHERE))
        .isInstanceOf(IOException.class)
        .hasMessage(message);
  }

  @Test
  void aServerThatIsNotThereIsRefusedInWords() throws IOException {
    try (Ports.Closed port = new Ports.Closed()) {
      String target = "syslog+tcp://127.0.0.1:" + port.number();
      assertThatThrownBy(() -> open(target, Rotation.NONE, NOWHERE))
          .hasMessage("can't reach the record `" + target + "`: connection refused");
    }
  }

  @Test
  void onlyAFileIsRotated() {
    assertThatThrownBy(() -> open("-", new Rotation(4096, 1), NOWHERE))
        .hasMessage("can't rotate the record `-`: not a file");
    assertThatThrownBy(() -> open("/dev/null", new Rotation(4096, 1), NOWHERE))
        .hasMessage("can't rotate the record `/dev/null`: not a regular file");
  }

  @Test
  void aFileHasItsNameAndItsLines() throws IOException {
    Path file = directory.resolve("r.jsonl");
    try (RecordSink sink = open(file.toString(), Rotation.NONE, NOWHERE)) {
      sink.write(LINE);
      sink.write(LINE);
      assertThat(sink.name()).isEqualTo(file.toString());
    }
    assertThat(file).hasContent("{}\n{}\n");
  }

  @ParameterizedTest
  @CsvSource({"0", "4096"})
  void theTornLineOfAKilledServerSpoilsNoOther(long longest) throws IOException {
    Path file = directory.resolve("r.jsonl");
    Files.writeString(file, "{}\n{\"ti");
    try (RecordSink sink = open(file.toString(), new Rotation(longest, 1), NOWHERE)) {
      sink.write(LINE);
    }
    assertThat(file).hasContent("{}\n{\"ti\n{}\n");
  }

  @Test
  void standardOutputGetsEachLineAtOnce() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);
        RecordSink sink = open("-", Rotation.NONE, out)) {
      sink.write(LINE);
      assertThat(bytes).hasToString("{}\n");
      sink.write(LINE);
      assertThat(bytes).hasToString("{}\n{}\n");
    }
  }

  @Test
  void standardOutputThatNobodyReadsAnyMoreFails() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    PrintStream out = new PrintStream(broken, true, StandardCharsets.UTF_8);
    try (StreamSink sink = new StreamSink(out, 10_000)) {
      assertThatThrownBy(() -> sink.write(LINE))
          .isInstanceOf(IOException.class)
          .hasMessage("the reader closed it");
    }
  }

  @Test
  void standardOutputWhoseReaderStopsFailsInABoundedTime() {
    CountDownLatch never = new CountDownLatch(1);
    OutputStream stuck =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            try {
              never.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          }
        };
    PrintStream out = new PrintStream(stuck, true, StandardCharsets.UTF_8);
    try (StreamSink sink = new StreamSink(out, 50)) {
      assertThatThrownBy(() -> sink.write(LINE)).hasMessage("the reader took longer than 50 ms");
    }
  }

  private static RecordSink open(String target, Rotation rotation, PrintStream out)
      throws IOException {
    return RecordSinks.open(target, rotation, out, "host", Clock.systemUTC());
  }
}
