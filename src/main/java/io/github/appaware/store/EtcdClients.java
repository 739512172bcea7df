package io.github.appaware.store;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.etcd.jetcd.KV;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.options.WatchOption;
import io.github.appaware.event.Text;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLException;

/**
 * The client of etcd that is in use. One that failed is given up, and the next call makes another:
 * it would wait longer and longer before it tries to connect again. Safe for all threads.
 */
final class EtcdClients implements Closeable {
  /** A response of etcd; it takes no values above 1.5 MiB by default. */
  private static final int MAX_MESSAGE = 32 << 20;

  /** It would log what users can't do anything about. */
  private static final Logger LOG = Logger.getLogger("io.grpc");

  static {
    LOG.setLevel(Level.OFF);
  }

  /** A client until it fails. Holds no lock while the client, which has locks too, calls back. */
  static final class EtcdClient {
    private final Client client;
    private final AtomicBoolean watching = new AtomicBoolean();
    private final AtomicReference<String> failure = new AtomicReference<>();

    EtcdClient(Client client) {
      this.client = client;
    }

    KV keys() {
      return client.getKVClient();
    }
  }

  private final EtcdAddress address;
  private final ByteSequence first;
  private final ByteSequence end;
  private final AtomicReference<EtcdClient> current = new AtomicReference<>();
  private volatile Runnable changed;
  private volatile boolean closed;

  /**
   * Clients of an address.
   *
   * @param first the first key to watch
   * @param end the key after the last one
   */
  EtcdClients(EtcdAddress address, ByteSequence first, ByteSequence end) {
    this.address = address;
    this.first = first;
    this.end = end;
  }

  /** Runs this soon after a key was changed, while a client is connected. */
  void watch(Runnable runnable) {
    changed = runnable;
  }

  EtcdClient get() throws IOException {
    EtcdClient used = current.get();
    while (used == null && !closed) {
      EtcdClient made = new EtcdClient(build());
      if (!current.compareAndSet(null, made)) {
        made.client.close();
      }
      used = current.get();
    }
    if (closed || used == null) {
      close();
      throw new IOException("closed");
    }
    if (changed != null && used.watching.compareAndSet(false, true)) {
      watch(used);
    }
    return used;
  }

  /** If it fails, the next call begins another one. */
  private void watch(EtcdClient used) {
    AtomicBoolean watching = used.watching;
    Watch.Watcher unused =
        used.client
            .getWatchClient()
            .watch(
                first,
                WatchOption.builder().withRange(end).build(),
                response -> changed.run(),
                failure -> watching.set(false),
                () -> watching.set(false));
  }

  private Client build() throws IOException {
    ClientBuilder builder =
        Client.builder()
            .target("ip:///" + String.join(",", address.servers()))
            .waitForReady(false)
            .retryMaxAttempts(0)
            .connectTimeout(Duration.ofSeconds(1))
            .keepaliveTime(Duration.ofSeconds(10))
            .keepaliveTimeout(Duration.ofSeconds(2))
            .maxInboundMessageSize(MAX_MESSAGE);
    if (address.tls()) {
      for (Path file : address.files()) {
        if (!Files.isReadable(file)) {
          throw new IOException("`" + file + "` can't be read");
        }
      }
      try {
        builder.sslContext(this::equip);
      } catch (SSLException | IllegalArgumentException e) {
        throw new IOException("its certificates are no good: " + why(e), e);
      }
    }
    return builder.build();
  }

  private void equip(SslContextBuilder tls) {
    if (address.ca() != null) {
      tls.trustManager(address.ca().toFile());
    }
    if (address.cert() != null) {
      tls.keyManager(address.cert().toFile(), address.key().toFile());
    }
  }

  /** Closes a client; returns why it failed first, as later failures only follow from that. */
  String giveUp(EtcdClient failed, String reason) {
    failed.failure.compareAndSet(null, reason);
    if (current.compareAndSet(failed, null)) {
      failed.client.close();
    }
    return failed.failure.get();
  }

  /** What the innermost cause says. */
  static String why(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return Text.printable(message == null ? cause.getClass().getSimpleName() : message);
  }

  @Override
  public void close() {
    closed = true;
    EtcdClient last = current.getAndSet(null);
    if (last != null) {
      last.client.close();
    }
  }
}
