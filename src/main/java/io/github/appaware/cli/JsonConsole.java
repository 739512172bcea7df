package io.github.appaware.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.appaware.cli.ConsoleCommand.Events;
import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.record.RecordLine;
import io.github.appaware.wire.QuestionMessage;
import io.github.appaware.wire.QuestionMessage.Answered;
import io.github.appaware.wire.QuestionMessage.Happened;
import io.github.appaware.wire.QuestionMessage.Missed;
import io.github.appaware.wire.QuestionMessage.Offer;
import io.github.appaware.wire.QuestionMessage.Question;
import io.github.appaware.wire.QuestionMessage.RunInfo;
import io.github.appaware.wire.QuestionMessage.Settled;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A program that sees runs and events, and answers: JSON Lines both ways. */
final class JsonConsole {
  /** A longer line of input is no answer. */
  private static final int LONGEST = 4_000;

  private final Console console;
  private final ConsoleLink link;
  private final Events events;

  /** Which question the answers are about that are on their way. */
  private final Map<Long, Long> sent = new ConcurrentHashMap<>();

  JsonConsole(Console console, ConsoleLink link, Events events) {
    this.console = console;
    this.link = link;
    this.events = events;
  }

  /**
   * Until the server ends, or the input and what it asked for.
   *
   * @return whether it was the input
   */
  boolean run(InputStream in) throws IOException {
    for (RunInfo info : link.runs()) {
      show(info);
    }
    link.attend();
    Thread reader = new Thread(() -> read(in), "answers");
    reader.setDaemon(true);
    reader.start();
    return link.hear(this::show);
  }

  private void read(InputStream in) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      long number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          say(number, line);
        }
      }
      link.mark();
    } catch (IOException e) {
      link.close(); // the server is gone, or nobody can answer any more
    }
  }

  private void say(long number, String line) throws IOException {
    try {
      if (line.length() > LONGEST) {
        throw new JsonAnswer.Problem(1, "a line of " + line.length() + " characters");
      }
      QuestionMessage message = JsonAnswer.parse(line, number);
      if (message instanceof QuestionMessage.Answer answer) {
        sent.put(answer.id(), answer.question());
      }
      link.send(message);
    } catch (JsonAnswer.Problem e) {
      String at = "stdin:" + number + ":" + e.column();
      print(
          "error",
          g -> {
            g.writeStringField("at", at);
            g.writeStringField("error", e.getMessage());
          });
    }
  }

  private void show(QuestionMessage message) throws IOException {
    if (message instanceof RunInfo m) {
      print("run", g -> write(g, m));
    } else if (message instanceof Happened m) {
      happened(m.line());
    } else if (message instanceof Missed m) {
      print("missed", g -> g.writeNumberField("events", m.events()));
    } else if (message instanceof Question m) {
      print("question", g -> write(g, m));
    } else if (message instanceof Settled m) {
      print(
          "settled",
          g -> {
            g.writeNumberField("question", m.question());
            g.writeBooleanField("allowed", m.allowed());
            text(g, "by", m.by());
            g.writeStringField("how", m.how());
          });
    } else if (message instanceof Answered m) {
      Long question = sent.remove(m.id());
      print(
          "answered",
          g -> {
            g.writeNumberField("line", m.id());
            if (question != null) {
              g.writeNumberField("question", question);
            }
            g.writeBooleanField("accepted", m.accepted());
            text(g, "text", m.text());
          });
    }
  }

  private void happened(String line) throws IOException {
    if (events == Events.ALL || (events == Events.DENIED && !RecordLine.parse(line).isAllowed())) {
      print(
          "event",
          g -> {
            g.writeFieldName("record");
            g.writeRawValue(line);
          });
    }
  }

  private synchronized void print(String type, JsonLine.Fields fields) throws IOException {
    JsonLine.print(
        console,
        g -> {
          g.writeStringField("type", type);
          fields.write(g);
        });
    console.out().flush();
  }

  private static void write(JsonGenerator g, RunInfo info) throws IOException {
    g.writeStringField("run", info.run());
    g.writeStringField("machine", info.machine());
    write(g, info.application());
    g.writeNumberField("jvms", info.agents());
    g.writeNumberField("allowed", info.allowed());
    g.writeNumberField("denied", info.denied());
    g.writeBooleanField("over", info.over());
  }

  private static void write(JsonGenerator g, Question question) throws IOException {
    g.writeNumberField("question", question.id());
    g.writeStringField("run", question.run());
    g.writeStringField("machine", question.machine());
    write(g, question.application());
    g.writeStringField("standing", question.standing().name().toLowerCase(Locale.ROOT));
    write(g, question.event());
    write(g, question.origin());
    g.writeStringField("what", question.event().describe());
    g.writeNumberField("tries", question.tries());
    g.writeNumberField("left-ms", question.left());
    g.writeNumberField("total-ms", question.total());
    g.writeNumberField("others", question.others());
    g.writeArrayFieldStart("offers");
    for (Offer offer : question.offers()) {
      g.writeStartObject();
      g.writeStringField("scope", offer.scope().name().toLowerCase(Locale.ROOT));
      g.writeStringField("words", offer.words());
      g.writeEndObject();
    }
    g.writeEndArray();
  }

  private static void write(JsonGenerator g, Application app) throws IOException {
    g.writeObjectFieldStart("app");
    text(g, "id", app.id());
    text(g, "file", app.file());
    text(g, "path", app.path());
    text(g, "sha256", app.sha256());
    text(g, "kind", app.kind().label());
    text(g, "maven", app.maven());
    text(g, "parent", app.parent());
    g.writeNumberField("pid", app.pid());
    JsonLine.array(g, "command", app.command());
    g.writeEndObject();
  }

  private static void write(JsonGenerator g, Event event) throws IOException {
    g.writeStringField("event", event.kind().label());
    if (event instanceof Event.Inet inet) {
      g.writeStringField("protocol", inet.protocol().label());
      text(g, "host", inet.hosts().isEmpty() ? "" : inet.hosts().get(0));
      g.writeStringField("address", inet.address().toString());
      g.writeNumberField("port", inet.port());
      if (inet.localPort() != 0) {
        g.writeNumberField("local", inet.localPort());
      }
    } else if (event instanceof Event.Resolve resolve) {
      text(g, "host", resolve.host() == null ? "" : resolve.host());
      text(g, "address", resolve.address() == null ? "" : resolve.address().toString());
    } else if (event instanceof Event.Unix unix) {
      g.writeStringField("protocol", "unix");
      g.writeStringField("path", unix.path());
    }
  }

  private static void write(JsonGenerator g, Origin origin) throws IOException {
    if (origin.frames().isEmpty() && origin.thread().isEmpty()) {
      return;
    }
    g.writeObjectFieldStart("origin");
    if (!origin.frames().isEmpty()) {
      Origin.Frame frame = origin.frames().get(0);
      text(g, "jar", frame.source().path());
      text(g, "sha256", frame.source().sha256());
      text(g, "maven", frame.source().maven());
      text(g, "module", frame.module());
      g.writeStringField("frame", frame.describe());
    }
    text(g, "thread", origin.thread());
    g.writeEndObject();
  }

  /** What is not known is left out. */
  private static void text(JsonGenerator g, String name, String value) throws IOException {
    if (!value.isEmpty()) {
      g.writeStringField(name, value);
    }
  }
}
