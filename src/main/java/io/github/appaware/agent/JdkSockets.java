package io.github.appaware.agent;

import io.github.appaware.link.Sockets;
import java.io.IOException;
import java.net.InetAddress;

/** The JDK's own sockets, look-ups and cryptography, whatever the application puts before them. */
final class JdkSockets extends Sockets {
  private final JdkCryptoProviders providers;
  private final JdkResolver resolver;

  JdkSockets(JdkCryptoProviders providers, JdkResolver resolver) {
    this.providers = providers;
    this.resolver = resolver;
  }

  @Override
  protected InetAddress[] lookUp(String host) throws IOException {
    return resolver.lookUp(host);
  }

  @Override
  protected void enter() {
    providers.use();
  }
}
