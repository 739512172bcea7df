package io.github.appaware.testkit;

import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.tls.TlsChannel;
import io.github.appaware.trust.Authority;
import io.github.appaware.trust.ClientFiles;
import io.github.appaware.trust.Enrolment;
import io.github.appaware.trust.Lifetimes;
import io.github.appaware.trust.Role;
import io.github.appaware.trust.ServerHome;
import io.github.appaware.trust.ServerTrust;
import io.github.appaware.trust.Token;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.Mutants;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server whose certificate is good and that says everything but what it should. Allowing what was
 * asked is the one thing that it never says, until it is told to behave.
 */
public final class HostileServer implements Closeable {
  private static final Duration WITHIN = Duration.ofSeconds(20);

  /** No agent in a test asks as often. */
  private static final long LARGEST_ID = 100_000;

  private final ServerSocketChannel acceptor = ServerSocketChannel.open();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger frames = new AtomicInteger();
  private final Mutants mutants;
  private final Random random;
  private final ServerTrust trust;
  private volatile boolean good;

  /** Whether the application has asked: who is not welcomed does not even start, on any line. */
  private volatile boolean running;

  /** The agent's key and certificate. */
  public final Path certificate;

  /** Of an authority of its own, in this directory. */
  public HostileServer(Path directory, long seed) throws Exception {
    Path home = directory.resolve("hostile");
    Clock clock = Clock.systemUTC();
    ServerHome made = ServerHome.init(home, List.of("127.0.0.1"), Lifetimes.DEFAULT, clock);
    try (EnrolmentServerFixture enrolling = new EnrolmentServerFixture(home, clock)) {
      Token token = new Authority(made, clock).token(Role.AGENT, "box", WITHIN);
      certificate =
          new Enrolment(new ClientFiles(directory.resolve("keys")), clock, WITHIN)
              .enrol(enrolling.address("127.0.0.1"), token, "", "box")
              .file();
    }
    trust = ServerTrust.open(home, clock);
    mutants = new Mutants(seed);
    random = mutants.random();
    acceptor.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
    threads.execute(this::acceptAll);
  }

  public String address() throws IOException {
    return "tls://127.0.0.1:" + ((InetSocketAddress) acceptor.getLocalAddress()).getPort();
  }

  /** From the next connection on it does what a server does, and allows everything. */
  public void behave() {
    good = true;
  }

  public int connections() {
    return connections.get();
  }

  public int frames() {
    return frames.get();
  }

  private void acceptAll() {
    try {
      while (true) {
        SocketChannel socket = acceptor.accept();
        int unused = connections.incrementAndGet();
        threads.execute(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The end.
    }
  }

  private void serve(SocketChannel socket) {
    try (TlsChannel tls = TlsChannel.over(socket, trust.engine(), WITHIN)) {
      FrameChannel channel = new FrameChannel(tls);
      Message join = channel.read();
      if (good) {
        behave(channel);
      } else if (join instanceof Message.Join) {
        misbehave(tls, channel);
      }
    } catch (Exception gone) {
      // The agent had enough, which is right.
    }
  }

  private void behave(FrameChannel channel) throws IOException {
    Reason reason = new Reason(Reason.Kind.RULE, "r", "p.toml:1");
    channel.write(new Message.Welcome(3));
    for (Message said = channel.read(); said != null; said = channel.read()) {
      if (said instanceof Message.Ask ask) {
        channel.write(
            new Message.Decided(ask.id(), new Verdict(true, reason, Verdict.Reuse.ENDPOINT, 3)));
      } else if (said instanceof Message.Flush flush) {
        channel.write(new Message.Noted(flush.id()));
      } else if (said instanceof Message.Ping) {
        channel.write(new Message.Pong());
      }
    }
  }

  private void misbehave(TlsChannel tls, FrameChannel channel) throws IOException {
    if (running && decide(8)) {
      say(channel, mutants.next());
    }
    channel.write(new Message.Welcome(1 + random(5)));
    noise(channel);
    Message said = channel.read();
    while (said instanceof Message.Ping) {
      channel.write(new Message.Pong());
      said = channel.read();
    }
    if (!(said instanceof Message.Ask ask)) {
      return;
    }
    running = true;
    synchronized (random) {
      switch (random.nextInt(6)) {
        case 0 -> tls.socket().write(ByteBuffer.wrap(mutants.next())); // below TLS
        case 1 -> channel.write(ByteBuffer.allocate(9).putInt(Integer.MAX_VALUE).rewind());
        case 2 -> channel.write(ByteBuffer.allocate(9).putInt(20).rewind()); // and no more
        case 3 -> channel.write(new Message.Asked(ask.id(), random.nextLong()));
        case 4 -> channel.write(new Message.Stop("because"));
        default -> {
          // The end without a word.
        }
      }
    }
    noise(channel);
    say(channel, mutants.next());
  }

  private int random(int bound) {
    synchronized (random) {
      return random.nextInt(bound);
    }
  }

  private boolean decide(int oneOf) {
    return random(oneOf) == 0;
  }

  /** What an agent may hear without ending the connection, and which must mean nothing to it. */
  private void noise(FrameChannel channel) throws IOException {
    for (int n = random(40); n > 0; n--) {
      long id;
      synchronized (random) {
        id = random.nextBoolean() ? -random.nextInt(100) : LARGEST_ID + random.nextInt(100);
      }
      switch (random(5)) {
        case 0 -> write(channel, new Message.Epoch(3 - random(6)));
        case 1 -> write(channel, new Message.Decided(id, allowing(random(4))));
        case 2 -> write(channel, new Message.Asked(id, id * Integer.MAX_VALUE));
        case 3 -> write(channel, new Message.Pong());
        default -> write(channel, new Message.Noted(id));
      }
    }
  }

  private void write(FrameChannel channel, Message message) throws IOException {
    frames.incrementAndGet();
    channel.write(message);
  }

  private static Verdict allowing(int epoch) {
    Reason reason = new Reason(Reason.Kind.RULE, "r", "p.toml:1");
    return new Verdict(true, reason, Verdict.Reuse.PEER, epoch);
  }

  private void say(FrameChannel channel, byte[] frame) throws IOException {
    Message message = Mutants.read(frame);
    boolean allows =
        message instanceof Message.Decided judged
            && judged.verdict().allowed()
            && judged.id() >= 0
            && judged.id() < LARGEST_ID;
    if (!allows) {
      frames.incrementAndGet();
      channel.write(Mutants.framed(frame));
    }
  }

  @Override
  public void close() throws IOException {
    acceptor.close();
    threads.shutdownNow();
    trust.close();
  }
}
