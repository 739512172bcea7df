package io.github.appaware.testkit;

import io.github.appaware.tls.TlsChannel;
import io.github.appaware.trust.PeerIdentity;
import io.github.appaware.trust.ServerTrust;
import io.github.appaware.trust.TrustException;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.ServerAddress;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server that enrols, renews, and says welcome to those with a certificate. */
public final class EnrolmentServerFixture implements Closeable {
  private static final Duration WITHIN = Duration.ofSeconds(20);

  private final ServerTrust trust;
  private final ServerSocketChannel acceptor;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<TlsChannel> open = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> record = new LinkedBlockingQueue<>();

  /** Serves a directory on a free port of the loopback address. */
  public EnrolmentServerFixture(Path home, Clock clock) throws IOException, TrustException {
    trust = ServerTrust.open(home, clock);
    acceptor = ServerSocketChannel.open();
    acceptor.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
    threads.execute(this::accept);
  }

  /** Its address, under this name. */
  public ServerAddress address(String host) throws IOException {
    int port = ((InetSocketAddress) acceptor.getLocalAddress()).getPort();
    return ServerAddress.parse("tls://" + host + ":" + port);
  }

  public ServerTrust trust() {
    return trust;
  }

  /** The next thing that happened to a connection. */
  public String next() throws InterruptedException {
    String what = record.poll(30, TimeUnit.SECONDS);
    return what == null ? "nothing" : what;
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel socket = acceptor.accept();
        threads.execute(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The end.
    }
  }

  private void serve(SocketChannel socket) {
    try (TlsChannel tls = TlsChannel.over(socket, trust.engine(), WITHIN)) {
      open.add(tls);
      Optional<PeerIdentity> peer = trust.peer(tls.session());
      FrameChannel channel = new FrameChannel(tls);
      if (peer.isPresent()) {
        record.add("welcome " + peer.get().role().label() + " " + peer.get().name());
        channel.write(new Message.Welcome(1));
      }
      for (Message said = channel.read(); said != null; said = channel.read()) {
        if (said instanceof Message.Enroll enroll && peer.isEmpty()) {
          Message answer = trust.answer(enroll);
          record.add(answer instanceof Message.Refused no ? no.why() : "enrolled");
          channel.write(answer);
        } else if (said instanceof Message.Renew renew && peer.isPresent()) {
          channel.write(trust.answer(peer.get(), renew));
        } else {
          channel.write(new Message.Refused("not enrolled"));
        }
      }
      record.add("gone");
    } catch (IOException | TrustException | RuntimeException e) {
      record.add("refused: " + e.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    acceptor.close();
    trust.close();
    for (TlsChannel each : open) {
      each.close();
    }
    threads.shutdownNow();
  }
}
