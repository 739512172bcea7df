package io.github.appaware.policy;

import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Values that are one of a few words. */
final class Choices {
  /** What this version can stop; the rest of the design's events come later. */
  private static final Set<EventKind> ENFORCED =
      EnumSet.of(
          EventKind.RESOLVE,
          EventKind.CONNECT,
          EventKind.BIND,
          EventKind.LISTEN,
          EventKind.ACCEPT,
          EventKind.SEND,
          EventKind.RECEIVE);

  private Choices() {}

  static Action action(String word) throws MalformedValue {
    return choose("action", word, Arrays.stream(Action.values()), Action::label);
  }

  static Protocol protocol(String word) throws MalformedValue {
    return choose("protocol", word, Arrays.stream(Protocol.values()), Protocol::label);
  }

  static EventKind event(String word) throws MalformedValue {
    for (EventKind kind : EnumSet.complementOf(EnumSet.copyOf(ENFORCED))) {
      if (kind.label().equals(word)) {
        // A policy must never seem to protect by what is not enforced.
        throw new MalformedValue("the event `" + word + "` is not supported by this version", "");
      }
    }
    return choose("event", word, ENFORCED.stream(), EventKind::label);
  }

  private static <E> E choose(
      String noun, String word, Stream<E> constants, Function<E, String> label)
      throws MalformedValue {
    List<E> all = constants.toList();
    List<String> labels = all.stream().map(label).toList();
    int index = labels.indexOf(word);
    if (index < 0) {
      throw new MalformedValue(
          "unknown " + noun + " " + Words.quoted(word), Suggestion.help(word, labels));
    }
    return all.get(index);
  }
}
