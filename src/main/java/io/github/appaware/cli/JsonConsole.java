package io.github.appaware.cli;

import io.github.appaware.wire.QuestionMessage;
import io.github.appaware.wire.QuestionMessage.Answered;
import io.github.appaware.wire.QuestionMessage.Details;
import io.github.appaware.wire.QuestionMessage.Happened;
import io.github.appaware.wire.QuestionMessage.Missed;
import io.github.appaware.wire.QuestionMessage.Previewed;
import io.github.appaware.wire.QuestionMessage.Question;
import io.github.appaware.wire.QuestionMessage.RunInfo;
import io.github.appaware.wire.QuestionMessage.Settled;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A console for a program, which reads runs, events and questions as JSON Lines and answers. */
final class JsonConsole {
  /** In characters: a longer line of input is not an answer. */
  private static final int LONGEST = 4_000;

  private final Console console;
  private final ConsoleLink link;
  private final EventFilter events;

  /** The questions that the answers under way are about, by the number of their line. */
  private final Map<Long, Long> questions = new ConcurrentHashMap<>();

  JsonConsole(Console console, ConsoleLink link, EventFilter events) {
    this.console = console;
    this.link = link;
    this.events = events;
  }

  /**
   * Runs until the server ends, or until the input ends and every answer of it was dealt with.
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
          answer(number, line);
        }
      }
      link.mark();
    } catch (IOException e) {
      link.close(); // the server is gone, or no more answers can be read
    }
  }

  private void answer(long number, String line) throws IOException {
    try {
      if (line.length() > LONGEST) {
        throw new JsonAnswer.Problem(
            1, "line of " + line.length() + " characters: expected at most " + LONGEST);
      }
      QuestionMessage message = JsonAnswer.parse(line, number);
      long question = question(message);
      if (question >= 0) {
        questions.put(number, question);
      }
      link.send(message);
    } catch (JsonAnswer.Problem e) {
      String at = "stdin:" + number + ":" + e.column();
      print(g -> JsonMessages.error(g, at, e.getMessage()));
    }
  }

  /** The question of a message that is answered; -1 for one that is not. */
  private static long question(QuestionMessage message) {
    if (message instanceof QuestionMessage.Answer m) {
      return m.question();
    } else if (message instanceof QuestionMessage.Preview m) {
      return m.question();
    } else if (message instanceof QuestionMessage.Inspect m) {
      return m.question();
    } else if (message instanceof QuestionMessage.Pin m) {
      return m.question();
    }
    return message instanceof QuestionMessage.TakeBack m ? m.question() : -1;
  }

  private void show(QuestionMessage message) throws IOException {
    if (message instanceof RunInfo m) {
      print(g -> JsonMessages.run(g, m));
    } else if (message instanceof Happened m) {
      if (events.includes(m.line())) {
        print(g -> JsonMessages.event(g, m.line()));
      }
    } else if (message instanceof Missed m) {
      print(g -> JsonMessages.missed(g, m.events()));
    } else if (message instanceof Question m) {
      print(g -> JsonMessages.question(g, m));
    } else if (message instanceof Settled m) {
      print(g -> JsonMessages.settled(g, m));
    } else if (message instanceof Previewed m) {
      Long question = questions.remove(m.id());
      print(g -> JsonMessages.preview(g, m, question));
    } else if (message instanceof Details m) {
      Long question = questions.remove(m.id());
      print(g -> JsonMessages.details(g, m, question));
    } else if (message instanceof Answered m) {
      Long question = questions.remove(m.id());
      print(g -> JsonMessages.answered(g, m, question));
    }
  }

  /** Also called by the thread that reads answers. */
  private synchronized void print(JsonLine.Fields fields) throws IOException {
    JsonLine.print(console, fields);
    console.out().flush();
  }
}
