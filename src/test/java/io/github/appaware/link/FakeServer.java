package io.github.appaware.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** A server that a test plays: it accepts connections and sends what the test has it send. */
public final class FakeServer implements Closeable {
  private final List<Peer> peers = new ArrayList<>();
  private ServerSocketChannel acceptor;
  private int reads;
  private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  public FakeServer() {
    try {
      listen();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Once more, at the same address. */
  public void listen() throws IOException {
    acceptor = ServerSocketChannel.open();
    acceptor.bind(address);
    address = (InetSocketAddress) acceptor.getLocalAddress();
  }

  /** As a client reaches it. */
  FrameChannel dial() throws IOException {
    return new FrameChannel(new Counting(SocketChannel.open(address)));
  }

  /** The next connection. */
  public Peer accept() throws IOException {
    Peer peer = new Peer(acceptor.accept());
    peers.add(peer);
    return peer;
  }

  /** The next connection, which is welcomed. */
  public Peer welcome(int epoch) throws IOException {
    Peer peer = accept();
    peer.first = peer.hear();
    peer.say(new Message.Welcome(epoch));
    return peer;
  }

  /** Takes no further connections. */
  public void stop() throws IOException {
    acceptor.close();
  }

  /** Takes no further connections, and ends those that there are. */
  @Override
  public void close() throws IOException {
    acceptor.close();
    for (Peer each : peers) {
      each.close();
    }
  }

  private synchronized int reads() {
    return reads;
  }

  private synchronized void count() {
    reads++;
    notifyAll();
  }

  private synchronized void awaitReads(int count) throws InterruptedException {
    while (reads < count) {
      wait(20_000);
    }
  }

  /** Counts how often the client began to read. */
  private final class Counting implements ByteChannel {
    private final SocketChannel socket;

    Counting(SocketChannel socket) {
      this.socket = socket;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
      count();
      return socket.read(to);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
      return socket.write(from);
    }

    @Override
    public boolean isOpen() {
      return socket.isOpen();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** The other end of one connection. Pings are answered unseen. */
  public final class Peer implements Closeable {
    private final FrameChannel channel;
    private Message first;

    Peer(SocketChannel socket) {
      channel = new FrameChannel(socket);
    }

    /** The client's first message. */
    public Message first() {
      return first;
    }

    public void say(Message message) throws IOException {
      channel.write(message);
    }

    /** Answers a ping; the client has read that when this returns. */
    void pong() throws IOException, InterruptedException {
      int before = reads();
      say(new Message.Pong());
      awaitReads(before + 1);
    }

    public void sayRaw(ByteBuffer bytes) throws IOException {
      channel.write(bytes);
    }

    /** The next message, also a ping; null at the end. */
    Message raw() throws IOException {
      return channel.read();
    }

    public Message hear() throws IOException {
      Message message = channel.read();
      while (message instanceof Message.Ping) {
        channel.write(new Message.Pong());
        message = channel.read();
      }
      return message;
    }

    public <T extends Message> T hear(Class<T> type) throws IOException {
      Message message = hear();
      assertThat(message).isInstanceOf(type);
      return type.cast(message);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
