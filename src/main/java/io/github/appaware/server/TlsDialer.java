package io.github.appaware.server;

import io.github.appaware.trust.ClientTrust;
import io.github.appaware.trust.TrustException;
import io.github.appaware.wire.FrameChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Connects to the first of several remote servers that answers, and renews certificates. */
public final class TlsDialer implements UpstreamLink.Dialer {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final List<ClientTrust> servers;

  /** In the order in which they are tried. */
  public TlsDialer(List<ClientTrust> servers) {
    this.servers = List.copyOf(servers);
  }

  @Override
  public FrameChannel dial() throws IOException {
    StringBuilder failures = new StringBuilder();
    for (ClientTrust server : servers) {
      try {
        return dial(server);
      } catch (TrustException | IOException e) {
        failures.append(failures.length() == 0 ? "" : "; ").append(e.getMessage());
      }
    }
    throw new IOException(failures.toString());
  }

  private static FrameChannel dial(ClientTrust server) throws TrustException, IOException {
    FrameChannel channel = new FrameChannel(server.connect(PATIENCE));
    boolean good = false;
    try {
      try {
        if (server.renewIfDue(channel)) {
          channel.close();
          channel = new FrameChannel(server.connect(PATIENCE));
        }
      } catch (TrustException notNow) {
        // The present one still does; the next connection tries again.
        channel.close();
        channel = new FrameChannel(server.connect(PATIENCE));
      }
      good = true;
      return channel;
    } finally {
      if (!good) {
        channel.close();
      }
    }
  }
}
