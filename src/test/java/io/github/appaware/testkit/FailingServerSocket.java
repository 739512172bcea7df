package io.github.appaware.testkit;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A server socket whose first accepts fail, as without free file descriptors. */
public final class FailingServerSocket extends ServerSocketChannel {
  private final ServerSocketChannel socket;
  private final AtomicInteger failures;

  public FailingServerSocket(ServerSocketChannel socket, int failures) {
    super(socket.provider());
    this.socket = socket;
    this.failures = new AtomicInteger(failures);
  }

  /** How many accepts are still to fail. */
  public int failuresLeft() {
    return Math.max(0, failures.get());
  }

  @Override
  public SocketChannel accept() throws IOException {
    if (failures.getAndDecrement() > 0) {
      throw new IOException("Too many open files");
    }
    return socket.accept();
  }

  @Override
  public ServerSocketChannel bind(SocketAddress local, int backlog) throws IOException {
    socket.bind(local, backlog);
    return this;
  }

  @Override
  public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) throws IOException {
    socket.setOption(name, value);
    return this;
  }

  @Override
  public <T> T getOption(SocketOption<T> name) throws IOException {
    return socket.getOption(name);
  }

  @Override
  public Set<SocketOption<?>> supportedOptions() {
    return socket.supportedOptions();
  }

  @Override
  public ServerSocket socket() {
    return socket.socket();
  }

  @Override
  public SocketAddress getLocalAddress() throws IOException {
    return socket.getLocalAddress();
  }

  @Override
  protected void implCloseSelectableChannel() throws IOException {
    socket.close();
  }

  @Override
  protected void implConfigureBlocking(boolean block) throws IOException {
    socket.configureBlocking(block);
  }
}
