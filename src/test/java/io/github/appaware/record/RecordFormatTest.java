package io.github.appaware.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.testkit.JsonSchemas;
import io.github.appaware.testkit.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RecordFormatTest {
  private static final RecordFormat FORMAT = new RecordFormat();
  private static final String LINE =
      "{'time':'2026-06-01T12:00:00Z','run':'4f2a','machine':'host','user':'me','pid':1,"
          + "'app':{'file':'app.jar','kind':'jar'},'event':'resolve','host':'a','verdict':'allow',"
          + "'reason':{'kind':'observed'},'epoch':1,'count':12}";

  @Provide
  Arbitrary<RecordEntry> entries() {
    return RecordEntries.all();
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void whatIsWrittenIsReadBackAsItWas(@ForAll("entries") RecordEntry entry) throws IOException {
    assertThat(FORMAT.read(text(FORMAT.write(entry)))).isEqualTo(entry);
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void whatIsReadIsWrittenAsItWas(@ForAll("entries") RecordEntry entry) throws IOException {
    // Of names as no JVM would take them, and of more than the record keeps, too.
    Origin.Frame strange =
        new Origin.Frame(entry.run(), entry.run() + ":7", 0, "", Origin.Source.NONE);
    Origin.Frame outer = new Origin.Frame("outer", "x".repeat(400), 1, "", Origin.Source.NONE);
    for (List<Origin.Frame> frames : List.of(List.of(strange, outer), List.of(outer))) {
      RecordEntry more =
          new RecordEntry(
              entry.time(),
              entry.run(),
              entry.application(),
              entry.event(),
              new Origin(frames, ""),
              entry.verdict(),
              entry.count());
      byte[] line = FORMAT.write(more);

      assertThat(text(FORMAT.write(FORMAT.read(text(line))))).isEqualTo(text(line));
    }
  }

  @Property(tries = 400, edgeCases = EdgeCasesMode.NONE)
  void aLineIsOneLineAndAsTheSchemaSays(@ForAll("entries") RecordEntry entry) throws IOException {
    String line = text(FORMAT.write(entry));

    assertThat(line).endsWith("}\n").hasLineCount(1);
    assertThat(line.chars().filter(c -> c < ' ').count()).isEqualTo(1);
    assertThat(JsonSchemas.RECORD.problems(line)).as(line).isEmpty();
  }

  @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
  void anEntryThatStandsForOthersSaysSo(@ForAll("entries") RecordEntry entry) throws IOException {
    RecordEntry cut =
        new RecordEntry(
            entry.time(),
            entry.run(),
            entry.application(),
            entry.event(),
            entry.origin(),
            entry.verdict(),
            entry.count(),
            true);
    String line = text(FORMAT.write(cut));

    assertThat(FORMAT.read(line)).isEqualTo(cut);
    assertThat(line).contains("\"cut\":true");
    assertThat(JsonSchemas.RECORD.problems(line)).as(line).isEmpty();
  }

  @Test
  void theSchemaRefusesWhatIsNotAsItSays() {
    assertThat(JsonSchemas.RECORD.problems(json(LINE))).isEmpty();
    for (String wrong :
        List.of(
            LINE.replace("'count':12", "'count':0"),
            LINE.replace("'count':12", "'count':12,'more':1"),
            LINE.replace("'file'", "'fil'"),
            LINE.replace("'host':'a',", ""),
            LINE.replace("'host':'a',", "'host':'a','address':'::1',"),
            LINE.replace("'host':'a',", "'host':'a','port':1,"),
            LINE.replace("2026-06-01T", ""),
            LINE.replace("'resolve'", "'look-up'"),
            LINE.replace("'user':'me',", ""))) {
      assertThat(JsonSchemas.RECORD.problems(json(wrong))).as(wrong).isNotEmpty();
    }
  }

  @Test
  void whatALaterVersionAddsIsIgnored() throws IOException {
    String later =
        LINE.replace("'host':'a',", "'host':'a','names':['b',{'c':1}],'peer':{'pid':2},'x':null,");

    assertThat(FORMAT.read(json(later))).isEqualTo(FORMAT.read(json(LINE)));
  }

  @Test
  void theMachineIsTheServersWhereTheApplicationsIsNotKnown() {
    RecordEntry entry = entry(Samples.APP);

    assertThat(entry.on("here").application().machine()).isEqualTo("here");
    assertThat(entry(Samples.APP.withMachine("there")).on("here").application().machine())
        .isEqualTo("there");
  }

  @Test
  void whatIsNoLineOfTheRecordIsRefusedWithWhatIsWrong() {
    refused("", "expected a JSON object");
    refused("[]", "expected a JSON object");
    refused("{}{}", "more than one JSON object on a line");
    refused("{'time':", "invalid JSON: ");
    refused("{}", "invalid time ``");
    refused(LINE.replace("'2026-06-01T12:00:00Z'", "7"), "invalid `time`: expected a string");
    refused(LINE.replace("'resolve'", "'look-up'"), "unknown event `look-up`");
    refused(LINE.replace("'allow'", "'maybe'"), "unknown verdict `maybe`: expected allow or deny");
    refused(LINE.replace("'observed'", "'mood'"), "unknown reason `mood`");
    refused(LINE.replace("'jar'}", "'tar'}"), "unknown kind `tar`");
    refused(LINE.replace("'host':'a'", "'address':'1.2.3'"), "invalid address `1.2.3`");
    refused(LINE.replace("'host':'a'", "'address':'1.2.3.256'"), "invalid address `1.2.3.256`");
    refused(LINE.replace("'host':'a'", "'address':'a.example'"), "invalid address `a.example`");
    refused(LINE.replace("'host':'a'", "'address':'::1%1'"), "invalid address `::1%1`");
    refused(
        LINE.replace("'host':'a'", "'protocol':'tcp','address':'::1','port':65536"),
        "port 65536, local port 0");
    refused(LINE.replace("'count':12", "'count':1e2"), "invalid `count`: expected an integer");
    refused(
        LINE.replace("'count':12", "'count':3000000000"),
        "invalid `count`: 3000000000 is out of range");
    refused(LINE.replace("'count':12", "'count':9223372036854775808"), "invalid JSON: ");
    refused(LINE.replace("'count':12", "'count':[1]"), "invalid `count`: expected an integer");
    refused("{'a':".repeat(100_000), "invalid JSON: ");
  }

  private static void refused(String line, String problem) {
    assertThatThrownBy(() -> FORMAT.read(json(line)))
        .isInstanceOf(RecordFormatException.class)
        .hasMessageStartingWith(problem);
  }

  private static RecordEntry entry(Application app) {
    try {
      RecordEntry read = FORMAT.read(json(LINE));
      return new RecordEntry(
          read.time(),
          read.run(),
          app,
          new Event.Resolve("a", null),
          read.origin(),
          read.verdict(),
          1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String json(String line) {
    return line.replace('\'', '"');
  }

  private static String text(byte[] line) {
    return new String(line, StandardCharsets.UTF_8);
  }
}
