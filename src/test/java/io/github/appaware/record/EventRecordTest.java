package io.github.appaware.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.appaware.event.Address;
import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Protocol;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.server.ServerMeters;
import io.github.appaware.testkit.Samples;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class EventRecordTest {
  private static final Address V4 = Address.of(new byte[] {(byte) 192, 0, 2, 1});
  private static final Address V6 =
      Address.of(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
  private static final Instant TIME = Instant.parse("2026-06-01T12:00:00.123Z");
  private static final Verdict DENIED =
      new Verdict(false, new Reason(Reason.Kind.RULE, "no", "p.toml:3"), Verdict.Reuse.ENDPOINT, 7);

  private static final String HEAD =
      "{'time':'2026-06-01T12:00:00.123Z','run':'4f2a','machine':'host','user':'me','pid':4711,"
          + "'app':{'file':'app.jar','path':'/opt/app.jar','sha256':'9f86d081','kind':'jar'},";
  private static final String TAIL =
      ",'verdict':'deny','reason':{'kind':'rule','rule':'no','at':'p.toml:3'},'epoch':7,'count':1}";

  @TempDir Path directory;

  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("events.jsonl");
  }

  @Test
  void aConnectionHasItsNameAddressAndPort() throws IOException {
    Event event = new Event.Inet(EventKind.CONNECT, Protocol.TCP, V4, 443).withHost("example.com");

    assertThat(line(event))
        .isEqualTo(
            json(
                "'event':'connect','protocol':'tcp','host':'example.com','address':'192.0.2.1',"
                    + "'port':443"));
  }

  @Test
  void namesThatWereNotAskedForAreToldApart() throws IOException {
    Event event =
        new Event.Inet(EventKind.CONNECT, Protocol.TCP, V4, 443)
            .withNames(List.of("b.example", "a.example"));

    assertThat(line(event))
        .isEqualTo(
            json(
                "'event':'connect','protocol':'tcp','names':['b.example','a.example'],"
                    + "'address':'192.0.2.1','port':443"));
  }

  @Test
  void anAddressThatWasNeverResolvedHasNoHost() throws IOException {
    Event event = new Event.Inet(EventKind.LISTEN, Protocol.UDP, V6, 0);

    assertThat(line(event))
        .isEqualTo(
            json("'event':'listen','protocol':'udp','address':'::1','port':0,'ephemeral':true"));
  }

  @Test
  void aLookUpHasAHostAndAReverseLookUpAnAddress() throws IOException {
    assertThat(line(new Event.Resolve("example.com", null)))
        .isEqualTo(json("'event':'resolve','host':'example.com'"));
    assertThat(line(new Event.Resolve(null, V6)))
        .isEqualTo(json("'event':'resolve','address':'::1'"));
  }

  @Test
  void aUnixSocketHasAPath() throws IOException {
    assertThat(line(new Event.Unix(EventKind.BIND, "/run/x")))
        .isEqualTo(json("'event':'bind','protocol':'unix','path':'/run/x'"));
    assertThat(line(new Event.Unix(EventKind.BIND, "")))
        .isEqualTo(json("'event':'bind','protocol':'unix','path':''"));
  }

  @Test
  void whatIsKnownOfTheApplicationIsThereAndWhatIsNotIsLeftOut() throws IOException {
    Application app =
        Application.builder()
            .id("billing")
            .file("b.jar")
            .kind(Application.Kind.CLASSPATH)
            .maven("g:a:1")
            .jvm("17")
            .user("me")
            .pid(1)
            .parent("p.jar")
            .directory("/")
            .build();
    Verdict allowed = new Verdict(true, Reason.of(Reason.Kind.OBSERVED), Verdict.Reuse.ENDPOINT, 1);
    try (EventRecord record =
        EventRecord.to(FileSink.open(file), "host", line -> {}, ServerMeters.NONE)) {
      record.write(
          new RecordEntry(
              TIME, "4f2a", app, new Event.Resolve("a", null), Origin.UNKNOWN, allowed, 12));
    }

    assertThat(file)
        .hasContent(
            ("{'time':'2026-06-01T12:00:00.123Z','run':'4f2a','machine':'host','user':'me','pid':1,"
                    + "'app':{'id':'billing','file':'b.jar','kind':'class path','maven':'g:a:1',"
                    + "'parent':'p.jar'},'event':'resolve','host':'a','verdict':'allow',"
                    + "'reason':{'kind':'observed'},'epoch':1,'count':12}\n")
                .replace('\'', '"'));
  }

  @Test
  void hostileTextCannotBreakALine() throws IOException {
    String line = line(new Event.Resolve("a\n\"},{\u001b\u0000", null));

    assertThat(line).isEqualTo(json("'event':'resolve','host':'a\\n\\'},{\\u001B\\u0000'"));
  }

  @Test
  void aRecordIsAppendedTo() throws IOException {
    Files.writeString(file, "before\n");
    line(new Event.Resolve("a", null));
    line(new Event.Resolve("b", null));

    assertThat(file).content().startsWith("before\n{").hasLineCount(3);
  }

  @Test
  void aRecordThatNobodyReadsTakesEverything() throws IOException {
    try (EventRecord record = EventRecord.to(null, "host", line -> {}, ServerMeters.NONE)) {
      write(record, new Event.Resolve("a", null));
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void onceAWriteFailedEveryLaterOneFails() throws Exception {
    assumeThat(Path.of("/usr/bin/mkfifo")).as("a pipe can fail and recover").isExecutable();
    assertThat(new ProcessBuilder("/usr/bin/mkfifo", file.toString()).start().waitFor()).isZero();
    RandomAccessFile reader = new RandomAccessFile(file.toFile(), "rw"); // rw: opens at once
    try (EventRecord record =
        EventRecord.to(FileSink.open(file), "host", line -> {}, ServerMeters.NONE)) {
      write(record, new Event.Resolve("a", null));
      assertThat(reader.readLine()).contains("\"host\":\"a\"");
      reader.close();
      assertThatThrownBy(() -> write(record, new Event.Resolve("b", null)))
          .isInstanceOf(IOException.class);

      reader = new RandomAccessFile(file.toFile(), "rw"); // the pipe would take it again
      assertThatThrownBy(() -> write(record, new Event.Resolve("c", null)))
          .isInstanceOf(IOException.class);
      reader.writeBytes("nothing else\n");
      assertThat(reader.readLine()).isEqualTo("nothing else");
    } finally {
      reader.close();
    }
  }

  /** The line that is written for the event. */
  private String line(Event event) throws IOException {
    try (EventRecord record =
        EventRecord.to(FileSink.open(file), "host", line -> {}, ServerMeters.NONE)) {
      write(record, event);
    }
    List<String> lines = Files.readAllLines(file);
    return lines.get(lines.size() - 1);
  }

  private static void write(EventRecord record, Event event) throws IOException {
    record.write(new RecordEntry(TIME, "4f2a", Samples.APP, event, Origin.UNKNOWN, DENIED, 1));
  }

  private static String json(String event) {
    return (HEAD + event + TAIL).replace('\'', '"');
  }
}
