package io.github.appaware.target;

import java.net.ProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;

/** A provider of channels of the application's own: would the agent come to depend on it? */
public final class AttacksProvider extends SelectorProvider {
  /** Called by the JDK. */
  public AttacksProvider() {}

  @Override
  public DatagramChannel openDatagramChannel() {
    return null;
  }

  @Override
  public DatagramChannel openDatagramChannel(ProtocolFamily family) {
    return null;
  }

  @Override
  public Pipe openPipe() {
    return null;
  }

  @Override
  public AbstractSelector openSelector() {
    return null;
  }

  @Override
  public ServerSocketChannel openServerSocketChannel() {
    return null;
  }

  @Override
  public SocketChannel openSocketChannel() {
    return null;
  }
}
