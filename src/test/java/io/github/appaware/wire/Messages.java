package io.github.appaware.wire;

import io.github.appaware.event.Address;
import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Peer;
import io.github.appaware.event.Protocol;
import io.github.appaware.event.Proxy;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Tunnel;
import io.github.appaware.event.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Messages of every type: fixed ones, and random ones within what the wire carries unshortened. */
final class Messages {
  static final Application APP =
      Application.builder()
          .id("billing")
          .file("billing-1.jar")
          .path("/opt/billing-1.jar")
          .sha256("9f86d081")
          .kind(Application.Kind.JAR)
          .maven("com.acme:billing:1")
          .jvm("17")
          .user("me")
          .pid(4711)
          .parent("launcher.jar")
          .command(List.of("java", "-jar", "billing-1.jar"))
          .directory("/opt")
          .namesChangedBy("an option")
          .build();

  private static final Address V4 = Address.of(new byte[] {(byte) 192, 0, 2, 1});
  private static final Address V6 =
      Address.of(new byte[] {32, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
  private static final Verdict VERDICT =
      new Verdict(
          true,
          new Reason(Reason.Kind.RULE, "central", "policy.toml:12"),
          Verdict.Reuse.ENDPOINT,
          3);

  /** At least one of every type and every shape of event. */
  private static final Origin ORIGIN =
      new Origin(
          List.of(
              new Origin.Frame("a.B", "c", 1, "m", new Origin.Source("/a.jar", "00", "g:a:1")),
              new Origin.Frame("D", "<init>", -1, "", Origin.Source.NONE)),
          "main");

  static final List<Message> SAMPLES =
      List.of(
          new Message.Register(Message.VERSION, "key", "token", APP, true),
          new Message.Guard(Message.VERSION, "key", "token", APP),
          new Message.Vouch("key", 4),
          new Message.Started(1),
          new Message.Measured(2, APP),
          new Message.Unmeasured(3, "gone"),
          new Message.Adopting(),
          new Message.Unjudged(37, "curl x", 2, 38),
          new Message.Finish(),
          new Message.Hello(Message.VERSION, "token", 5),
          new Message.Ask(6, new Event.Resolve("b\u00fccher.example", null), Origin.UNKNOWN),
          new Message.Ask(7, new Event.Resolve(null, V6), Origin.UNKNOWN),
          new Message.Ask(8, new Event.Unix(EventKind.BIND, "/run/x"), Origin.UNKNOWN),
          new Message.Ask(
              9,
              new Event.Inet(EventKind.CONNECT, Protocol.TCP, V4, 443).withNames(List.of("a", "b")),
              Origin.UNKNOWN),
          new Message.Ask(9, Tunnel.to("a.example", 443, new Proxy("p", V4, 3128)), Origin.UNKNOWN),
          new Message.Ask(9, Tunnel.toUnknown(new Proxy(null, V6, 1080)), Origin.UNKNOWN),
          new Message.Ask(
              9,
              new Event.Unix(EventKind.CONNECT, "/run/x").withPeer(Peer.UNKNOWN),
              Origin.UNKNOWN),
          new Message.Ask(
              9,
              new Event.Inet(EventKind.CONNECT, Protocol.TCP, V4, 443)
                  .withPeer(new Peer(Peer.Place.OUTSIDE, 1L << 40, "me", "java", "GradleDaemon")),
              Origin.UNKNOWN),
          new Message.Ask(10, new Event.Blind(Event.Blind.Way.ATTACH, "1"), ORIGIN),
          new Message.Used(
              new Event.Inet(EventKind.SEND, Protocol.UDP, V6, 53).withHost("ns.example"),
              ORIGIN,
              VERDICT,
              10,
              11),
          new Message.Flush(12),
          new Message.Ping(),
          new Message.Welcome(13),
          new Message.Refused("no"),
          new Message.Decided(14, VERDICT),
          new Message.Noted(15),
          new Message.Pong(),
          new Message.Epoch(16),
          new Message.NameServers(List.of(V4, V6)),
          new Message.Stop("over"),
          new Message.Measure(17, 18),
          new Message.MeasureSources(18, List.of("/a.jar")),
          new Message.SourcesMeasured(18, List.of(new Origin.Source("/a.jar", "00", "g:a:1"))),
          new Message.Adopt(),
          new Message.Notice("look"),
          new Message.Summary(
              20,
              19,
              21,
              5,
              List.of(
                  new Message.Tally(
                      Message.TallyKind.WOULD_BE_ASKED, "connect", "lib", "by rule", 3)),
              2,
              List.of(new Message.Total(Message.TotalKind.LIBRARY, "lib", 3, 4, 2)),
              List.of("# a", ""),
              1,
              List.of("connect: java"),
              22),
          new Message.Asked(23, 30_000),
          new Message.Join(Message.VERSION, "run", APP, true),
          new QuestionMessage.Watch(Message.VERSION, "key", "me"),
          new QuestionMessage.Attend(true),
          new QuestionMessage.Announce(),
          new QuestionMessage.Answer(24, 25, Choice.DENY_ONCE),
          new QuestionMessage.Preview(
              26, 27, new Choice(true, Choice.Scope.DOMAIN, Choice.Term.UNTIL, 28)),
          new QuestionMessage.Inspect(29, 30),
          new QuestionMessage.Pin(29, 31),
          new QuestionMessage.Dismiss(31),
          new QuestionMessage.DenyRest(32),
          new QuestionMessage.Engage(46),
          new QuestionMessage.TakeBack(47, 48),
          new QuestionMessage.Question(
              33,
              "run",
              "host",
              APP,
              QuestionMessage.Standing.CHANGED,
              new Event.Resolve("example.com", null),
              ORIGIN,
              34,
              35,
              36,
              37,
              List.of(new QuestionMessage.Offer(Choice.Scope.HOST, "example.com, any port"))),
          new QuestionMessage.Settled(38, true, "me", "by an answer"),
          new QuestionMessage.Answered(39, true, "saved"),
          new QuestionMessage.Previewed(40, "p.toml", List.of("[[rule]]"), ""),
          new QuestionMessage.Details(41, List.of("a.B.c:1"), List.of("java"), List.of("rule")),
          new QuestionMessage.RunInfo("run", "host", APP, 42, 43, 44, false),
          new QuestionMessage.Happened("{}"),
          new QuestionMessage.Missed(45),
          new Message.Enroll(Message.VERSION, "secret", "db", "db.example", "key", "proof"),
          new Message.Enrolled("certificate"),
          new Message.Renew(Message.VERSION, "key", "proof"),
          new Message.Renewed("certificate"),
          new Message.NotRenewed("no"));

  private Messages() {}

  static Arbitrary<Message> any() {
    return Arbitraries.oneOf(List.copyOf(byType().values()));
  }

  static Map<Class<?>, Arbitrary<Message>> byType() {
    Arbitrary<Long> longs = Arbitraries.longs();
    Arbitrary<Integer> ints = Arbitraries.integers();
    Map<Class<?>, Arbitrary<Message>> all = new LinkedHashMap<>();
    all.put(
        Message.Register.class,
        Combinators.combine(ints, texts(), texts(), applications(), Arbitraries.of(true, false))
            .as(Message.Register::new));
    all.put(
        Message.Guard.class,
        Combinators.combine(ints, texts(), texts(), applications()).as(Message.Guard::new));
    all.put(Message.Vouch.class, Combinators.combine(texts(), longs).as(Message.Vouch::new));
    all.put(Message.Started.class, longs.map(Message.Started::new));
    all.put(
        Message.Measured.class,
        Combinators.combine(longs, applications()).as(Message.Measured::new));
    all.put(
        Message.Unmeasured.class, Combinators.combine(longs, texts()).as(Message.Unmeasured::new));
    all.put(Message.Adopting.class, Arbitraries.just(new Message.Adopting()));
    all.put(Message.Adopt.class, Arbitraries.just(new Message.Adopt()));
    all.put(Message.Finish.class, Arbitraries.just(new Message.Finish()));
    all.put(Message.Ping.class, Arbitraries.just(new Message.Ping()));
    all.put(Message.Pong.class, Arbitraries.just(new Message.Pong()));
    all.put(Message.Hello.class, Combinators.combine(ints, texts(), longs).as(Message.Hello::new));
    all.put(
        Message.Ask.class, Combinators.combine(longs, events(), origins()).as(Message.Ask::new));
    all.put(
        Message.Used.class,
        Combinators.combine(events(), origins(), verdicts(), ints, longs).as(Message.Used::new));
    all.put(Message.Flush.class, longs.map(Message.Flush::new));
    all.put(Message.Welcome.class, ints.map(Message.Welcome::new));
    all.put(Message.Refused.class, texts().map(Message.Refused::new));
    all.put(Message.Decided.class, Combinators.combine(longs, verdicts()).as(Message.Decided::new));
    all.put(Message.Noted.class, longs.map(Message.Noted::new));
    all.put(Message.Epoch.class, ints.map(Message.Epoch::new));
    all.put(
        Message.NameServers.class, addresses().list().ofMaxSize(64).map(Message.NameServers::new));
    all.put(Message.Stop.class, texts().map(Message.Stop::new));
    all.put(Message.Measure.class, Combinators.combine(longs, longs).as(Message.Measure::new));
    all.put(
        Message.MeasureSources.class,
        Combinators.combine(longs, lists()).as(Message.MeasureSources::new));
    all.put(
        Message.SourcesMeasured.class,
        Combinators.combine(longs, sources().list().ofMaxSize(Origin.MOST_FRAMES))
            .as(Message.SourcesMeasured::new));
    all.put(Message.Notice.class, texts().map(Message.Notice::new));
    all.put(
        Message.Summary.class,
        Combinators.combine(longs, longs, longs, tallies(), lists(), longs, lists(), ints)
            .as(
                (allowed, blind, denied, tallies, unasked, handed, handovers, left) ->
                    new Message.Summary(
                        allowed,
                        blind,
                        denied,
                        blind,
                        tallies,
                        denied,
                        totals(tallies),
                        unasked,
                        handed,
                        handovers,
                        left)));
    all.put(
        Message.Unjudged.class,
        Combinators.combine(longs, texts(), ints, longs).as(Message.Unjudged::new));
    all.put(
        Message.Join.class,
        Combinators.combine(ints, texts(), applications(), Arbitraries.of(true, false))
            .as(Message.Join::new));
    all.put(Message.Asked.class, Combinators.combine(longs, longs).as(Message.Asked::new));
    all.putAll(QuestionMessages.byType());
    all.put(
        Message.Enroll.class,
        Combinators.combine(ints, texts(), texts(), texts(), texts(), texts())
            .as(Message.Enroll::new));
    all.put(Message.Enrolled.class, texts().map(Message.Enrolled::new));
    all.put(
        Message.Renew.class, Combinators.combine(ints, texts(), texts()).as(Message.Renew::new));
    all.put(Message.Renewed.class, texts().map(Message.Renewed::new));
    all.put(Message.NotRenewed.class, texts().map(Message.NotRenewed::new));
    return all;
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

  static Arbitrary<Event> events() {
    Arbitrary<Event> inet =
        Combinators.combine(
                Arbitraries.of(EventKind.class),
                Arbitraries.of(Protocol.class),
                addresses(),
                Arbitraries.integers().between(0, 65_535),
                lists(),
                Arbitraries.integers().between(0, 65_535))
            .as(
                (kind, protocol, address, port, names, localPort) -> {
                  Event.Inet plain =
                      new Event.Inet(kind, protocol, address, port).withLocalPort(localPort);
                  Event.Inet event = localPort % 2 == 0 ? plain : plain.asEphemeral();
                  return names.size() == 1 && !names.get(0).isEmpty()
                      ? event.withHost(names.get(0))
                      : event.withNames(names);
                });
    Arbitrary<Peer> peers =
        Combinators.combine(
                Arbitraries.of(Peer.Place.class), Arbitraries.longs(), texts(), texts(), texts())
            .as(Peer::new);
    Arbitrary<Event> tunnels =
        Combinators.combine(
                texts().filter(text -> !text.isEmpty()),
                addresses(),
                Arbitraries.integers().between(0, 65_535),
                lists(),
                Arbitraries.integers().between(0, 3))
            .as(Messages::tunnel);
    Arbitrary<Event> unix =
        Combinators.combine(Arbitraries.of(EventKind.class), texts()).as(Event.Unix::new);
    return Arbitraries.oneOf(
        Combinators.combine(Arbitraries.oneOf(inet, unix), peers).as(Event::withPeer),
        inet,
        unix,
        tunnels,
        texts().map(host -> new Event.Resolve(host, null)),
        addresses().map(address -> new Event.Resolve(null, address)),
        Combinators.combine(Arbitraries.of(Event.Blind.Way.class), texts()).as(Event.Blind::new));
  }

  static Arbitrary<Origin> origins() {
    Arbitrary<Origin.Frame> frames =
        Combinators.combine(texts(), texts(), Arbitraries.integers(), texts(), sources())
            .as(Origin.Frame::new);
    return Combinators.combine(
            frames.list().ofMaxSize(Origin.MOST_FRAMES),
            texts(),
            Arbitraries.of(true, false),
            texts())
        .as(Origin::new);
  }

  private static Arbitrary<Origin.Source> sources() {
    return Combinators.combine(texts(), texts(), texts()).as(Origin.Source::new);
  }

  private static Arbitrary<Address> addresses() {
    Arbitrary<Byte> bytes = Arbitraries.bytes();
    return Arbitraries.oneOf(
            bytes.array(byte[].class).ofSize(4), bytes.array(byte[].class).ofSize(16))
        .map(Address::of);
  }

  private static Arbitrary<Verdict> verdicts() {
    Arbitrary<Reason> reasons =
        Combinators.combine(Arbitraries.of(Reason.Kind.class), texts(), texts()).as(Reason::new);
    return Combinators.combine(
            Arbitraries.of(true, false),
            reasons,
            Arbitraries.of(Verdict.Reuse.class),
            Arbitraries.integers())
        .as(Verdict::new);
  }

  static Arbitrary<Application> applications() {
    Arbitrary<List<String>> ten = texts().list().ofSize(10);
    return Combinators.combine(
            ten, Arbitraries.of(Application.Kind.class), Arbitraries.longs(), lists())
        .as(
            (t, kind, pid, command) ->
                Application.builder()
                    .id(t.get(0))
                    .file(t.get(1))
                    .path(t.get(2))
                    .sha256(t.get(3))
                    .kind(kind)
                    .maven(t.get(4))
                    .jvm(t.get(5))
                    .user(t.get(6))
                    .pid(pid)
                    .parent(t.get(7))
                    .command(command)
                    .directory(t.get(8))
                    .namesChangedBy(t.get(9))
                    .build());
  }

  private static List<Message.Total> totals(List<Message.Tally> tallies) {
    return tallies.stream()
        .map(each -> total(each.verdict() == Message.TallyKind.DENIED, each))
        .toList();
  }

  private static Message.Total total(boolean host, Message.Tally tally) {
    Message.TotalKind kind = host ? Message.TotalKind.HOST : Message.TotalKind.LIBRARY;
    return new Message.Total(kind, tally.event(), tally.count(), 0, tally.count());
  }

  private static Arbitrary<List<Message.Tally>> tallies() {
    return Combinators.combine(
            Arbitraries.of(Message.TallyKind.values()), texts(), texts(), Arbitraries.longs())
        .as(
            (verdict, event, origin, count) ->
                new Message.Tally(verdict, event, origin, event, count))
        .list()
        .ofMaxSize(30);
  }

  static Arbitrary<List<String>> lists() {
    return texts().list().ofMaxSize(30);
  }

  /** Of all code points but the halves of pairs, which UTF-8 can't write. */
  static Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withCharRange('\0', '\ud7ff')
        .withCharRange('\ue000', '\uffff')
        .ofMaxLength(40)
        .flatMap(text -> Arbitraries.of(text, text + "\ud83d\ude00"));
  }
}
