package io.github.appaware.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.event.Address;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Protocol;
import io.github.appaware.event.Proxy;
import io.github.appaware.event.Tunnel;
import io.github.appaware.policy.edit.EditException;
import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.testkit.Samples;
import io.github.appaware.wire.Choice;
import io.github.appaware.wire.Choice.Scope;
import io.github.appaware.wire.Choice.Term;
import io.github.appaware.wire.QuestionMessage.Offer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each answer to each event says as a rule, and what people are told that it says. */
class AnswerScopesTest {
  private static final Address ADDRESS = Address.of(new byte[] {(byte) 192, 0, 2, 1});

  private static final Origin.Source DRIVER =
      new Origin.Source("/m2/postgresql-42.7.4.jar", "ab".repeat(32), "org.pg:postgresql:42.7.4");

  private static final Origin ORIGIN = origin("org.pg.PGStream", DRIVER);

  private static final Map<String, Event> EVENTS =
      Map.of(
          "named", Samples.connect("db.shop.example.co.uk", 5432),
          "literal", inet(EventKind.CONNECT, Protocol.TCP, 80, List.of(), 0),
          "send", inet(EventKind.SEND, Protocol.UDP, 53, List.of("ns.example.com"), 0),
          "lookup", new Event.Resolve("api.example.com", null),
          "reverse", new Event.Resolve(null, ADDRESS),
          "accept", inet(EventKind.ACCEPT, Protocol.TCP, 50_123, List.of(), 8080),
          "receive", inet(EventKind.RECEIVE, Protocol.UDP, 50_123, List.of("peer.example"), 0),
          "listen", inet(EventKind.LISTEN, Protocol.TCP, 8080, List.of("me.example"), 0),
          "bind", inet(EventKind.BIND, Protocol.UDP, 0, List.of(), 0),
          "unix", new Event.Unix(EventKind.CONNECT, "/run/docker.sock"));

  private static Event inet(
      EventKind kind, Protocol protocol, int port, List<String> hosts, int localPort) {
    Event.Inet event = new Event.Inet(kind, protocol, ADDRESS, port).withLocalPort(localPort);
    return hosts.isEmpty() || kind.isInbound()
        ? event.withNames(hosts)
        : event.withHost(hosts.get(0));
  }

  private static Origin origin(String type, Origin.Source source) {
    return new Origin(List.of(new Origin.Frame(type, "run", 1, "", source)), "main");
  }

  private static Choice allow(Scope scope) {
    return new Choice(true, scope, Term.ALWAYS);
  }

  /** The rule about the event itself. */
  private static PolicyEntry rule(Choice choice, Event event, Origin origin, int priority)
      throws AnswerException {
    return AnswerRules.rules(choice, event, origin, priority).get(0);
  }

  /** The rule's keys, one after the other; without its action. */
  private static String said(Choice choice, Event event, Origin origin, int priority)
      throws AnswerException, EditException {
    List<String> lines = rule(choice, event, origin, priority).lines();
    assertThat(lines.get(0)).isEqualTo("[[rule]]");
    assertThat(lines.get(1)).matches("action *= \"" + (choice.allow() ? "allow" : "deny") + "\"");
    return lines.subList(2, lines.size()).stream()
        .map(line -> line.replaceAll("\\s+=\\s+", "="))
        .collect(Collectors.joining("; "))
        .replace("\"", "");
  }

  @ParameterizedTest(name = "{0}, {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "named | ENDPOINT | event=[resolve, connect]; host=db.shop.example.co.uk; port=5432;"
            + " protocol=tcp",
        "named | HOST | event=[resolve, connect, send]; host=db.shop.example.co.uk",
        "named | DOMAIN | event=[resolve, connect, send];"
            + " host=[shop.example.co.uk, *.shop.example.co.uk]",
        "named | ORIGIN | event=[resolve, connect, send]; origin=maven:org.pg:postgresql",
        "named | APPLICATION | event=[resolve, connect, send]",
        "literal | ENDPOINT | event=connect; address=192.0.2.1; port=80; protocol=tcp",
        "literal | HOST | event=[resolve, connect, send]; address=192.0.2.1",
        "send | ENDPOINT | event=[resolve, send]; host=ns.example.com; port=53; protocol=udp",
        "send | DOMAIN | event=[resolve, connect, send]; host=[example.com, *.example.com]",
        "lookup | ENDPOINT | event=[resolve, connect, send]; host=api.example.com",
        "reverse | ENDPOINT | event=resolve; address=192.0.2.1",
        "accept | ENDPOINT | event=accept; address=192.0.2.1; local-port=8080; protocol=tcp",
        "accept | HOST | event=[accept, receive]; address=192.0.2.1",
        "accept | ORIGIN | event=[accept, receive]; origin=maven:org.pg:postgresql",
        "accept | APPLICATION | event=[accept, receive]",
        "receive | ENDPOINT | event=receive; address=192.0.2.1; protocol=udp",
        "listen | ENDPOINT | event=[bind, listen]; address=192.0.2.1; port=8080; protocol=tcp",
        "listen | HOST | event=[bind, listen]; address=192.0.2.1",
        "listen | APPLICATION | event=[bind, listen]",
        "bind | ENDPOINT | event=[bind, listen]; address=192.0.2.1; port=ephemeral; protocol=udp",
        "unix | ENDPOINT | event=connect; path=/run/docker.sock",
        "unix | APPLICATION | event=[resolve, connect, send]",
      })
  void anAllowingAnswerIsThisRule(String event, Scope scope, String expected) throws Exception {
    assertThat(said(allow(scope), EVENTS.get(event), ORIGIN, 0)).isEqualTo(expected);
  }

  @Test
  void anAnswerAboutATargetBehindAProxyIsForThatProxyOrForTheHost() throws Exception {
    Proxy proxy = new Proxy("proxy.corp", null, 3128);
    Event named = Tunnel.to("api.example.com", 443, proxy);
    Event literal = new Tunnel(null, List.of(), ADDRESS, 443, proxy);
    Event unknown = Tunnel.toUnknown(proxy);

    assertThat(said(allow(Scope.ENDPOINT), named, ORIGIN, 0))
        .isEqualTo("event=connect; host=api.example.com; port=443; through=proxy.corp:3128");
    assertThat(said(allow(Scope.HOST), named, ORIGIN, 0))
        .isEqualTo("event=[resolve, connect, send]; host=api.example.com");
    assertThat(said(allow(Scope.ENDPOINT), literal, ORIGIN, 0))
        .isEqualTo("event=connect; address=192.0.2.1; port=443; through=proxy.corp:3128");
    assertThat(said(allow(Scope.ENDPOINT), unknown, ORIGIN, 0))
        .isEqualTo("event=connect; through=proxy.corp:3128");
    assertThat(AnswerScopes.offers(unknown, ORIGIN, "app.jar"))
        .extracting(Offer::scope)
        .containsExactly(Scope.ENDPOINT, Scope.ORIGIN, Scope.APPLICATION);
    assertThat(AnswerScopes.offers(unknown, ORIGIN, "app.jar").get(0).words())
        .isEqualTo("connect tcp to any target through proxy proxy.corp:3128");
    Event patterned = Tunnel.to("api.example.com", 443, new Proxy("*.corp", null, 3128));
    assertThatThrownBy(() -> said(allow(Scope.ENDPOINT), patterned, ORIGIN, 0))
        .isInstanceOf(AnswerException.class);
  }

  @Test
  void aDeniedEndpointMayStillBeLookedUpForAnotherPort() throws Exception {
    Choice deny = new Choice(false, Scope.ENDPOINT, Term.ALWAYS);
    assertThat(said(deny, EVENTS.get("named"), ORIGIN, 0))
        .isEqualTo("event=connect; host=db.shop.example.co.uk; port=5432; protocol=tcp");
  }

  @Test
  void aRuleHasThePriorityOfTheOneThatAsked() throws Exception {
    assertThat(said(allow(Scope.APPLICATION), EVENTS.get("named"), ORIGIN, 7))
        .endsWith("; priority=7");
  }

  @Test
  void whatIsOfferedCanBeSaidAndIsAboutTheEvent() throws Exception {
    for (Map.Entry<String, Event> each : EVENTS.entrySet()) {
      List<Offer> offers = AnswerScopes.offers(each.getValue(), ORIGIN, "app.jar");
      assertThat(offers.get(0).scope()).isEqualTo(Scope.ENDPOINT);
      for (Offer offer : offers) {
        for (boolean allowed : List.of(true, false)) {
          Choice choice = new Choice(allowed, offer.scope(), Term.ALWAYS);
          var rule = rule(choice, each.getValue(), ORIGIN, 0);
          assertThat(rule.check()).as(each.getKey() + " " + offer).isEmpty();
          Policy policy = RunAnswers.compile(List.of(rule));
          assertThat(RunAnswers.decide(policy, Samples.APP, each.getValue(), ORIGIN, Instant.EPOCH))
              .as(each.getKey() + " " + offer)
              .isPresent();
        }
      }
    }
  }

  @Test
  void whatIsNotOfferedIsRefused() {
    for (Map.Entry<String, Event> each : EVENTS.entrySet()) {
      List<Scope> offered =
          AnswerScopes.offers(each.getValue(), Origin.UNKNOWN, "app.jar").stream()
              .map(Offer::scope)
              .toList();
      List<Scope> others = new ArrayList<>(List.of(Scope.values()));
      others.removeAll(offered);
      for (Scope scope : others) {
        assertThatThrownBy(() -> rule(allow(scope), each.getValue(), Origin.UNKNOWN, 0))
            .as(each.getKey() + " " + scope)
            .isInstanceOf(AnswerException.class)
            .hasMessage("the question has no such scope");
      }
    }
  }

  @Test
  void theWordsSayHowWideAnAnswerIs() {
    assertThat(AnswerScopes.offers(EVENTS.get("named"), ORIGIN, "app.jar"))
        .extracting(Offer::words)
        .containsExactly(
            "connect tcp to db.shop.example.co.uk:5432",
            "db.shop.example.co.uk, any port",
            "shop.example.co.uk and all names below it, any port",
            "code of the library org.pg:postgresql, to anywhere",
            "the whole program app.jar, to anywhere");
    assertThat(AnswerScopes.offers(EVENTS.get("accept"), Origin.UNKNOWN, "app.jar"))
        .extracting(Offer::words)
        .containsExactly(
            "accept tcp from 192.0.2.1 to port 8080 here",
            "accept tcp from anyone to port 8080 here",
            "192.0.2.1, to any port here",
            "the whole program app.jar, from anywhere");
    assertThat(AnswerScopes.offers(EVENTS.get("listen"), Origin.UNKNOWN, "app.jar"))
        .extracting(Offer::words)
        .containsExactly(
            "tcp port 8080 on 192.0.2.1, connections from this machine",
            "tcp port 8080 on 192.0.2.1, connections from private networks",
            "tcp port 8080 on 192.0.2.1, connections from anyone",
            "192.0.2.1, any port",
            "the whole program app.jar, on any address and port");
    assertThat(AnswerScopes.offers(EVENTS.get("receive"), Origin.UNKNOWN, "app.jar").get(0).words())
        .isEqualTo("receive udp from 192.0.2.1 to any port here");
  }

  @ParameterizedTest
  @CsvSource({
    "www.example.com, example.com",
    "example.com, example.com",
    "a.b.example.com, b.example.com",
    "example.co.uk, example.co.uk",
    "www.example.co.uk, example.co.uk",
    "co.uk, ''",
    "com, ''",
    "localhost, ''",
    "intranet, ''",
    "me.github.io, me.github.io",
    "x.me.github.io, me.github.io",
    "github.io, ''",
    "kawasaki.jp, ''",
    "foo.kawasaki.jp, ''",
    "bar.foo.kawasaki.jp, bar.foo.kawasaki.jp",
    "city.kawasaki.jp, city.kawasaki.jp",
    "www.city.kawasaki.jp, city.kawasaki.jp",
    "sts.amazonaws.com, sts.amazonaws.com",
    "bucket.s3.amazonaws.com, bucket.s3.amazonaws.com",
    "amazonaws.com, ''",
    "shop.internal, shop.internal",
    "db.shop.internal, shop.internal",
    "www.xn--85x722f.com.cn, xn--85x722f.com.cn",
    "xn--85x722f.xn--55qx5d.cn, xn--85x722f.xn--55qx5d.cn",
    "xn--55qx5d.cn, ''",
    "192.0.2.1, ''",
    "1.2.3, ''",
    "2001:db8::1, ''",
    "'', ''",
    "., ''",
    "*.com, ''",
    "a.*.com, ''",
    "?.example.com, ''",
  })
  void theParentDomainIsNeverOneOfStrangers(String host, String domain) {
    assertThat(ParentDomains.of(host).orElse("")).isEqualTo(domain);
  }

  /** The application makes names up, and the server has to survive them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\u001b[31m\u009b1m.com",
        "moc.live\u202eelpmaxe.com",
        "\ud800.com",
        "a1234567890123456789012345678901234567890123456789012345678901234567890.com"
      })
  void aNameThatNobodyCanRegisterHasNoDomain(String host) {
    assertThat(ParentDomains.of(host)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "*.com", "*.example.com", "a.*.com", "?.com", "**"})
  void aHostileNameMakesNoPattern(String name) {
    for (Event event : List.of(Samples.connect(name), new Event.Resolve(name, null))) {
      assertThat(AnswerScopes.offers(event, Origin.UNKNOWN, "app.jar"))
          .extracting(Offer::scope)
          .containsExactly(Scope.ENDPOINT, Scope.APPLICATION);
      for (Scope scope : List.of(Scope.ENDPOINT, Scope.HOST, Scope.DOMAIN)) {
        assertThatThrownBy(() -> rule(allow(scope), event, Origin.UNKNOWN, 0))
            .isInstanceOf(AnswerException.class);
      }
    }
  }

  @Test
  void aHostilePathMakesNoPattern() {
    for (String path : List.of("/run/*", "/run/?.sock", "/**")) {
      Event event = new Event.Unix(EventKind.CONNECT, path);
      assertThatThrownBy(() -> rule(allow(Scope.ENDPOINT), event, Origin.UNKNOWN, 0))
          .hasMessage("`" + path + "` has `*` or `?` in it: no rule means just that");
    }
  }

  @Test
  void hostileCodeMakesNoPattern() {
    Origin.Source jar = new Origin.Source("/x/*.jar", "", "");
    assertThat(AnswerScopes.offers(EVENTS.get("literal"), origin("*.Evil", jar), "app.jar"))
        .extracting(Offer::scope)
        .doesNotContain(Scope.ORIGIN);
    Origin.Source maven = new Origin.Source("/x/fine.jar", "", "*:*:1");
    assertThat(AnswerScopes.offers(EVENTS.get("literal"), origin("p.Evil", maven), "app.jar"))
        .extracting(Offer::words)
        .contains("code of the library fine.jar, to anywhere");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\u202e", "a\"b", "a'b", "a\\b", "a b", "\u0000", "ö"})
  void strangeNamesMakeRulesOfOneHostOrNone(String name) throws Exception {
    Event event = new Event.Resolve(name + ".example.com", null);
    try {
      var rule = rule(allow(Scope.ENDPOINT), event, Origin.UNKNOWN, 0);
      if (rule.check().isEmpty()) {
        Policy policy = RunAnswers.compile(List.of(rule));
        Event other = new Event.Resolve("other.example.com", null);
        assertThat(RunAnswers.decide(policy, Samples.APP, other, Origin.UNKNOWN, Instant.EPOCH))
            .isEmpty();
      }
    } catch (AnswerException refused) {
      assertThat(refused).hasMessageStartingWith("`");
    }
  }

  @Test
  void aRunKeepsWhoSaidWhat() throws Exception {
    RunAnswers answers = new RunAnswers();
    Event one = Samples.connect("one.example");
    Event two = Samples.connect("two.example");
    answers.add(Samples.APP, List.of(rule(allow(Scope.ENDPOINT), one, Origin.UNKNOWN, 0)), "alice");
    answers.add(
        Samples.APP,
        List.of(rule(new Choice(false, Scope.HOST, Term.RUN), two, Origin.UNKNOWN, 3)),
        "bob");
    assertThat(reason(answers, one)).isEqualTo("by an answer of alice");
    assertThat(reason(answers, two)).isEqualTo("by an answer of bob");
  }

  private static String reason(RunAnswers answers, Event event) throws PolicyException {
    return answers
        .decide(Samples.APP, event, Origin.UNKNOWN, Samples.NOW)
        .orElseThrow()
        .reason()
        .describe();
  }
}
