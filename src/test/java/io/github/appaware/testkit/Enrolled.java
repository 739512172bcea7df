package io.github.appaware.testkit;

import io.github.appaware.tls.TlsChannel;
import io.github.appaware.tls.TlsClient;
import io.github.appaware.trust.ClientTrust;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;

/** Connects with a certificate that enrolling left. */
public final class Enrolled {
  private static final Duration WITHIN = Duration.ofSeconds(20);

  private Enrolled() {}

  public static TlsChannel connect(ClientTrust trust, Clock clock) throws IOException {
    return TlsClient.open(trust.file(), trust.server(), clock).connect(WITHIN);
  }
}
