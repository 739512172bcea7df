package io.github.appaware.policy.explain;

import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Peer;
import io.github.appaware.event.Protocol;
import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.model.PeerPattern;
import io.github.appaware.policy.model.RuleKey;
import io.github.appaware.policy.model.UserText;
import java.util.List;

/** Parses the process at the other end as people describe it, in the words of a rule's key. */
public final class PeerParser {
  private PeerParser() {}

  /**
   * The event with that peer.
   *
   * @param words {@code run} or {@code outside}, {@code user:NAME}, and the name of the program's
   *     file, in any order; without the first, it is a process outside of the run
   * @throws MalformedValue when a word is a pattern, or the event has no peer
   */
  public static Event parse(Event event, List<String> words) throws MalformedValue {
    boolean isReaching = event.kind() == EventKind.CONNECT || event.kind() == EventKind.SEND;
    if (words.isEmpty()) {
      return isReaching && isNeverKnown(event) ? event.withPeer(Peer.UNKNOWN) : event;
    }
    if (!isReaching) {
      throw new MalformedValue(
          "`" + event.kind().label() + "` has no " + RuleKey.PEER.label(),
          "`connect` and `send` have one");
    }
    Peer.Place place = Peer.Place.OUTSIDE;
    String user = "";
    String file = "";
    for (String word : words) {
      PeerPattern pattern = PeerPattern.parse(word);
      if (!pattern.isLiteral()) {
        throw new MalformedValue(
            UserText.quoted(word) + " is a pattern, not a process", "write what listens there");
      }
      switch (pattern.form()) {
        case RUN -> place = Peer.Place.RUN;
        case OUTSIDE -> place = Peer.Place.OUTSIDE;
        case USER -> user = pattern.name();
        case FILE -> file = pattern.name();
      }
    }
    return event.withPeer(new Peer(place, 0, user, file, ""));
  }

  /** As in a run: the kernel's tables have no listeners over SCTP. */
  private static boolean isNeverKnown(Event event) {
    return event instanceof Event.Inet inet
        && inet.protocol() == Protocol.SCTP
        && inet.address().isLoopback();
  }
}
