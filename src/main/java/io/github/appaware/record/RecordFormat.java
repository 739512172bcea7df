package io.github.appaware.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.appaware.event.Application;
import io.github.appaware.event.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Writes a line of the record and reads it back: {@code record.schema.json} beside this class
 * describes it. The parts that {@code appaware console --json} shows as well are written by {@link
 * ApplicationFields}, {@link EventFields} and {@link OriginFields}.
 *
 * <p>Fields that do not apply are omitted, and a reader ignores those that it does not know, so
 * that later versions can add some. Safe for all threads.
 */
public final class RecordFormat {
  private static final String TIME = "time";
  private static final String RUN = "run";
  private static final String MACHINE = "machine";
  private static final String USER = "user";
  private static final String PID = "pid";
  private static final String APP = "app";
  private static final String VERDICT = "verdict";
  private static final String EPOCH = "epoch";
  private static final String COUNT = "count";
  private static final String CUT = "cut";

  private static final String ALLOW = "allow";
  private static final String DENY = "deny";

  private final JsonFactory json = new JsonFactory();

  /** The line, with its line feed. */
  public byte[] write(RecordEntry entry) throws IOException {
    Application app = entry.application();
    ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    try (JsonGenerator g = json.createGenerator(line)) {
      g.writeStartObject();
      g.writeStringField(TIME, entry.time().toString());
      g.writeStringField(RUN, entry.run());
      g.writeStringField(MACHINE, app.machine());
      g.writeStringField(USER, app.user());
      g.writeNumberField(PID, app.pid());
      g.writeObjectFieldStart(APP);
      ApplicationFields.write(g, app);
      g.writeEndObject();
      EventFields.write(g, entry.event());
      OriginFields.write(g, entry.origin());
      g.writeStringField(VERDICT, entry.verdict().allowed() ? ALLOW : DENY);
      ReasonFields.write(g, entry.verdict().reason());
      g.writeNumberField(EPOCH, entry.verdict().epoch());
      g.writeNumberField(COUNT, entry.count());
      if (entry.cut()) {
        g.writeBooleanField(CUT, true);
      }
      g.writeEndObject();
    }
    line.write('\n');
    return line.toByteArray();
  }

  /**
   * The entry that a line was written from.
   *
   * @param line with or without its line feed
   * @throws RecordFormatException when the line is not a line of the record
   */
  public RecordEntry read(String line) throws RecordFormatException {
    return entry(JsonObject.parse(() -> json.createParser(line)));
  }

  /** As above, of a line in UTF-8. */
  RecordEntry read(byte[] bytes, int from, int length) throws RecordFormatException {
    return entry(JsonObject.parse(() -> json.createParser(bytes, from, length)));
  }

  private static RecordEntry entry(JsonObject fields) throws RecordFormatException {
    return new RecordEntry(
        RecordTime.parse(fields.text(TIME)),
        fields.text(RUN),
        ApplicationFields.read(
            fields.object(APP), fields.text(MACHINE), fields.text(USER), fields.number(PID)),
        EventFields.read(fields),
        OriginFields.read(fields),
        new Verdict(
            allowed(fields.text(VERDICT)),
            ReasonFields.read(fields),
            Verdict.Reuse.NOTHING,
            fields.integer(EPOCH)),
        fields.integer(COUNT),
        fields.flag(CUT));
  }

  private static boolean allowed(String verdict) throws RecordFormatException {
    return switch (verdict) {
      case ALLOW -> true;
      case DENY -> false;
      default ->
          throw new RecordFormatException(
              "unknown verdict `" + verdict + "`: expected allow or deny");
    };
  }
}
