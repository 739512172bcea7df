package io.github.appaware.link;

import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.io.IOException;
import java.util.List;

/** Remote servers of a test, without TLS. */
public final class FakeServers implements Servers {
  private final List<FakeServer> servers;

  public FakeServers(FakeServer... servers) {
    this.servers = List.of(servers);
  }

  @Override
  public int count() {
    return servers.size();
  }

  @Override
  public String name(int server) {
    return "server " + server;
  }

  @Override
  public FrameChannel connect(int server) throws IOException {
    return servers.get(server).dial();
  }

  @Override
  public String explain(int server, IOException failure) {
    return "server " + server + " does not answer";
  }

  @Override
  public boolean isRefusal(IOException failure) {
    return false;
  }

  @Override
  public boolean comeBack() {
    return true;
  }

  @Override
  public Message.Renew renewal(long now) {
    return null;
  }

  @Override
  public void renewed(String certificate) {}

  @Override
  public void enter() {}
}
