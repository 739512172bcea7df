package io.github.appaware.store;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Response;
import io.etcd.jetcd.Txn;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.etcd.jetcd.options.WatchOption;
import io.github.appaware.event.Text;
import io.grpc.Status;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLException;

/**
 * Keys of a real etcd, by its official Java client.
 *
 * <p>After a failure the client is given up and the next call makes a new one: the old one would
 * wait longer and longer before it tries to connect again.
 */
final class JetcdKeys implements Keys {
  /** Of one answer of etcd's; it takes no values above 1.5 MiB unless it is told to. */
  private static final int MAX_MESSAGE = 32 << 20;

  /** Of everything: a policy of a million rules fits. */
  private static final long MAX_BYTES = 256L << 20;

  private static final int PAGE = 512;

  /** Else it tells the standard error what users can't do anything about. */
  private static final Logger LOG = Logger.getLogger("io.grpc");

  static {
    LOG.setLevel(Level.OFF);
  }

  private final EtcdAddress address;
  private final ByteSequence first;
  private final ByteSequence end;
  private final String prefix;
  private final AtomicReference<Connection> current = new AtomicReference<>();
  private volatile Runnable changed;
  private volatile boolean closed;

  /** A client until it fails. Locks nothing while the client, which has locks too, calls back. */
  private static final class Connection {
    private final Client client;
    private final AtomicBoolean watching = new AtomicBoolean();
    private final AtomicReference<String> failure = new AtomicReference<>();

    Connection(Client client) {
      this.client = client;
    }
  }

  JetcdKeys(EtcdAddress address) {
    this.address = address;
    this.prefix = address.prefix();
    this.first = sequence(prefix + "/");
    this.end = sequence(prefix + "0"); // the character after the slash
  }

  @Override
  public Reading look(Duration timeout) throws IOException {
    GetOption option = GetOption.builder().withCountOnly(true).build();
    GetResponse response = get(sequence(prefix + StoreContents.HEAD), option, timeout);
    return new Reading(cluster(response), response.getHeader().getRevision(), Map.of(), -1);
  }

  @Override
  public Reading read(long since, Duration timeout) throws IOException {
    Map<String, Value> found = new HashMap<>();
    GetResponse head = null;
    ByteSequence from = first;
    int page = PAGE;
    long bytes = 0;
    while (true) {
      GetOption.Builder option =
          GetOption.builder().withRange(end).withMinModRevision(since + 1).withLimit(page);
      if (head != null) {
        option.withRevision(head.getHeader().getRevision());
      }
      GetResponse response;
      try {
        response = get(from, option.build(), timeout);
      } catch (TooLargeException e) {
        if (page == 1) {
          throw e;
        }
        page = Math.max(1, page / 8);
        continue;
      }
      head = head == null ? response : head;
      for (KeyValue each : response.getKvs()) {
        String key = each.getKey().toString(StandardCharsets.ISO_8859_1);
        String value = each.getValue().toString(StandardCharsets.ISO_8859_1);
        found.put(key.substring(prefix.length()), new Value(value, each.getModRevision()));
        bytes += value.length();
        from = sequence(key + '\0');
      }
      if (bytes > MAX_BYTES) {
        throw new IOException("more than " + (MAX_BYTES >> 20) + " MiB below " + prefix);
      }
      if (!response.isMore()) {
        return new Reading(cluster(head), head.getHeader().getRevision(), found, head.getCount());
      }
    }
  }

  private GetResponse get(ByteSequence key, GetOption option, Duration timeout) throws IOException {
    Connection used = connection();
    return await(used, used.client.getKVClient().get(key, option), timeout);
  }

  @Override
  public long change(String guard, long revision, Map<String, String> put, Duration timeout)
      throws IOException {
    List<Op> changes = new ArrayList<>();
    put.forEach(
        (key, value) ->
            changes.add(
                value == null
                    ? Op.delete(sequence(prefix + key), DeleteOption.DEFAULT)
                    : Op.put(sequence(prefix + key), sequence(value), PutOption.DEFAULT)));
    Cmp unchanged =
        new Cmp(sequence(prefix + guard), Cmp.Op.EQUAL, CmpTarget.modRevision(revision));
    Connection used = connection();
    Txn change = used.client.getKVClient().txn().If(unchanged).Then(changes.toArray(Op[]::new));
    TxnResponse response = await(used, change.commit(), timeout);
    return response.isSucceeded() ? response.getHeader().getRevision() : 0;
  }

  @Override
  public void watch(Runnable runnable) {
    changed = runnable;
  }

  private Connection connection() throws IOException {
    Connection connection = current.get();
    while (connection == null && !closed) {
      Connection made = new Connection(build());
      if (!current.compareAndSet(null, made)) {
        made.client.close();
      }
      connection = current.get();
    }
    if (closed || connection == null) {
      close();
      throw new IOException("closed");
    }
    if (changed != null && connection.watching.compareAndSet(false, true)) {
      watch(connection);
    }
    return connection;
  }

  /** Whatever goes wrong with it: the next call begins another. */
  private void watch(Connection connection) {
    AtomicBoolean watching = connection.watching;
    Watch.Watcher unused =
        connection
            .client
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

  private <T> T await(Connection used, CompletableFuture<T> future, Duration timeout)
      throws IOException {
    try {
      return future.get(Math.max(1, timeout.toMillis()), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException(giveUp(used, "no answer within " + timeout.toMillis() + " ms"), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException | CancellationException e) {
      if (Status.fromThrowable(e).getCode() == Status.Code.RESOURCE_EXHAUSTED) {
        throw new TooLargeException(why(e), e);
      }
      throw new IOException(giveUp(used, why(e)), e);
    }
  }

  /** What the innermost cause says. */
  private static String why(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return Text.printable(message == null ? cause.getClass().getSimpleName() : message);
  }

  /** The first reason to give it up: what other calls meet after that says little. */
  private String giveUp(Connection failed, String reason) {
    failed.failure.compareAndSet(null, reason);
    if (current.compareAndSet(failed, null)) {
      failed.client.close();
    }
    return failed.failure.get();
  }

  @Override
  public void close() {
    closed = true;
    Connection connection = current.getAndSet(null);
    if (connection != null) {
      connection.client.close();
    }
  }

  private static long cluster(Response response) {
    return response.getHeader().getClusterId();
  }

  private static ByteSequence sequence(String bytes) {
    return ByteSequence.from(bytes, StandardCharsets.ISO_8859_1);
  }

  /** More than fits into one message. */
  private static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1;

    TooLargeException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
