package io.github.appaware.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.spi.SelectorProvider;

/** How a client looks up its servers and gets its sockets. In a target, not as the application. */
public class Sockets {
  private volatile SelectorProvider provider;
  private volatile InetSocketAddress connecting;

  /** The provider to use instead of the one that the system properties name. */
  public final void use(SelectorProvider sockets) {
    provider = sockets;
  }

  /** Makes the sockets. */
  public final SelectorProvider provider() {
    SelectorProvider chosen = provider;
    return chosen == null ? SelectorProvider.provider() : chosen;
  }

  /** The addresses of a host, at least one. */
  protected InetAddress[] lookUp(String host) throws IOException {
    return InetAddress.getAllByName(host);
  }

  /** Called by each thread of the link before anything else. */
  protected void enter() {}

  final void connecting(InetSocketAddress to) {
    connecting = to;
  }

  /** Where the link connects to just now; null when it does not. */
  public final InetSocketAddress connecting() {
    return connecting;
  }
}
