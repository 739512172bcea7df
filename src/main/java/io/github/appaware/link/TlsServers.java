package io.github.appaware.link;

import io.github.appaware.tls.TlsFailure;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * Remote servers, in the order in which they are tried. One for each link; they may share files.
 */
public final class TlsServers implements Servers {
  private final List<TlsServer> servers;
  private final Sockets sockets;

  /** The server of the present connection, and the certificate that it was made with. */
  private volatile TlsServer present;

  private volatile X509Certificate certificate;

  public TlsServers(List<TlsServer> servers, Sockets sockets) {
    this.servers = List.copyOf(servers);
    this.sockets = sockets;
  }

  @Override
  public int count() {
    return servers.size();
  }

  @Override
  public String name(int server) {
    return servers.get(server).address().toString();
  }

  @Override
  public FrameChannel connect(int server) throws IOException {
    TlsServer chosen = servers.get(server);
    present = null;
    TlsServer.Connected connected = chosen.connect(sockets);
    certificate = connected.certificate();
    present = chosen;
    return new FrameChannel(connected.channel());
  }

  @Override
  public String explain(int server, IOException failure) {
    return servers.get(server).explain(failure);
  }

  @Override
  public boolean isRefusal(IOException failure) {
    return TlsFailure.isRefusal(failure);
  }

  @Override
  public boolean comeBack() {
    return true;
  }

  @Override
  public Message.Renew renewal(long now) {
    TlsServer server = present;
    return server == null ? null : server.renewal().ask(certificate, now);
  }

  @Override
  public void renewed(String next) throws IOException {
    TlsServer server = present;
    if (server != null) {
      server.renewal().answered(next);
    }
  }

  @Override
  public void enter() {
    sockets.enter();
  }
}
