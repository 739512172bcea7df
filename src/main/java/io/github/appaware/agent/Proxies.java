package io.github.appaware.agent;

import io.github.appaware.event.Address;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.HostName;
import io.github.appaware.event.Protocol;
import io.github.appaware.event.Proxy;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Tunnel;
import io.github.appaware.event.Verdict;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the application asks proxies for. Each target is an event before a byte about it is sent. A
 * connect to what is known to be a proxy, by code whose use of it can't be observed, is an event of
 * an unknown target. Runs on the application's threads; safe for all of them.
 */
final class Proxies {
  /** Proxies remembered; past it, all are forgotten until they are used again. */
  private static final int MOST = 256;

  /** For an empty name, which an event can't have. */
  private static final String NO_NAME = "?";

  private final VerdictCache verdicts;
  private final ResolvedNames names;
  private final ProxyClientFrames clients = new ProxyClientFrames();

  /** The proxies that were used. */
  private final Map<Proxy, ExpectedConnects> used = new ConcurrentHashMap<>();

  Proxies(VerdictCache verdicts, ResolvedNames names) {
    this.verdicts = verdicts;
    this.names = names;
  }

  /** A class of a library that asks proxies for targets is hooked. */
  void observed(String className) {
    clients.add(className);
  }

  /** The denial's message, or null; the arguments are those of {@code Operation.TUNNEL}. */
  String tunnel(Object[] arguments) {
    Proxy proxy = proxy(arguments[2], (Integer) arguments[3]);
    Tunnel event = target(arguments[0], (Integer) arguments[1], proxy);
    boolean wellFormed = isWellFormed(event.host()) && isWellFormed(proxy.host());
    Verdict verdict = verdicts.checker(event);
    if (!verdict.allowed()) {
      return verdict.describe(event);
    }
    Reason.Kind kind = verdict.reason().kind();
    if (!wellFormed && (kind == Reason.Kind.RULE || kind == Reason.Kind.ANSWER)) {
      Reason reason = Reason.of(Reason.Kind.MALFORMED);
      verdicts.revoke(event, reason);
      return new Verdict(false, reason, Verdict.Reuse.NOTHING, verdict.epoch()).describe(event);
    }
    if (used.size() >= MOST) {
      used.clear();
    }
    ExpectedConnects before = used.get(proxy);
    if (before == null) {
      ExpectedConnects made = new ExpectedConnects();
      before = used.putIfAbsent(proxy, made);
      before = before == null ? made : before;
    }
    if ((Boolean) arguments[4]) {
      before.add(System.nanoTime());
    }
    return null;
  }

  /**
   * Whether a name can be looked up, and can mean nothing else to a proxy that reads it: a rule
   * that allows what is below another name may match one that only ends like that.
   */
  private static boolean isWellFormed(String host) {
    if (host == null) {
      return true;
    }
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      boolean isPlain =
          (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
      if (!isPlain) {
        return false;
      }
    }
    return !host.isEmpty() && host.charAt(0) != '.' && !isNumeric(host);
  }

  /** Whether C libraries may read it as an address: 127.1, 0x7f000001. */
  private static boolean isNumeric(String host) {
    String last = host.substring(host.lastIndexOf('.') + 1);
    if (last.startsWith("0x")) {
      return true;
    }
    for (int i = 0; i < last.length(); i++) {
      if (last.charAt(i) < '0' || last.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private Tunnel target(Object target, int port, Proxy proxy) {
    if (target instanceof InetSocketAddress inet) {
      InetAddress object = inet.getAddress();
      return object == null
          ? text(inet.getHostString(), inet.getPort(), proxy)
          : address(object, inet.getPort(), proxy);
    }
    return text(String.valueOf(target), port, proxy);
  }

  private Tunnel address(InetAddress object, int port, Proxy proxy) {
    Address address = Address.of(object.getAddress());
    String host = names.askedFor(object, address);
    List<String> known = host == null ? names.of(address) : List.of();
    return new Tunnel(host, known, address, port, proxy);
  }

  private Tunnel text(String text, int port, Proxy proxy) {
    Address literal = AddressText.parse(text);
    if (literal != null) {
      return new Tunnel(null, names.of(literal), literal, port, proxy);
    }
    String name = HostName.normal(text);
    return Tunnel.to(name.isEmpty() ? NO_NAME : name, port, proxy);
  }

  private Proxy proxy(Object proxy, int port) {
    if (proxy instanceof InetSocketAddress inet) {
      InetAddress object = inet.getAddress();
      if (object == null) {
        return proxy(inet.getHostString(), inet.getPort());
      }
      Address address = Address.of(object.getAddress());
      return new Proxy(names.askedFor(object, address), address, inet.getPort());
    }
    return ProxySettings.proxy(String.valueOf(proxy), port);
  }

  /**
   * After a direct connect was allowed: the denial's message if it is to a proxy, or null.
   *
   * @param since {@link System#nanoTime} when the connect was judged, which may take a person's
   *     answer
   */
  String denial(Event.Inet event, long since) {
    if (event.kind() != EventKind.CONNECT || event.protocol() != Protocol.TCP) {
      return null;
    }
    boolean isKnown = isUsed(event) || ProxySettings.get().haveProxy(event);
    if (!isKnown) {
      return null;
    }
    ProxyClientFrames.Found client = clients.onStack();
    if (client == ProxyClientFrames.Found.OBSERVED
        || (client == ProxyClientFrames.Found.LATER && isExpected(event, since))) {
      return null;
    }
    return verdicts.denial(
        Tunnel.toUnknown(new Proxy(event.host(), event.address(), event.port())));
  }

  private boolean isUsed(Event.Inet event) {
    if (used.isEmpty()) {
      return false;
    }
    for (Proxy each : used.keySet()) {
      if (ProxySettings.isTo(event, each)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a target was judged that this connect is for; no other connect is for it then. */
  private boolean isExpected(Event.Inet event, long now) {
    for (Map.Entry<Proxy, ExpectedConnects> each : used.entrySet()) {
      if (ProxySettings.isTo(event, each.getKey()) && each.getValue().take(event.address(), now)) {
        return true;
      }
    }
    return false;
  }
}
