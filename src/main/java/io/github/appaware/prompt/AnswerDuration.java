package io.github.appaware.prompt;

import io.github.appaware.wire.Choice;
import java.time.Duration;
import java.util.List;

/** How long an answer holds, as the menu offers it. */
enum AnswerDuration {
  ONCE("once", Choice.Term.ONCE, Duration.ZERO),
  RUN("this run", Choice.Term.RUN, Duration.ZERO),
  QUARTER("15 minutes", Choice.Term.UNTIL, Duration.ofMinutes(15)),
  HOUR("1 hour", Choice.Term.UNTIL, Duration.ofHours(1)),
  TIME("until ...", Choice.Term.UNTIL, Duration.ZERO),
  ALWAYS("always", Choice.Term.ALWAYS, Duration.ZERO);

  private static final List<AnswerDuration> ALL = List.of(values());

  private final String words;
  private final Choice.Term term;
  private final Duration length;

  AnswerDuration(String words, Choice.Term term, Duration length) {
    this.words = words;
    this.term = term;
    this.length = length;
  }

  String words() {
    return words;
  }

  Choice.Term term() {
    return term;
  }

  /** The duration from now; zero for terms without one. */
  Duration length() {
    return length;
  }

  AnswerDuration next(int step) {
    return ALL.get(Math.floorMod(ALL.indexOf(this) + step, ALL.size()));
  }
}
