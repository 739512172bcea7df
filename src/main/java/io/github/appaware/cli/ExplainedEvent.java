package io.github.appaware.cli;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Tunnel;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.explain.EventParser;
import io.github.appaware.policy.explain.Explanation;
import io.github.appaware.policy.explain.PolicyExplainer;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One event and what a policy says about it.
 *
 * @param event the event
 * @param explanation of the policy
 * @param notes what else the reader should know
 */
record ExplainedEvent(Event event, Explanation explanation, List<String> notes) {
  ExplainedEvent {
    notes = List.copyOf(notes);
  }

  /** Evaluates the policy as the decision server does. */
  static ExplainedEvent of(
      Policy policy, Application app, Event event, Origin origin, Instant now) {
    List<String> notes = new ArrayList<>();
    if (event instanceof Event.Inet inet) {
      if (isWithoutAddress(inet)
          && policy.rules().stream().anyMatch(rule -> !rule.addresses().isEmpty())) {
        notes.add(
            "the policy has rules about addresses, and none is given: name with `--address` what "
                + inet.host()
                + " resolves to");
      }
      if (!inet.kind().isInbound() && inet.kind() != EventKind.RESOLVE && inet.host() != null) {
        Event lookUp = new Event.Resolve(inet.host(), null);
        Decision before = policy.decide(app, lookUp, origin, now);
        if (before.action() != Action.ALLOW) {
          notes.add("before that, " + sentence(lookUp, before));
        }
      }
    }
    if (event instanceof Tunnel tunnel
        && !tunnel.isUnknown()
        && tunnel.address() == null
        && policy.rules().stream().anyMatch(rule -> !rule.addresses().isEmpty())) {
      notes.add(
          "rules about addresses are not about a name that a proxy looks up; with `--address` the"
              + " target is one that the program looked up itself");
    }
    if (mayHavePeer(event) && policy.rules().stream().anyMatch(rule -> !rule.peers().isEmpty())) {
      notes.add(
          "the policy has rules about the process at the other end, and none is given: name with"
              + " `--peer` what listens there");
    }
    return new ExplainedEvent(
        event, PolicyExplainer.explain(policy, app, event, origin, now), notes);
  }

  private static boolean mayHavePeer(Event event) {
    return event.peer() == null
        && (event.kind() == EventKind.CONNECT || event.kind() == EventKind.SEND)
        && (event instanceof Event.Unix
            || (event instanceof Event.Inet inet && inet.address().isLoopback()));
  }

  private static boolean isWithoutAddress(Event.Inet event) {
    return event.host() != null && event.address().equals(EventParser.UNKNOWN);
  }

  Action verdict() {
    return explanation.decision().action();
  }

  /** {@code connect tcp to example.com:443 (192.0.2.7) is denied by a rule (p.toml:12)}. */
  String sentence() {
    return sentence(event, explanation.decision());
  }

  private static String sentence(Event event, Decision decision) {
    String address = "";
    if (event instanceof Event.Inet inet && inet.host() != null && !isWithoutAddress(inet)) {
      address = " (" + inet.address() + ")";
    } else if (event instanceof Tunnel tunnel
        && tunnel.host() != null
        && tunnel.address() != null) {
      address = " (" + tunnel.address() + ")";
    }
    String verdict =
        switch (decision.action()) {
          case ALLOW -> " is allowed ";
          case DENY -> " is denied ";
          case ASK -> " is asked about, and denied where no one can be asked, ";
        };
    return event.describe() + address + verdict + decision.reason().describe();
  }
}
