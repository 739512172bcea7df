package io.github.appaware.prompt;

import io.github.appaware.wire.Choice;
import io.github.appaware.wire.QuestionMessage.Offer;
import io.github.appaware.wire.QuestionMessage.Question;
import io.github.appaware.wire.QuestionMessage.Settled;
import java.time.ZonedDateTime;

/** The one line of each question that stays on the terminal. */
final class OutcomeLine {
  private static final int LONGEST = 200;

  private OutcomeLine() {}

  /** The question was answered here, and the server accepted the answer. */
  static String answered(Question question, Choice choice, String text, ZonedDateTime now) {
    String scope =
        question.offers().stream()
            .filter(offer -> offer.scope() == choice.scope())
            .filter(offer -> choice.scope() != Choice.Scope.ENDPOINT)
            .map(Offer::words)
            .findFirst()
            .map(words -> " (" + LineFitter.printable(words, LONGEST) + ")")
            .orElse("");
    return (choice.allow() ? "allowed " : "denied ")
        + term(choice, now)
        + ": "
        + EventText.describe(question)
        + scope
        + (text.isEmpty() ? "" : " - " + LineFitter.printable(text, LONGEST));
  }

  /**
   * The person took an answer back, or could not.
   *
   * @param answer in words
   * @param text what became of its rule, or why it still holds; may be empty
   */
  static String takenBack(boolean done, String answer, String text) {
    String why = text.isEmpty() ? "" : " - " + LineFitter.printable(text, LONGEST);
    return (done ? "taken back: " : "NOT taken back: ") + answer + why;
  }

  /** The question was settled elsewhere. */
  static String settled(Question question, Settled over) {
    boolean named = over.by().isEmpty() || over.how().endsWith(" of " + over.by());
    String by = named ? "" : " (" + LineFitter.printable(over.by(), 60) + ")";
    String how = over.how().isEmpty() ? "" : " " + LineFitter.printable(over.how(), LONGEST);
    return (over.allowed() ? "allowed" : "denied") + how + by + ": " + EventText.describe(question);
  }

  static String inTime(Question question) {
    return "denied, no answer in time: " + EventText.describe(question);
  }

  static String rest(Question question) {
    return "denied, and all that would be asked in this run from now on: "
        + EventText.describe(question);
  }

  /** The answer in words: {@code allow always}. */
  static String answer(Choice choice, ZonedDateTime now) {
    return (choice.allow() ? "allow " : "deny ") + term(choice, now);
  }

  private static String term(Choice choice, ZonedDateTime now) {
    return switch (choice.term()) {
      case ONCE -> "once";
      case RUN -> "for this run";
      case UNTIL -> "until " + UntilText.show(choice.until(), now);
      case ALWAYS -> "always";
    };
  }
}
