package io.github.appaware.agent;

import io.github.appaware.bridge.Operation;
import io.github.appaware.event.Address;
import io.github.appaware.event.Event;
import io.github.appaware.event.HostName;
import java.lang.instrument.Instrumentation;
import java.net.InetAddress;

/**
 * Programs that look up names without the JDK: each look-up is an event, and the names count for
 * the addresses of the answers. A name is believed when the answer came from a name server of the
 * system, by the kernel's word, or when the JDK's own resolver finds the same; else it can only
 * deny. Runs on the application's threads.
 */
final class LibraryNames {
  private final VerdictCache verdicts;
  private final ResolvedNames names;
  private final LookUps lookUps;
  private final NameConfirmation confirmation;

  /**
   * For this JVM.
   *
   * @param instrumentation to reach the JDK's resolver with, or null if it can't be reached
   */
  LibraryNames(VerdictCache verdicts, ResolvedNames names, Instrumentation instrumentation) {
    this.verdicts = verdicts;
    this.names = names;
    this.lookUps = new LookUps(new NameServers(verdicts), names);
    this.confirmation = new NameConfirmation(instrumentation, names);
  }

  /** Sets where the application's threads wait. */
  void waitAt(WaitingPlaces there) {
    confirmation.waitAt(there);
  }

  /** The look-up of a name; null for {@code localhost}, which never leaves the machine. */
  static Event resolve(String host) {
    return host.equalsIgnoreCase("localhost")
        ? null
        : new Event.Resolve(HostName.normal(host), null);
  }

  /**
   * An operation from {@link Operation#LOOK_UP} on; null or the denial's message.
   *
   * @param impersonated whether this process may answer in the place of a name server
   */
  String apply(int operation, Object[] arguments, boolean impersonated) {
    switch (operation) {
      case Operation.LOOK_UP -> {
        return lookUp(HostName.normal((String) arguments[0]));
      }
      case Operation.FOUND -> said(HostName.normal((String) arguments[0]), (Object[]) arguments[1]);
      case Operation.QUERY -> {
        return query((byte[]) arguments[0], (InetAddress) arguments[1], arguments[3]);
      }
      case Operation.ANSWERED -> {
        Address server = Address.of(((InetAddress) arguments[1]).getAddress());
        if (!impersonated) {
          lookUps.answered((byte[]) arguments[0], server, arguments[3], verdicts.epoch());
        }
      }
      default -> throw new IllegalStateException("operation " + operation);
    }
    return null;
  }

  /** A library that looks up names by itself is about to; an address in place of a name is none. */
  private String lookUp(String name) {
    Event event = JdkResolver.isAddress(name) ? null : resolve(name);
    String denial = event == null ? null : verdicts.denial(event);
    if (event != null && denial == null) {
      allowed(name);
    }
    return denial;
  }

  /** The look-up of this name, in normal form, was allowed: what follows belongs to it. */
  void allowed(String name) {
    lookUps.allowed(name, verdicts.epoch());
  }

  /** The names of a library's objects are those that were asked for, not those it made of them. */
  private void said(String name, Object[] found) {
    String asked = lookUps.asked(name, verdicts.epoch());
    for (Object each : found) {
      if (each instanceof InetAddress one
          && !name.isEmpty()
          && names.askedFor(one, Address.of(one.getAddress())) == null) {
        names.said(asked == null ? name : asked, one);
      }
    }
  }

  /** A datagram for a name server: each name in it is a look-up, unless it belongs to one. */
  private String query(byte[] datagram, InetAddress to, Object channel) {
    DnsMessage query;
    try {
      query = DnsMessage.query(datagram);
    } catch (DnsMessage.Unreadable e) {
      return "appaware: query to " + to.getHostAddress() + " denied: " + e.getMessage();
    }
    if (query == null) {
      return null;
    }
    String asked = null;
    for (DnsMessage.Question question : query.questions()) {
      asked = lookUps.asked(question.name, verdicts.epoch());
      if (asked == null) {
        asked = question.name;
        String denial = verdicts.denial(new Event.Resolve(asked, null));
        if (denial != null) {
          return denial;
        }
      }
    }
    lookUps.sent(query, Address.of(to.getAddress()), channel, asked);
    return null;
  }

  /**
   * Whether the name that a library gave an object is true, so that the object has it from now on.
   * May wait for the JDK's resolver.
   */
  boolean isTrue(String name, InetAddress object, Address address) {
    boolean isTrue =
        names.isProven(name, address)
            || (confirmation.isPossible(name, address)
                && mayLookUp(name)
                && confirmation.confirms(name, address));
    if (isTrue) {
      names.confirm(name, object, address);
    }
    return isTrue;
  }

  private boolean mayLookUp(String name) {
    Event event = lookUps.asked(name, verdicts.epoch()) != null ? null : resolve(name);
    return event == null || verdicts.denial(event) == null;
  }
}
