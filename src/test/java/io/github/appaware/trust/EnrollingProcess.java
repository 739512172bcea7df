package io.github.appaware.trust;

import io.github.appaware.tls.ProofOfPossession;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;

/** Enrols names until it is killed, and says which. Those that others had first are passed over. */
final class EnrollingProcess {
  private EnrollingProcess() {}

  public static void main(String[] arguments) throws Exception {
    Authority authority = new Authority(ServerHome.open(Path.of(arguments[0])), Clock.systemUTC());
    for (int i = 0; true; i++) {
      // All processes want the same names, so that they meet.
      try {
        String name = arguments[1] + "-" + i;
        Token token = authority.token(Role.AGENT, "", Duration.ofHours(1));
        KeyPair keys = ProofOfPossession.newKeys();
        String serial =
            authority.enrol(AuthorityTest.asked(token, name, keys)).getSerialNumber().toString(16);
        System.out.println(token.secret() + " " + name + " " + serial);
      } catch (TrustException taken) {
        System.out.println("taken");
      }
    }
  }
}
