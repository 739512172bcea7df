package io.github.appaware.convert;

import io.github.appaware.convert.Conversion.Carried;
import io.github.appaware.event.Address;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import io.github.appaware.policy.Fixtures;
import io.github.appaware.policy.edit.Answers;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.read.PolicyReader;
import java.util.ArrayList;
import java.util.List;

/** A conversion as the policy that it becomes, and the events that it is asked about. */
public final class Imported {
  private final Policy policy;

  private Imported(Policy policy) {
    this.policy = policy;
  }

  public static Imported of(Conversion conversion, Action unknown) throws Exception {
    List<Answers.Addition> additions = new ArrayList<>();
    for (Conversion.Piece piece : conversion.pieces()) {
      if (piece instanceof Carried carried) {
        additions.add(new Answers.Addition(List.of(), carried.block()));
      }
    }
    String head = "version = 1\n\n[default]\nunknown = \"%s\"\n".formatted(unknown.label());
    return new Imported(PolicyReader.parse("p.toml", Answers.compose(head, additions)));
  }

  public boolean allows(Event event) {
    return decide(event) == Action.ALLOW;
  }

  public Action decide(Event event) {
    return Fixtures.decide(policy, event);
  }

  /** An event on an address; the host is the name that was asked for, or empty. */
  public static Event event(
      EventKind kind, Protocol protocol, String host, String address, int port) {
    Address literal = Fixtures.address(address);
    return new Event.Inet(
        kind, protocol, literal, port, host.isEmpty() ? null : host, List.of(), 0);
  }
}
