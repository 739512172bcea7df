package io.github.appaware.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Peer;
import io.github.appaware.wire.QuestionMessage.Settled;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a question shows of the event, the program and the code. */
class QuestionTextTest extends DialogFixture {
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
  void aMachinesNameSteersNothingAndHidesNothing() {
    dialog.receive(
        Samples.question(7, "example.com").on("\u001b[2J\u202e" + "m".repeat(5_000) + ".example"));

    assertThat(shown())
        .contains("   machine      \\u001b[2J\\u202e", "m.example\n", "application  app.jar")
        .doesNotContain("\u001b", "\u202e");
  }
}
