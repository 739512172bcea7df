package io.github.appaware.server.upstream;

import io.github.appaware.trust.ClientTrust;
import io.github.appaware.trust.TrustException;
import io.github.appaware.wire.FrameChannel;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;

/** Connects to remote servers, and renews certificates. */
public final class TlsDialer implements UpstreamLink.Dialer {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final List<ClientTrust> servers;

  /** In the order in which they are tried. */
  public TlsDialer(List<ClientTrust> servers) {
    this.servers = List.copyOf(servers);
  }

  @Override
  public int servers() {
    return servers.size();
  }

  @Override
  public String explain(int server, IOException failure) {
    return failure instanceof ClosedChannelException
        ? servers.get(server).server() + " does not answer"
        : servers.get(server).explain(failure);
  }

  /**
   * Connects to the first that answers.
   *
   * @throws IOException that says in words why none does
   */
  public FrameChannel dial() throws IOException {
    StringBuilder failures = new StringBuilder();
    for (int number = 0; number < servers.size(); number++) {
      try {
        return dial(number);
      } catch (IOException e) {
        failures.append(number == 0 ? "" : "; ").append(e.getMessage());
      }
    }
    throw new IOException(failures.toString());
  }

  @Override
  public FrameChannel dial(int number) throws IOException {
    ClientTrust server = servers.get(number);
    try {
      return dial(server);
    } catch (TrustException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static FrameChannel dial(ClientTrust server) throws TrustException, IOException {
    renew(server);
    return new FrameChannel(server.connect(PATIENCE));
  }

  @Override
  public boolean isDue() {
    return servers.stream().anyMatch(ClientTrust::isDue);
  }

  @Override
  public void renew() {
    servers.forEach(TlsDialer::renew);
  }

  private static void renew(ClientTrust server) {
    if (server.isDue()) {
      try (FrameChannel once = new FrameChannel(server.connect(PATIENCE))) {
        boolean unused = server.renewIfDue(once);
      } catch (TrustException | IOException notNow) {
        // The present one still does, or says itself that it does not; the next time tries again.
      }
    }
  }
}
