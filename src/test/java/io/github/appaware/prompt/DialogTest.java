package io.github.appaware.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Peer;
import io.github.appaware.wire.Choice;
import io.github.appaware.wire.Choice.Scope;
import io.github.appaware.wire.Choice.Term;
import io.github.appaware.wire.QuestionMessage;
import io.github.appaware.wire.QuestionMessage.Answer;
import io.github.appaware.wire.QuestionMessage.Answered;
import io.github.appaware.wire.QuestionMessage.DenyRest;
import io.github.appaware.wire.QuestionMessage.Details;
import io.github.appaware.wire.QuestionMessage.Dismiss;
import io.github.appaware.wire.QuestionMessage.Inspect;
import io.github.appaware.wire.QuestionMessage.Preview;
import io.github.appaware.wire.QuestionMessage.Previewed;
import io.github.appaware.wire.QuestionMessage.Question;
import io.github.appaware.wire.QuestionMessage.Settled;
import io.github.appaware.wire.QuestionMessage.Standing;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys to messages, and what is shown, with a clock of the test's own. */
class DialogTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  private final List<QuestionMessage> said = new ArrayList<>();
  private long millis = 1_000_000;
  private final Dialog dialog =
      new Dialog(Clock.fixed(NOW, ZoneOffset.UTC), "localhost", () -> millis, this::say);

  private void say(QuestionMessage message) {
    if (!(message instanceof QuestionMessage.Engage)) { // with every key that does not answer
      said.add(message);
    }
  }

  private void ask(long id, String host) {
    dialog.receive(Samples.question(id, host));
    millis += 1_000;
  }

  private void type(String keys) {
    keys.chars().forEach(key -> dialog.press(Key.of(key)));
  }

  private String shown() {
    return String.join("\n", dialog.lines(100, 40).stream().map(ScreenLine::text).toList());
  }

  private <T extends QuestionMessage> T last(Class<T> type) {
    assertThat(said).isNotEmpty();
    return type.cast(said.get(said.size() - 1));
  }

  @Test
  void everythingThatIsKnownIsShown() {
    dialog.receive(Samples.question(7, "repo1.maven.org", 28_000, 3));

    assertThat(shown())
        .contains("denied in 28 s, 3 more waiting")
        .contains("connect tcp to repo1.maven.org:443")
        .contains("151.101.64.209")
        .contains("app.jar, new, sha256 3f2a9c0177aa..., process 4242, as me")
        .contains("okhttp-4.12.0.jar (com.squareup.okhttp3:okhttp:4.12.0)")
        .contains("okhttp3.internal.connection.RealConnection.connectSocket:284")
        .contains("thread main")
        .contains("   command      java -jar app.jar\n")
        .contains("3 times")
        .doesNotContain("called by")
        .contains("[d] deny once (Enter)", "[a]", "[r]", "[w]", "[n]", "[s]", "[?]", "[x]", "[D]")
        .doesNotContain("machine", "localhost");
  }

  private static Question at(String machine, String formerly, boolean elsewhere) {
    Question plain = Samples.question(7, "a.example");
    return new Question(
        7,
        plain.run(),
        machine,
        plain.application(),
        formerly.isEmpty() ? Standing.NEW : Standing.CHANGED,
        plain.event(),
        plain.origin(),
        1,
        plain.left(),
        plain.total(),
        0,
        plain.offers(),
        formerly,
        elsewhere);
  }

  @Test
  void aRebuiltProgramCanBeSaidToBeTheKnownOne() {
    dialog.receive(at("localhost", "mine", true));
    millis += 1_000;
    assertThat(shown()).contains("[u] this is the new mine: add its hash, keep its rules");
    type("u");
    QuestionMessage.Pin pin = last(QuestionMessage.Pin.class);
    assertThat(pin.question()).isEqualTo(7);
    dialog.receive(new Answered(pin.id(), true, "it is `mine`: hash added (p.toml:3)"));
    assertThat(shown()).contains("it is `mine`: hash added (p.toml:3)", "[d] deny once (Enter)");
    type("a");
    assertThat(last(Answer.class).choice()).isEqualTo(new Choice(true, Scope.ENDPOINT, Term.ONCE));
  }

  @Test
  void aProgramThatIsNotKnownIsNoRebuiltOne() {
    ask(7, "a.example");
    type("u");
    assertThat(shown()).doesNotContain("[u]");
    assertThat(said).isEmpty();
  }

  @Test
  void aQuestionIsLeftToOthersOnlyWhereThereAreOthers() {
    dialog.receive(at("localhost", "", false));
    millis += 1_000;
    assertThat(shown()).doesNotContain("[x]");
    type("x");
    dialog.press(Key.ESCAPE);
    assertThat(said).isEmpty();
    assertThat(shown()).contains("no one else is asked", "connect tcp to a.example:443");
  }

  @Test
  void anAnswerForAnotherMachineSaysForWhichItHoldsAndCanBeForThatOne() {
    dialog.receive(at("host-1", "", true));
    millis += 1_000;
    assertThat(shown()).contains("on every machine of the server");
    type("s");
    assertThat(shown()).contains("[every machine]   only host-1");
    type("m");
    assertThat(shown()).contains("[only host-1]");
    dialog.press(Key.ENTER);
    assertThat(last(Answer.class).choice())
        .isEqualTo(new Choice(true, Scope.ENDPOINT, Term.ONCE).onItsMachine());
  }

  /** What it asked for by name, and what the address is merely known as, are told apart. */
  @Test
  void namesThatWereNotAskedForAreSaidToBeSo() {
    Event.Inet literal = ((Event.Inet) Samples.connect("", 443)).withNames(List.of("a.example"));
    Origin origin = Samples.origin("lib.Library", "go", "main");
    dialog.receive(Samples.of(7, literal, origin, "151.101.64.209", 30_000, 0));
    assertThat(shown())
        .contains(" connect tcp to 151.101.64.209:443\n")
        .contains("address      151.101.64.209, not asked for by name, known as a.example\n");

    dialog.receive(new Settled(7, false, "", "by an answer"));
    Event named = Samples.connect("b.example", 443);
    dialog.receive(Samples.of(8, named, origin, "b.example", 30_000, 0));
    assertThat(shown())
        .contains(" connect tcp to b.example:443\n", "address      151.101.64.209\n")
        .doesNotContain("known as");
  }

  /** The library that called the JDK, and the application's own code that called the library. */
  @Test
  void theLibraryAndItsCallerAreShown() {
    Origin.Frame library = Samples.origin("lib.Library", "go", "main").library();
    Origin.Frame own =
        new Origin.Frame(
            "com.acme.Shop",
            "fetch\u001b[2J",
            41,
            "",
            new Origin.Source("/home/me/app.jar", "", ""));
    Origin origin = new Origin(List.of(library, own), "main", true);
    dialog.receive(
        Samples.of(7, Samples.connect("a.example", 443), origin, "a.example", 30_000, 0));
    assertThat(shown())
        .contains("from         okhttp-4.12.0.jar (com.squareup.okhttp3:okhttp:4.12.0)\n")
        .contains(
            "lib.Library.go:284\n", "called by    com.acme.Shop.fetch\\u001b[2J:41 in app.jar");
  }

  @Test
  void theProcessThatListensIsShownWithWhoseItIs() {
    Event connect = Samples.connect("", 443);
    Peer daemon = new Peer(Peer.Place.OUTSIDE, 812, "me", "java", "Gradle\u001b[2JDaemon");
    Peer own = new Peer(Peer.Place.RUN, 813, "", "server", "");
    dialog.receive(Samples.of(7, connect.withPeer(daemon), Origin.UNKNOWN, "x", 30_000, 0));
    assertThat(shown())
        .contains(
            "   listener     java (Gradle\\u001b[2JDaemon), process 812 of user me, NOT of this"
                + " run");
    dialog.receive(new Settled(7, false, "bob", "by an answer"));
    dialog.receive(Samples.of(8, connect.withPeer(own), Origin.UNKNOWN, "x", 30_000, 0));
    assertThat(shown()).contains("   listener     server, process 813, of this run");
    dialog.receive(new Settled(8, false, "bob", "by an answer"));
    dialog.receive(Samples.of(9, connect.withPeer(Peer.UNKNOWN), Origin.UNKNOWN, "x", 30_000, 0));
    assertThat(shown()).contains("   listener     an unknown process");
  }

  @Test
  void whichOtherMachineAsksIsShownThroughoutAndInWhatIsLeft() {
    dialog.receive(Samples.question(7, "example.com").on("build-7"));
    millis += 1_000;
    assertThat(shown())
        .contains(
            "   machine      build-7\n   holds        always: ", "   application  app.jar, new, ");
    type("s");
    assertThat(shown()).contains(" connect tcp to example.com:443 on build-7\n");
    dialog.press(Key.ESCAPE);
    type("a");
    dialog.receive(new Answered(last(Answer.class).id(), true, ""));
    dialog.receive(Samples.question(8, "example.com").on("build-8"));
    dialog.receive(new Settled(8, false, "bob", "by an answer"));

    assertThat(dialog.takeOutcomes())
        .containsExactly(
            "appaware: allowed once: connect tcp to example.com:443 on build-7",
            "appaware: denied by an answer (bob): connect tcp to example.com:443 on build-8");
  }

  @Test
  void aMachinesNameSteersNothingAndHidesNothing() {
    dialog.receive(
        Samples.question(7, "example.com").on("\u001b[2J\u202e" + "m".repeat(5_000) + ".example"));

    assertThat(shown())
        .contains("   machine      \\u001b[2J\\u202e", "m.example\n", "application  app.jar")
        .doesNotContain("\u001b", "\u202e");
  }

  @ParameterizedTest
  @CsvSource({"d, false, ONCE", "a, true, ONCE", "r, true, RUN"})
  void oneKeyAnswers(String key, boolean allow, Term term) {
    ask(7, "example.com");
    type(key);

    Answer answer = last(Answer.class);
    assertThat(answer.question()).isEqualTo(7);
    assertThat(answer.choice()).isEqualTo(new Choice(allow, Scope.ENDPOINT, term));
    assertThat(dialog.isSent()).isTrue();
  }

  @Test
  void denyOnceIsPreselected() {
    ask(7, "example.com");
    dialog.press(Key.ENTER);
    assertThat(last(Answer.class).choice()).isEqualTo(Choice.DENY_ONCE);
  }

  @ParameterizedTest
  @CsvSource({"w, true", "n, false"})
  void whatIsStoredIsShownBefore(String key, boolean allow) {
    ask(7, "example.com");
    type(key);

    Preview preview = last(Preview.class);
    assertThat(preview.choice()).isEqualTo(new Choice(allow, Scope.ENDPOINT, Term.ALWAYS));
    dialog.press(Key.ENTER);
    assertThat(said).as("not before it is seen").hasSize(1);

    dialog.receive(
        new Previewed(preview.id(), "/p/policy.toml", List.of("[[rule]]", "id = 'a\u202eb'"), ""));
    assertThat(shown())
        .contains("/p/policy.toml", "| [[rule]]", "| id = 'a\\u202eb'")
        .contains("[Enter] save, and " + (allow ? "allow" : "deny") + " always");
    dialog.press(Key.ENTER);

    assertThat(last(Answer.class).choice()).isEqualTo(preview.choice());
    dialog.receive(
        new Answered(last(Answer.class).id(), true, "saved as rule \"a\" (policy.toml:12)"));
    dialog.receive(new Settled(7, allow, "me", "by an answer"));
    assertThat(dialog.takeOutcomes())
        .containsExactly(
            "appaware: "
                + (allow ? "allowed" : "denied")
                + " always: connect tcp to example.com:443"
                + " - saved as rule \"a\" (policy.toml:12)");
    assertThat(dialog.shown()).isEqualTo(-1);
  }

  @Test
  void whatCanNotBeStoredIsNotSent() {
    ask(7, "example.com");
    type("w");
    dialog.receive(new Previewed(last(Preview.class).id(), "", List.of(), "the disk is full"));
    assertThat(shown()).contains("the disk is full");
    dialog.press(Key.ENTER);
    assertThat(said).hasSize(1);
    dialog.press(Key.ESCAPE);
    assertThat(shown()).contains("[d] deny once");
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"PRIVATE", "ANYONE"}) // of servers alone
  void theMenuReachesEveryScope(Scope scope) {
    ask(7, "example.com");
    type("s");
    for (int i = 0; i < List.of(Scope.values()).indexOf(scope); i++) {
      dialog.press(Key.DOWN);
    }
    dialog.press(Key.ENTER);
    assertThat(last(Answer.class).choice()).isEqualTo(new Choice(true, scope, Term.ONCE));
  }

  @ParameterizedTest
  @CsvSource({"QUARTER, 900", "HOUR, 3600"})
  void theMenuReachesTimes(AnswerDuration lasting, long seconds) {
    ask(7, "example.com");
    type("s3d");
    for (int i = 0; i < List.of(AnswerDuration.values()).indexOf(lasting); i++) {
      dialog.press(Key.RIGHT);
    }
    dialog.press(Key.ENTER);
    assertThat(last(Preview.class).choice())
        .isEqualTo(Choice.until(false, Scope.DOMAIN, NOW.plusSeconds(seconds)));
  }

  @Test
  void aTimeIsTyped() {
    ask(7, "example.com");
    dialog.press(Key.DOWN);
    dialog.press(Key.LEFT);
    dialog.press(Key.LEFT);
    dialog.press(Key.ENTER);
    type("18:3x");
    dialog.press(Key.ENTER);
    assertThat(said).isEmpty();
    dialog.press(Key.BACKSPACE);
    type("0");
    assertThat(shown()).contains("= 2026-11-23 18:30Z");
    dialog.press(Key.ENTER);
    assertThat(last(Preview.class).choice())
        .isEqualTo(Choice.until(true, Scope.ENDPOINT, Instant.parse("2026-11-23T18:30:00Z")));
    dialog.press(Key.ESCAPE);
    dialog.press(Key.ESCAPE);
    dialog.press(Key.ESCAPE);
    assertThat(shown()).contains("[d] deny once");
  }

  @Test
  void detailsComeAndGo() {
    ask(7, "example.com");
    type("?");
    dialog.receive(
        new Details(
            last(Inspect.class).id(), List.of("a.B.c:1"), List.of("bash (1)"), List.of("near")));
    assertThat(shown()).contains("a.B.c:1", "bash (1)", "near");
    type("a");
    assertThat(said).as("no answer from here").hasSize(1);
    dialog.press(Key.ESCAPE);
    assertThat(shown()).contains("[d] deny once");
  }

  @Test
  void keysOfTheFirstMomentDoNotCount() {
    dialog.receive(Samples.question(7, "example.com"));
    for (int i = 0; i < 5; i++) {
      millis += 200;
      type("a");
    }
    assertThat(said).isEmpty();
    millis += 301;
    type("a");
    assertThat(last(Answer.class).choice().allow()).isTrue();
  }

  @Test
  void theNextQuestionHasItsOwnFirstMoment() {
    ask(7, "one.example");
    ask(8, "two.example");
    type("aa");
    assertThat(said).hasSize(1);
    dialog.receive(new Answered(last(Answer.class).id(), true, ""));
    type("a");
    assertThat(said).hasSize(1);
    assertThat(dialog.shown()).isEqualTo(8);
  }

  @Test
  void whatIsLeftToOthersIsToldWhenItIsKnown() {
    ask(7, "example.com");
    dialog.press(Key.ESCAPE);
    assertThat(last(Dismiss.class).question()).isEqualTo(7);
    assertThat(dialog.shown()).isEqualTo(-1);
    dialog.receive(Samples.question(7, "example.com"));
    assertThat(dialog.shown()).as("a change does not bring it back").isEqualTo(-1);
    dialog.receive(new Settled(7, true, "alice", "by an answer"));
    assertThat(dialog.takeOutcomes())
        .containsExactly("appaware: allowed by an answer (alice): connect tcp to example.com:443");
  }

  @Test
  void allTheRestIsDeniedAfterAQuestion() {
    ask(7, "one.example");
    ask(8, "two.example");
    type("D");
    assertThat(shown()).contains("[y] yes");
    type("n");
    assertThat(said).isEmpty();
    type("Dy");
    assertThat(last(DenyRest.class).question()).isEqualTo(7);
    assertThat(dialog.shown()).isEqualTo(-1);
    ask(9, "three.example");
    assertThat(dialog.shown()).isEqualTo(-1);
  }

  @Test
  void timeRunsDownVisiblyAndTheServerHasTheLastWord() {
    dialog.receive(Samples.question(7, "example.com", 30_000, 0));
    assertThat(shown()).contains("denied in 30 s");
    millis += 12_500;
    assertThat(shown()).contains("denied in 18 s");
    millis += 20_000;
    dialog.tick();
    assertThat(shown()).contains("denied in 0 s");
    dialog.receive(new Settled(7, false, "", "in time"));
    assertThat(dialog.takeOutcomes())
        .containsExactly("appaware: denied in time: connect tcp to example.com:443");
  }

  @Test
  void aSilentServerDoesNotKeepTheQuestionForever() {
    dialog.receive(Samples.question(7, "example.com", 1_000, 0));
    millis += 7_000;
    dialog.tick();
    assertThat(dialog.shown()).isEqualTo(-1);
    assertThat(dialog.takeOutcomes()).hasSize(1);
  }

  @Test
  void anAnswerThatIsNotTakenBringsTheQuestionBack() {
    ask(7, "example.com");
    type("a");
    dialog.receive(new Answered(last(Answer.class).id(), false, "no \u001b[2J"));
    assertThat(shown()).contains("! no \\u001b[2J");
    type("a");
    dialog.receive(new Settled(7, false, "bob", "by an answer"));
    dialog.receive(new Answered(last(Answer.class).id(), false, "too late"));
    assertThat(dialog.takeOutcomes())
        .containsExactly("appaware: denied by an answer (bob): connect tcp to example.com:443");
  }

  @Test
  void aQuestionThatAnotherAnswerCoversGoesSilently() {
    ask(7, "one.example");
    ask(8, "two.example");
    dialog.receive(new Settled(8, true, "", "by an answer"));
    assertThat(dialog.takeOutcomes()).isEmpty();
    dialog.receive(new Settled(7, true, "", "by an answer"));
    assertThat(dialog.shown()).isEqualTo(-1);
  }
}
