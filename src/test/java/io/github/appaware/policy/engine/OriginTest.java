package io.github.appaware.policy.engine;

import static io.github.appaware.policy.Fixtures.APP;
import static io.github.appaware.policy.Fixtures.HASH;
import static io.github.appaware.policy.Fixtures.NOW;
import static io.github.appaware.policy.Fixtures.connect;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Origin;
import io.github.appaware.policy.Fixtures;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.model.OriginPattern;
import io.github.appaware.policy.model.PolicyException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginTest {
  private static final Origin.Frame DRIVER =
      new Origin.Frame(
          "org.postgresql.core.PGStream",
          "<init>",
          81,
          "org.postgresql.jdbc",
          new Origin.Source(
              "/app.jar!/lib/postgresql-42.7.4.jar", HASH, "org.postgresql:postgresql:42.7.4"));
  private static final Origin.Frame OWN =
      new Origin.Frame("Main", "main", 3, "", Origin.Source.NONE);

  @ParameterizedTest
  @CsvSource({
    "maven:org.postgresql:postgresql, true",
    "maven:org.postgresql:postgresql:42.7.4, true",
    "maven:org.*:*, true",
    "maven:org.postgresql:postgresql:42.*, true",
    "maven:org.postgresql:postgresql:43.*, false",
    "maven:org.postgresql:postgres, false",
    "maven:postgresql:*, false",
    "jar:postgresql-42.7.4.jar, true",
    "jar:postgresql-*.jar, true",
    "jar:app.jar, false",
    "jar:*, true",
    "package:org.postgresql.core, true",
    "package:org.postgresql, false",
    "package:org.postgresql.*, true",
    "package:org.*, false",
    "package:org.postgresql.**, true",
    "package:org.postgresql.core.**, true",
    "package:org.postgresql.co.**, false",
    "package:**.core, true",
    "package:org.postgresql.core.PGStream, false",
    "module:org.postgresql.jdbc, true",
    "module:org.postgresql.**, true",
    "module:org.postgresql, false",
  })
  void aFrameMatches(String pattern, boolean expected) throws MalformedValue {
    assertThat(OriginPattern.parse(pattern).matches(origin(DRIVER))).isEqualTo(expected);
    assertThat(OriginPattern.parse(pattern)).hasToString(pattern);
  }

  @Test
  void aHashMatchesInUpperCaseToo() throws MalformedValue {
    String pattern = "sha256:" + HASH.toUpperCase(Locale.ROOT);
    assertThat(OriginPattern.parse(pattern).matches(origin(DRIVER))).isTrue();
    assertThat(OriginPattern.parse(pattern).matches(origin(OWN))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"jar:*", "module:**", "maven:*:*", "maven:*:*:*"})
  void whatAFrameDoesNotHaveMatchesNothing(String pattern) throws MalformedValue {
    assertThat(OriginPattern.parse(pattern).matches(origin(OWN))).isFalse();
  }

  @Test
  void theUnnamedPackageIsAPackage() throws MalformedValue {
    assertThat(OriginPattern.parse("package:**").matches(origin(OWN))).isTrue();
    assertThat(OriginPattern.parse("package:Main").matches(origin(OWN))).isFalse();
  }

  @Test
  void coordinatesThatCannotBeToldApartAreNone() throws MalformedValue {
    Origin.Source odd = new Origin.Source("/x.jar", "", "org.postgresql:postgresql:1:2");
    Origin origin = origin(new Origin.Frame("x.Y", "z", 1, "", odd));
    assertThat(OriginPattern.parse("maven:*:*").matches(origin)).isFalse();
    assertThat(OriginPattern.parse("maven:*:*:*").matches(origin)).isFalse();
  }

  @Test
  void oneFrameOfTheStackIsEnough() throws PolicyException {
    Policy policy = Fixtures.rule("action = 'deny'\norigin = ['jar:x.jar', 'package:org.**']");
    assertThat(action(policy, origin(OWN, DRIVER))).isEqualTo(Action.DENY);
    assertThat(action(policy, origin(OWN))).isEqualTo(Action.ASK);
  }

  @Test
  void anUnknownOriginMatchesNoRuleThatNamesOne() throws PolicyException {
    Policy policy = Fixtures.rule("action = 'allow'\norigin = 'package:**'");
    assertThat(action(policy, Origin.UNKNOWN)).isEqualTo(Action.ASK);
  }

  private static Action action(Policy policy, Origin origin) {
    return policy.decide(APP, connect("192.0.2.1", 443), origin, NOW).action();
  }

  private static Origin origin(Origin.Frame... frames) {
    return new Origin(List.of(frames), "main");
  }
}
