package io.github.appaware.record;

import io.github.appaware.event.Address;
import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Protocol;
import io.github.appaware.event.Proxy;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Tunnel;
import io.github.appaware.event.Verdict;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random events, made of hostile strings, as servers have to write them down. */
public final class RecordEntries {
  private static final List<String> HOSTILE =
      List.of(
          "",
          "\"",
          "\\",
          "\\u0041",
          "\n\"},{",
          "\u0000\u001b[2J",
          "\u202egro.live",
          "\ud83d\ude00",
          "\ud83d",
          "it's `a`",
          "12.7:13",
          "a.b:7");

  private static final EventKind[] SOCKET = {
    EventKind.CONNECT,
    EventKind.BIND,
    EventKind.LISTEN,
    EventKind.ACCEPT,
    EventKind.SEND,
    EventKind.RECEIVE
  };

  private RecordEntries() {}

  /** Entries of which the record keeps everything. */
  public static Arbitrary<RecordEntry> all() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 253_402_300_799_999L).map(Instant::ofEpochMilli),
            text(),
            applications(),
            events(),
            origins(),
            verdicts(),
            Arbitraries.integers().between(1, Integer.MAX_VALUE))
        .as(RecordEntry::new);
  }

  static Arbitrary<String> text() {
    return Arbitraries.oneOf(
        Arbitraries.of(HOSTILE), Arbitraries.strings().ofMaxLength(40), names());
  }

  private static Arbitrary<String> names() {
    return Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(12);
  }

  /** Not empty: an empty name is the same as none. */
  private static Arbitrary<String> some() {
    return text().filter(text -> !text.isEmpty());
  }

  private static Arbitrary<String> hashes() {
    Arbitrary<String> hash = Arbitraries.strings().withChars("0123456789abcdef").ofLength(64);
    return Arbitraries.oneOf(Arbitraries.just(""), hash);
  }

  private static Arbitrary<Application> applications() {
    Arbitrary<Application> measured =
        Combinators.combine(
                text(),
                text(),
                text(),
                hashes(),
                Arbitraries.of(Application.Kind.class),
                text(),
                Combinators.combine(text(), text(), text()).as(List::of),
                Arbitraries.longs().between(0, Long.MAX_VALUE))
            .as(
                (id, file, path, sha256, kind, maven, others, pid) ->
                    Application.builder()
                        .id(id)
                        .file(file)
                        .path(path)
                        .sha256(sha256)
                        .kind(kind)
                        .maven(maven)
                        .user(others.get(0))
                        .pid(pid)
                        .parent(others.get(1))
                        .machine(others.get(2))
                        .build());
    return Combinators.combine(measured, Arbitraries.of(true, false))
        .as((app, self) -> self ? app.asSelfReported() : app);
  }

  private static Arbitrary<Address> addresses() {
    Arbitrary<byte[]> v4 = Arbitraries.bytes().array(byte[].class).ofSize(4);
    Arbitrary<byte[]> v6 = Arbitraries.bytes().array(byte[].class).ofSize(16);
    Arbitrary<byte[]> zeros =
        Arbitraries.of((byte) 0, (byte) 1).array(byte[].class).ofSize(16); // gaps to be compressed
    return Arbitraries.oneOf(v4, v6, zeros).map(Address::of);
  }

  private static Event tunnel(
      String host, Address address, int port, List<String> names, int shape) {
    return switch (shape) {
      case 0 -> Tunnel.toUnknown(new Proxy(host, null, port));
      case 1 -> Tunnel.to(host, port, new Proxy(null, address, port));
      case 2 -> new Tunnel(host, List.of(), address, port, new Proxy(host, address, port));
      default -> new Tunnel(null, names, address, port, new Proxy(host, address, port));
    };
  }

  private static Arbitrary<Event> events() {
    Arbitrary<Integer> ports = Arbitraries.integers().between(0, 65_535);
    Arbitrary<Event> inet =
        Combinators.combine(
                Arbitraries.of(SOCKET),
                Arbitraries.of(Protocol.TCP, Protocol.UDP, Protocol.SCTP),
                addresses(),
                ports,
                some().list().ofMaxSize(3),
                ports)
            .as(
                (kind, protocol, address, port, names, localPort) -> {
                  Event.Inet plain =
                      new Event.Inet(kind, protocol, address, port).withLocalPort(localPort);
                  Event.Inet event = localPort % 2 == 0 ? plain : plain.asEphemeral();
                  return names.size() == 1 ? event.withHost(names.get(0)) : event.withNames(names);
                });
    Arbitrary<Event> unix =
        Combinators.combine(Arbitraries.of(SOCKET), text(), text()).as(Event.Unix::new);
    Arbitrary<Event> tunnels =
        Combinators.combine(
                some(),
                addresses(),
                ports,
                some().list().ofMaxSize(3),
                Arbitraries.integers().between(0, 3))
            .as(RecordEntries::tunnel);
    Arbitrary<Event> blind =
        Combinators.combine(Arbitraries.of(Event.Blind.Way.class), text()).as(Event.Blind::new);
    return Arbitraries.oneOf(
        inet,
        unix,
        tunnels,
        blind,
        some().map(host -> new Event.Resolve(host, null)),
        addresses().map(address -> new Event.Resolve(null, address)));
  }

  /** Classes and methods have names that a JVM takes: no dot in a method, no colon. */
  static Arbitrary<Origin> origins() {
    Arbitrary<String> plain = text().map(text -> text.replaceAll("[.:]", "_"));
    Arbitrary<Origin.Source> sources =
        Combinators.combine(text(), hashes(), text()).as(Origin.Source::new);
    Arbitrary<Origin.Frame> frames =
        Combinators.combine(
                Combinators.combine(plain, plain).as((a, b) -> a + "." + b),
                plain,
                Arbitraries.integers().between(0, 65_535),
                text(),
                sources)
            .as(Origin.Frame::new);
    Arbitrary<Origin> one = Combinators.combine(frames.list().ofMaxSize(1), text()).as(Origin::new);
    Arbitrary<Origin> two =
        Combinators.combine(frames, frames, text())
            .as((library, caller, thread) -> origin(library, caller, thread));
    return Combinators.combine(Arbitraries.oneOf(one, two), text()).as(Origin::inTest);
  }

  /** The line does not have the caller's module and source. */
  private static Origin origin(Origin.Frame library, Origin.Frame caller, String thread) {
    Origin.Frame plain =
        new Origin.Frame(caller.type(), caller.method(), caller.line(), "", Origin.Source.NONE);
    return new Origin(List.of(library, plain), thread, true);
  }

  private static Arbitrary<Verdict> verdicts() {
    Arbitrary<Reason> reasons =
        Combinators.combine(Arbitraries.of(Reason.Kind.class), text(), text()).as(Reason::new);
    return Combinators.combine(Arbitraries.of(true, false), reasons, Arbitraries.integers())
        .as((allowed, reason, epoch) -> new Verdict(allowed, reason, Verdict.Reuse.NOTHING, epoch));
  }
}
