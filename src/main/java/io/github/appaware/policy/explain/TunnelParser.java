package io.github.appaware.policy.explain;

import io.github.appaware.event.Address;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Protocol;
import io.github.appaware.event.Proxy;
import io.github.appaware.event.Tunnel;
import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.model.ProxyPattern;
import io.github.appaware.policy.model.UserText;
import java.util.List;

/** Parses a connect behind a proxy as people describe it. */
public final class TunnelParser {
  /** In the place of an endpoint: the target can't be observed. */
  private static final String UNKNOWN = "unknown-target";

  private TunnelParser() {}

  /**
   * The event.
   *
   * @param event {@code connect}
   * @param words as for a direct connect, or {@code unknown-target}
   * @param address that the program has the host's address itself, or null
   * @param proxy a host or an address, and a port
   * @throws MalformedValue if the words are no such event
   */
  public static Event parse(String event, List<String> words, String address, String proxy)
      throws MalformedValue {
    ProxyPattern pattern = ProxyPattern.parse(proxy);
    if (!pattern.isLiteral()) {
      throw new MalformedValue(
          UserText.quoted(proxy) + " is not one proxy",
          "write host and port, as in `proxy.example.com:3128`");
    }
    Proxy through = pattern.proxy();
    if (words.equals(List.of(UNKNOWN)) && event.equals(EventKind.CONNECT.label())) {
      return Tunnel.toUnknown(through);
    }
    Event direct = EventParser.parse(event, words, address, 0);
    if (!(direct instanceof Event.Inet inet)
        || inet.kind() != EventKind.CONNECT
        || inet.protocol() != Protocol.TCP) {
      throw new MalformedValue(
          "only `connect` over tcp goes through a proxy", "leave `--through` out");
    }
    boolean isNamed = inet.host() != null && inet.address().equals(EventParser.UNKNOWN);
    Address known = isNamed ? null : inet.address();
    return new Tunnel(inet.host(), List.of(), known, inet.port(), through);
  }
}
