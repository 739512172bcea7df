package io.github.appaware.policy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.event.Peer;
import io.github.appaware.event.Peer.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerPatternTest {
  private static final Peer DAEMON = new Peer(Place.OUTSIDE, 7, "me", "java", "GradleDaemon");
  private static final Peer OWN = new Peer(Place.RUN, 8, "me", "postgres", "");

  /** Another user's process, which can't be looked into. */
  private static final Peer FOREIGN = new Peer(Place.OUTSIDE, 0, "root", "", "");

  @ParameterizedTest
  @CsvSource({
    "run,       false, true,  false",
    "outside,   true,  false, true",
    "user:me,   true,  true,  false",
    "user:r*,   false, false, true",
    "user:*,    true,  true,  true",
    "java,      true,  false, false",
    "post*,     false, true,  false",
    "*,         true,  true,  false",
    "GradleDaemon, false, false, false",
  })
  void aProcessIsMatchedByItsPlaceItsUserOrItsFile(
      String text, boolean daemon, boolean own, boolean foreign) throws MalformedValue {
    PeerPattern pattern = PeerPattern.parse(text);
    assertThat(pattern.matches(DAEMON, Action.ALLOW)).isEqualTo(daemon);
    assertThat(pattern.matches(OWN, Action.ALLOW)).isEqualTo(own);
    assertThat(pattern.matches(FOREIGN, Action.ALLOW)).isEqualTo(foreign);
  }

  @ParameterizedTest
  @CsvSource({"run", "outside", "user:me", "java"})
  void whatIsNotKnownIsNeverAllowedAndAlwaysDenied(String text) throws MalformedValue {
    PeerPattern pattern = PeerPattern.parse(text);
    assertThat(pattern.matches(Peer.UNKNOWN, Action.ALLOW)).isFalse();
    assertThat(pattern.matches(Peer.UNKNOWN, Action.DENY)).isTrue();
    assertThat(pattern.matches(Peer.UNKNOWN, Action.ASK)).isTrue();
    assertThat(pattern.matches(Peer.NONE, Action.DENY)).isFalse();
    assertThat(pattern.matches(null, Action.DENY)).isFalse();
  }

  @Test
  void aProgramThatCanNotBeSeenIsDeniedByEveryName() throws MalformedValue {
    assertThat(PeerPattern.parse("dockerd").matches(FOREIGN, Action.DENY)).isTrue();
    assertThat(PeerPattern.parse("user:me").matches(FOREIGN, Action.DENY)).isFalse();
  }

  @Test
  void theNarrowestPatternOfAProcessMatchesIt() throws MalformedValue {
    assertThat(PeerPattern.of(DAEMON)).isEqualTo("java");
    assertThat(PeerPattern.of(FOREIGN)).isEqualTo("user:root");
    for (String odd :
        new String[] {"", "run", "user:x", "a*b", "a/b", "a b", "a,b", "\u00e9", "'"}) {
      Peer peer = new Peer(Place.OUTSIDE, 1, "", odd, "");
      String pattern = PeerPattern.of(peer);
      assertThat(pattern).as(odd).isEqualTo("outside");
      assertThat(PeerPattern.parse(pattern).matches(peer, Action.ALLOW)).isTrue();
    }
  }

  @Test
  void aPathIsNoFileName() {
    assertThatThrownBy(() -> PeerPattern.parse("/usr/bin/java"))
        .isInstanceOf(MalformedValue.class)
        .hasMessage("`/usr/bin/java` has a slash in it, so it matches nothing");
    assertThatThrownBy(() -> PeerPattern.parse("")).isInstanceOf(MalformedValue.class);
    assertThatThrownBy(() -> PeerPattern.parse("user:")).isInstanceOf(MalformedValue.class);
  }
}
