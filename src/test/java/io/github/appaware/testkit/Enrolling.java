package io.github.appaware.testkit;

import io.github.appaware.launch.Installation;
import io.github.appaware.trust.Authority;
import io.github.appaware.trust.ClientFiles;
import io.github.appaware.trust.Enrolment;
import io.github.appaware.trust.Lifetimes;
import io.github.appaware.trust.Role;
import io.github.appaware.trust.ServerHome;
import io.github.appaware.trust.Token;
import io.github.appaware.wire.ServerAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * What {@code server init}, {@code server token} and {@code enroll} do, in the test's own JVM: most
 * tests of a server need it done, and a JVM for each of the three is most of their time.
 */
final class Enrolling {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Clock CLOCK = Clock.systemUTC();

  private Enrolling() {}

  static void init(Path home, String... names) throws Exception {
    ServerHome unused = ServerHome.init(home, List.of(names), Lifetimes.DEFAULT, CLOCK);
  }

  /** The role of that name. */
  static Role role(String label) {
    return Role.of(label).orElseThrow();
  }

  /**
   * A token.
   *
   * @param name the only one to enrol under, or empty
   */
  static Token token(Path home, Role role, String name) throws Exception {
    return new Authority(ServerHome.open(home), CLOCK).token(role, name, Duration.ofHours(1));
  }

  /**
   * Enrols the user of this tool.
   *
   * @param address as {@code tls://HOST:PORT}
   * @param name empty for the token's, or else `me`
   */
  static void enrol(Tool user, String address, Token token, String name) throws Exception {
    ClientFiles files = new ClientFiles(Installation.configuration(user.builder().environment()));
    Enrolment.Result unused =
        new Enrolment(files, CLOCK, PATIENCE)
            .enrol(ServerAddress.parse(address), token, name, "me");
  }
}
