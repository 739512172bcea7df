package io.github.appaware.policy.model;

import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Values that are one of a few words: actions, protocols, kinds of events. */
public final class Keywords {
  /** All kinds but blind events, which no rule can name. */
  private static final Set<EventKind> EVENTS = EnumSet.complementOf(EnumSet.of(EventKind.BLIND));

  private Keywords() {}

  public static Action action(String word) throws MalformedValue {
    return choose(RuleKey.ACTION, word, Arrays.stream(Action.values()), Action::label);
  }

  public static Protocol protocol(String word) throws MalformedValue {
    return choose(RuleKey.PROTOCOL, word, Arrays.stream(Protocol.values()), Protocol::label);
  }

  public static EventKind event(String word) throws MalformedValue {
    return choose(RuleKey.EVENT, word, EVENTS.stream(), EventKind::label);
  }

  private static <E> E choose(
      RuleKey key, String word, Stream<E> constants, Function<E, String> label)
      throws MalformedValue {
    List<E> all = constants.toList();
    List<String> labels = all.stream().map(label).toList();
    int index = labels.indexOf(word);
    if (index < 0) {
      throw new MalformedValue(
          "unknown " + key.label() + " " + UserText.quoted(word), Suggestion.help(word, labels));
    }
    return all.get(index);
  }
}
