package io.github.appaware.policy.edit;

import io.github.appaware.event.Text;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The comment above a rule that appaware wrote: {@code # answered 2026-11-23T15:06:21Z by alice:
 * connect tcp to example.com:443}. Written and read here alone.
 *
 * @param verb how it came about: {@code answered}, {@code added}, {@code imported}
 * @param when to the second
 * @param who the user
 * @param what was asked, or what was done; may come from the application
 */
public record AnswerComment(String verb, Instant when, String who, String what) {
  public AnswerComment {
    when = when.truncatedTo(ChronoUnit.SECONDS);
  }

  /** The line, without what could end it or turn it around. */
  public String line() {
    return "# " + verb + " " + when + " by " + Text.printable(who) + ": " + Text.printable(what);
  }

  /** The first of the comment's lines that is of this form. */
  public static Optional<AnswerComment> find(List<String> comment) {
    return comment.stream().flatMap(line -> parse(line).stream()).findFirst();
  }

  private static Optional<AnswerComment> parse(String line) {
    String[] words = line.split(" ", 6);
    if (words.length < 6 || !words[0].equals("#") || !words[3].equals("by")) {
      return Optional.empty();
    }
    // A user's name may have spaces in it, but hardly a colon.
    String rest = words[4] + " " + words[5];
    int colon = rest.indexOf(": ");
    if (colon < 0) {
      return Optional.empty();
    }
    try {
      Instant when = Instant.parse(words[2]);
      return Optional.of(
          new AnswerComment(words[1], when, rest.substring(0, colon), rest.substring(colon + 2)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
