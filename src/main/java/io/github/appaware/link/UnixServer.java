package io.github.appaware.link;

import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;

/** The server of a local run, behind the permissions of a socket's file. */
public final class UnixServer implements Servers {
  private static final String NAME = "the decision server";

  private final String path;
  private final Sockets sockets;

  public UnixServer(String path, Sockets sockets) {
    this.path = path;
    this.sockets = sockets;
  }

  @Override
  public int count() {
    return 1;
  }

  @Override
  public String name(int server) {
    return NAME;
  }

  @Override
  public FrameChannel connect(int server) throws IOException {
    try {
      SocketChannel opened = sockets.provider().openSocketChannel(StandardProtocolFamily.UNIX);
      opened.connect(UnixDomainSocketAddress.of(path));
      return new FrameChannel(new DirectChannel(opened));
    } catch (IOException e) {
      throw new IOException(NAME + " can't be reached: " + e.getMessage(), e);
    }
  }

  @Override
  public String explain(int server, IOException failure) {
    return "the connection to the decision server broke: " + failure.getMessage();
  }

  @Override
  public boolean isRefusal(IOException failure) {
    return false;
  }

  @Override
  public boolean comeBack() {
    return false;
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
