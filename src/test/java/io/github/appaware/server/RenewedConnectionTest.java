package io.github.appaware.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.testkit.FakeClock;
import io.github.appaware.testkit.ResidentServerFixture;
import io.github.appaware.tls.ProofOfPossession;
import io.github.appaware.trust.ClientTrust;
import io.github.appaware.trust.Role;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A connection that lasts longer than the certificate that it began with. */
@Timeout(300)
class RenewedConnectionTest {
  @TempDir Path directory;
  private final FakeClock clock = new FakeClock();

  @Test
  void itIsGoodForAsLongAsWhatWasRenewedOverIt() throws Exception {
    try (ResidentServerFixture server = new ResidentServerFixture(directory, clock, clock)) {
      ClientTrust trust = server.enrolled(Role.AGENT, "host-1");
      FrameChannel renewing = server.agent(trust, "one");
      FrameChannel other = server.agent(trust, "two");
      clock.advance(Duration.ofDays(21));
      KeyPair keys = ProofOfPossession.newKeys();
      renewing.write(
          new Message.Renew(
              Message.VERSION,
              ProofOfPossession.text(keys.getPublic()),
              ProofOfPossession.of(keys, ProofOfPossession.RENEW, trust.self().serial())));
      ResidentServerFixture.next(renewing, Message.Renewed.class);

      clock.advance(Duration.ofDays(10));

      assertThat(ResidentServerFixture.next(other, Message.Refused.class).why())
          .startsWith("the certificate of `host-1` expired ");
      renewing.write(new Message.Flush(8));
      assertThat(ResidentServerFixture.next(renewing, Message.Noted.class).id()).isEqualTo(8);

      clock.advance(Duration.ofDays(21));
      assertThat(ResidentServerFixture.next(renewing, Message.Refused.class).why())
          .startsWith("the certificate of `host-1` expired ");
    }
  }

  @Test
  void whoIsRevokedIsGoneHoweverOftenItRenewed() throws Exception {
    try (ResidentServerFixture server = new ResidentServerFixture(directory, clock, clock)) {
      ClientTrust trust = server.enrolled(Role.AGENT, "host-1");
      FrameChannel agent = server.agent(trust, "one");
      KeyPair keys = ProofOfPossession.newKeys();
      agent.write(
          new Message.Renew(
              Message.VERSION,
              ProofOfPossession.text(keys.getPublic()),
              ProofOfPossession.of(keys, ProofOfPossession.RENEW, trust.self().serial())));
      ResidentServerFixture.next(agent, Message.Renewed.class);

      server.authority().revoke("host-1");

      assertThat(ResidentServerFixture.next(agent, Message.Refused.class).why())
          .isEqualTo("the certificate of `host-1` was revoked");
    }
  }
}
