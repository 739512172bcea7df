package io.github.appaware.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Application;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.testkit.Samples;
import io.github.appaware.wire.QuestionMessage.Standing;
import org.junit.jupiter.api.Test;

/** Which application a program is offered to be the new build of. */
class AppStandingTest {
  private static final String OLD = "cd".repeat(32);

  private static AppStanding of(Application app, String... lines) throws Exception {
    Policy policy = Samples.policy(lines);
    return AppStanding.of(app.withId(policy.match(app).id()), policy.match(app));
  }

  private static String[] apps(String... ids) {
    return java.util.Arrays.stream(ids)
        .flatMap(
            id ->
                java.util.stream.Stream.of(
                    "[[app]]", "id = '" + id + "'", "file = '*'", "sha256 = '" + OLD + "'"))
        .toArray(String[]::new);
  }

  @Test
  void theOneWithItsNameAndAnotherHashIsOffered() throws Exception {
    assertThat(of(Samples.APP, apps("mine"))).isEqualTo(new AppStanding(Standing.CHANGED, "mine"));
  }

  @Test
  void noneIsOfferedWhereThereAreSeveralOrNoHashOrNone() throws Exception {
    assertThat(of(Samples.APP, apps("a", "b"))).isEqualTo(new AppStanding(Standing.CHANGED, ""));
    Application unhashed = Samples.APP.toBuilder().sha256("").build();
    assertThat(of(unhashed, apps("a"))).isEqualTo(new AppStanding(Standing.CHANGED, ""));
    assertThat(of(Samples.APP)).isEqualTo(new AppStanding(Standing.NEW, ""));
    Application known = Samples.APP.toBuilder().sha256(OLD).build();
    assertThat(of(known, apps("a"))).isEqualTo(new AppStanding(Standing.KNOWN, ""));
  }
}
