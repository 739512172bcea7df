package io.github.appaware.learn;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.github.appaware.policy.edit.Answers;
import io.github.appaware.policy.edit.EditException;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.policy.read.PolicyReader;
import io.github.appaware.record.RecordEntries;
import io.github.appaware.record.RecordEntry;
import io.github.appaware.report.Replay;
import io.github.appaware.testkit.Samples;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LearnerTest {
  private static final String HEAD = "version = 1\n\n[default]\nunknown = \"deny\"\n";
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final Address LOOPBACK = Address.of(new byte[] {127, 0, 0, 1});
  private static final Address FAR = Address.of(new byte[] {(byte) 192, 0, 2, 1});

  private static RecordEntry entry(Application app, Event event, Origin origin, int count) {
    Verdict verdict = new Verdict(true, Reason.of(Reason.Kind.WOULD_ASK), Verdict.Reuse.NOTHING, 1);
    return new RecordEntry(NOW, "r", app, event, origin, verdict, count);
  }

  private static Origin library(String jar, String maven) {
    Origin.Source source = new Origin.Source(jar, "", maven);
    return new Origin(
        List.of(
            new Origin.Frame("lib.Client", "get", 7, "", source),
            new Origin.Frame("app.Main", "main", 3, "", Origin.Source.NONE)),
        "main",
        true);
  }

  private static RecordEntry entry(Event event) {
    return entry(Samples.APP, event, library("/m2/lib-1.2.jar", "g:lib:1.2"), 1);
  }

  private static Policy empty() {
    try {
      return PolicyReader.parse("none", "version = 1\n");
    } catch (PolicyException e) {
      throw new AssertionError(e);
    }
  }

  private static String learned(Learner learner, String first) throws EditException {
    return Answers.compose(HEAD, learner.additions(first));
  }

  private static String learn(RecordEntry... entries) throws EditException {
    Learner learner = new Learner(empty(), NOW, "me", false);
    for (RecordEntry entry : entries) {
      learner.add(entry, "a.jsonl");
    }
    assertThat(learner.unlearned()).isEmpty();
    return learned(learner, "a.jsonl");
  }

  private static String body(String policy) {
    return policy.substring(policy.indexOf("# learned"));
  }

  private static Event.Inet inet(EventKind kind, Address address, int port) {
    return new Event.Inet(kind, Protocol.TCP, address, port);
  }

  @Provide
  Arbitrary<List<RecordEntry>> records() {
    return RecordEntries.all().list().ofMinSize(1).ofMaxSize(25);
  }

  /** With a verdict that is learned from. */
  private static RecordEntry passed(RecordEntry entry) {
    return entry(entry.application(), entry.event(), entry.origin(), 1);
  }

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void whatIsLearnedAllowsEachEventAndNoOtherFarEnd(@ForAll("records") List<RecordEntry> entries)
      throws EditException, PolicyException {
    Learner learner = new Learner(empty(), NOW, "me", false);
    List<RecordEntry> taken = new ArrayList<>();
    for (RecordEntry each : entries) {
      long before = learner.learned();
      learner.add(passed(each), "a.jsonl");
      if (learner.learned() > before) {
        taken.add(passed(each));
      }
    }
    Policy policy = PolicyReader.parse("p.toml", learned(learner, "a.jsonl"));

    for (RecordEntry each : taken) {
      Replay replay = new Replay(policy, NOW);
      taken.forEach(replay::add); // for the parents
      assertThat(replay.allowed()).isEqualTo(replay.events());
      for (Event other : others()) {
        Application app = each.application().withId(policy.match(each.application()).id());
        assertThat(policy.decide(app, other, each.origin(), NOW).action())
            .as(other.describe())
            .isEqualTo(Action.DENY);
      }
    }
  }

  /** Far ends that no random record has. */
  private static List<Event> others() {
    Address address = Address.of(new byte[] {(byte) 198, 51, 100, 77});
    return List.of(
        new Event.Resolve("never.seen.example", null),
        new Event.Resolve(null, address),
        inet(EventKind.CONNECT, address, 443).withHost("never.seen.example"),
        inet(EventKind.CONNECT, address, 443),
        inet(EventKind.LISTEN, address, 8080),
        inet(EventKind.ACCEPT, address, 5).withLocalPort(8080),
        new Event.Inet(EventKind.SEND, Protocol.UDP, address, 53),
        new Event.Unix(EventKind.CONNECT, "/never/seen"),
        Tunnel.to("never.seen.example", 443, new Proxy("p.example", null, 3128)));
  }

  @Test
  void hostsThatALibraryUsesAlikeAreOneRule() throws EditException {
    assertThat(
            body(
                learn(
                    entry(new Event.Resolve("a.example", null)),
                    entry(Samples.connect("a.example")),
                    entry(Samples.connect("a.example")),
                    entry(Samples.connect("b.example")))))
        .isEqualTo(
            """
            # learned 2026-06-01T12:00:00Z by me: 4 events of g:lib:1.2, first by app.Main.main:3
            [[rule]]
            id       = "allow-connect-a.example-443"
            action   = "allow"
            app      = "app"
            event    = ["resolve", "connect"]
            host     = ["a.example", "b.example"]
            port     = 443
            protocol = "tcp"
            origin   = "maven:g:lib"
            """);
  }

  @Test
  void anotherPortOrLibraryIsAnotherRuleAndAVersionIsNot() throws EditException {
    String policy =
        learn(
            entry(Samples.connect("a.example", 443)),
            entry(Samples.connect("b.example", 8443)),
            entry(Samples.APP, Samples.connect("a.example"), library("/other.jar", ""), 1),
            entry(Samples.APP, Samples.connect("a.example"), library("/x.jar", "g:lib:1.3"), 1));
    assertThat(policy.lines().filter(line -> line.startsWith("origin") || line.startsWith("host")))
        .containsExactly(
            "host     = \"a.example\"",
            "origin   = \"maven:g:lib\"",
            "host     = \"b.example\"",
            "origin   = \"maven:g:lib\"",
            "host     = \"a.example\"",
            "origin   = \"jar:other.jar\"");
  }

  @Test
  void ownPortsThatALibraryChoosesByItselfAreARange() throws EditException {
    RecordEntry one = entry(inet(EventKind.BIND, LOOPBACK, 40_001));
    RecordEntry two = entry(inet(EventKind.BIND, LOOPBACK, 59_002));
    RecordEntry three = entry(inet(EventKind.BIND, LOOPBACK, 33_003));
    RecordEntry server = entry(inet(EventKind.BIND, LOOPBACK, 8080));

    assertThat(learn(one))
        .contains("port     = 40001", "# own port 40001 may be another one next time: ");
    assertThat(learn(one, two)).contains("port     = \"32768-65535\"").doesNotContain("# own port");
    assertThat(learn(server)).doesNotContain("# own port");
    assertThat(learn(one, two, three, entry(chosen(EventKind.BIND, 41_000, 0))))
        .contains("port     = [\"32768-65535\", \"ephemeral\"]");
    assertThat(learn(one, two, three, server)).contains("port     = [8080, 33003, 40001, 59002]");
    RecordEntry[] answers = new RecordEntry[3];
    RecordEntry[] connects = new RecordEntry[3];
    for (int i = 0; i < 3; i++) {
      answers[i] = entry(inet(EventKind.SEND, LOOPBACK, 40_000 + i));
      connects[i] = entry(inet(EventKind.CONNECT, LOOPBACK, 40_000 + i));
    }
    assertThat(learn(answers)).contains("port     = \"32768-65535\"");
    assertThat(learn(connects)).contains("port     = [40000, 40001, 40002]");
    assertThat(
            learn(
                entry(inet(EventKind.RECEIVE, LOOPBACK, 9).withLocalPort(40_000)),
                entry(inet(EventKind.RECEIVE, LOOPBACK, 9).withLocalPort(50_000))))
        .contains("local-port = \"32768-65535\"");
  }

  @Test
  void ownPortsAndProcessesOfTheRunAreWrittenAsWhatStays() throws EditException {
    Peer own = new Peer(Peer.Place.RUN, 1, "me", "java", "");
    Peer other = new Peer(Peer.Place.OUTSIDE, 1, "me", "postgres", "");
    String policy =
        learn(
            entry(inet(EventKind.CONNECT, LOOPBACK, 41_234).withPeer(own)),
            entry(inet(EventKind.CONNECT, LOOPBACK, 5432).withPeer(other)),
            entry(inet(EventKind.ACCEPT, LOOPBACK, 50_000).withLocalPort(8080)),
            entry(inet(EventKind.LISTEN, LOOPBACK, 40_000)),
            entry(chosen(EventKind.LISTEN, 41_000, 0)),
            entry(chosen(EventKind.ACCEPT, 50_000, 41_000)));
    assertThat(policy.lines().filter(line -> line.matches("(peer|port|local-port|address) .*")))
        .containsExactly(
            "address  = \"127.0.0.1\"",
            "port     = [\"40000\", \"ephemeral\"]",
            "address  = \"127.0.0.1\"",
            "port     = 5432",
            "peer     = \"postgres\"",
            "address  = \"127.0.0.1\"",
            "peer     = \"run\"",
            "address    = \"loopback\"",
            "local-port = [\"8080\", \"ephemeral\"]");
  }

  @Test
  void aRebuiltProgramIsOneProgram() throws EditException {
    Application first = Samples.APP.toBuilder().sha256("a".repeat(64)).build();
    Application rebuilt = Samples.APP.toBuilder().sha256("b".repeat(64)).build();
    Origin code = library("/repo/junit.jar", "");
    String policy =
        learn(
            entry(first, Samples.connect("a.example"), code, 1),
            entry(rebuilt, Samples.connect("a.example"), code, 1));
    assertThat(policy).containsOnlyOnce("[[app]]").containsOnlyOnce("[[rule]]");
  }

  /** At a port of its own that the system chose. */
  private static Event.Inet chosen(EventKind kind, int port, int localPort) {
    return new Event.Inet(
        kind, Protocol.TCP, LOOPBACK, port, null, List.of(), localPort, null, true);
  }

  @Test
  void aThrowAwayJarIsKnownByItsPatternAndItsParent() throws EditException {
    Application build = Samples.APP.toBuilder().file("maven.jar").build();
    Application fork =
        Samples.APP.toBuilder()
            .file("surefirebooter-20261128120000_3.jar")
            .parent("maven.jar")
            .build();
    Application again = fork.toBuilder().file("surefirebooter-20261128120001_4.jar").build();
    Origin code = library("/repo/junit.jar", "");
    String policy =
        learn(
            entry(build, Samples.connect("a.example"), code, 1),
            entry(fork, Samples.connect("b.example"), code, 1),
            entry(again, Samples.connect("b.example"), code, 1));
    assertThat(policy)
        .contains("[[app]]\nid   = \"surefirebooter\"\nfile = \"surefirebooter-*.jar\"\n")
        .containsOnlyOnce("parent   = \"maven\"")
        .containsOnlyOnce("host     = \"b.example\"");
  }

  @Test
  void whatIsNewIsMarkedAndWhatThePolicyAllowsOrDeniesIsNotLearned() throws Exception {
    Policy base =
        Samples.policy(
            "[[app]]",
            "id = 'shop'",
            "file = 'app.jar'",
            "[[rule]]",
            "action = 'allow'",
            "host = 'a.example'",
            "[[rule]]",
            "id = 'no'",
            "action = 'deny'",
            "host = 'bad.example'");
    Learner learner = new Learner(base, NOW, "me", true);
    learner.add(entry(Samples.connect("a.example")), "1.jsonl");
    learner.add(entry(Samples.connect("b.example")), "1.jsonl");
    learner.add(entry(Samples.connect("c.example")), "2.jsonl");
    learner.add(entry(Samples.connect("bad.example")), "2.jsonl");

    assertThat(learned(learner, "1.jsonl"))
        .doesNotContain("[[app]]")
        .doesNotContain("a.example")
        .contains(
            "# new since 1.jsonl, in 2.jsonl: c.example\n[[rule]]",
            "host     = [\"b.example\", \"c.example\"]",
            "app      = \"shop\"");
    assertThat(learner.unlearned())
        .containsExactly(Map.entry("denied by rule no: connect tcp to bad.example:443", 1L));
  }

  @Test
  void whatWasDeniedOrOnlyCountedOrBlindIsNotLearnedAndSaidSo() throws EditException {
    RecordEntry one = entry(Samples.connect("a.example"));
    Learner learner = new Learner(empty(), NOW, "me", false);
    learner.add(
        new RecordEntry(
            NOW,
            "r",
            one.application(),
            one.event(),
            one.origin(),
            Verdict.denied(Reason.Kind.DEFAULT),
            2),
        "a");
    learner.add(
        new RecordEntry(
            NOW, "r", one.application(), one.event(), one.origin(), one.verdict(), 3, true),
        "a");
    learner.add(entry(new Event.Blind(Event.Blind.Way.PROCESS, "/bin/ls")), "a");
    learner.add(entry(Samples.APP, new Event.Resolve("no host", null), Origin.UNKNOWN, 5), "a");

    assertThat(List.of(learner.denied(), learner.cut(), learner.blind(), learner.learned()))
        .containsExactly(2L, 3L, 1L, 0L);
    assertThat(learner.unlearned()).containsEntry("no rule can name it: resolve no host", 5L);
    assertThat(learned(learner, "a")).doesNotContain("[[rule]]");
  }

  @Test
  void ofNamesThatMayMeanOthersTheAddressIsLearned() throws EditException {
    Application app = Samples.APP.withNamesChangedBy("a file of hosts");
    assertThat(
            learn(
                entry(
                    app,
                    inet(EventKind.CONNECT, FAR, 443).withHost("a.example"),
                    Origin.UNKNOWN,
                    1)))
        .contains("address  = \"192.0.2.1\"")
        .doesNotContain("a.example")
        .doesNotContain("origin");
  }
}
