package io.github.appaware.record;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;

/**
 * Sends the record to a syslog server: each line is the text of one message (RFC 5424), over TCP
 * with its length in front (RFC 6587, octet counting), over UDP in a datagram (RFC 5426).
 *
 * <p>Syslog acknowledges nothing. Over TCP, the next line shows that the server has closed the
 * connection; over UDP, only an ICMP message that the port is unreachable does. A server that reads
 * too slowly counts as gone.
 */
final class SyslogSink implements RecordSink {
  /** Carries messages. */
  private interface Transport extends Closeable {
    void send(byte[] message) throws IOException;
  }

  /** Facility 13, log audit; severity 6, informational (RFC 5424, section 6.2.1). */
  private static final int PRIORITY = 13 * 8 + 6;

  /** The longest host name (RFC 5424, section 6). */
  private static final int LONGEST_HOST = 255;

  /** As much as an IPv4 datagram can carry (RFC 5426, section 3.2). */
  private static final int LONGEST_DATAGRAM = 65_507;

  private final String name;
  private final String header;
  private final Clock clock;
  private final Transport transport;

  private SyslogSink(String name, String machine, Clock clock, Transport transport) {
    this.name = name;
    this.clock = clock;
    this.transport = transport;
    String process = String.valueOf(ProcessHandle.current().pid());
    this.header = " " + host(machine) + " appaware " + process + " event - ";
  }

  /**
   * Connects.
   *
   * @param name the sink as messages name it
   * @param machine this machine's own name
   * @param millis how long the server may take to connect, and later for a line
   */
  static SyslogSink tcp(
      String name, InetSocketAddress server, String machine, Clock clock, long millis)
      throws IOException {
    return new SyslogSink(name, machine, clock, new Tcp(server, millis));
  }

  /** As {@link #tcp}; whether the server exists can't be known. */
  static SyslogSink udp(String name, InetSocketAddress server, String machine, Clock clock)
      throws IOException {
    return new SyslogSink(name, machine, clock, new Udp(server));
  }

  /** Printable ASCII without spaces, or {@code -} for nothing. */
  private static String host(String machine) {
    String plain = machine.replaceAll("[^!-~]", "");
    return plain.isEmpty() ? "-" : plain.substring(0, Math.min(LONGEST_HOST, plain.length()));
  }

  @Override
  public void write(byte[] line) throws IOException {
    String time = clock.instant().truncatedTo(ChronoUnit.MICROS).toString();
    String head = "<" + PRIORITY + ">1 " + time + header;
    ByteArrayOutputStream message = new ByteArrayOutputStream(head.length() + line.length);
    message.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    boolean ended = line.length > 0 && line[line.length - 1] == '\n';
    message.write(line, 0, ended ? line.length - 1 : line.length);
    transport.send(message.toByteArray());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void close() throws IOException {
    transport.close();
  }

  private static final class Tcp implements Transport {
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final long millis;

    Tcp(SocketAddress server, long millis) throws IOException {
      this.millis = millis;
      channel = SocketChannel.open();
      selector = Selector.open();
      try {
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_CONNECT);
        boolean connected = channel.connect(server);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!connected) {
          await(end);
          connected = channel.finishConnect();
        }
        key.interestOps(SelectionKey.OP_WRITE);
      } catch (IOException e) {
        close();
        throw e;
      }
    }

    @Override
    public void send(byte[] message) throws IOException {
      // A syslog server sends nothing: only the end of the stream can be read.
      if (channel.read(ByteBuffer.allocate(64)) < 0) {
        throw new IOException("the syslog server closed the connection");
      }
      byte[] length = (message.length + " ").getBytes(StandardCharsets.US_ASCII);
      ByteBuffer whole = ByteBuffer.allocate(length.length + message.length);
      whole.put(length).put(message).flip();
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
      channel.write(whole);
      while (whole.hasRemaining()) {
        await(end);
        channel.write(whole);
      }
    }

    private void await(long end) throws IOException {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0 || selector.select(left) == 0) {
        if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
          throw new IOException("the syslog server took longer than " + millis + " ms");
        }
      }
      selector.selectedKeys().clear();
    }

    @Override
    public void close() throws IOException {
      selector.close();
      channel.close();
    }
  }

  private static final class Udp implements Transport {
    private final DatagramChannel channel;

    Udp(SocketAddress server) throws IOException {
      channel = DatagramChannel.open();
      try {
        channel.connect(server);
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    }

    @Override
    public void send(byte[] message) throws IOException {
      if (message.length > LONGEST_DATAGRAM) {
        throw new TooLong("a line of " + message.length + " bytes is too long for a datagram");
      }
      try {
        channel.write(ByteBuffer.wrap(message));
      } catch (PortUnreachableException e) {
        throw new IOException("port unreachable", e);
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
