package io.github.appaware.store;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.ClientBuilder;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Response;
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
import javax.net.ssl.SSLException;

/**
 * Keys of a real etcd, by its official Java client.
 *
 * <p>After a failure the client is given up and the next call makes a new one: the old one would
 * wait longer and longer before it tries to connect again.
 */
final class JetcdKeys implements Keys {
  /** Of one answer of etcd's; it takes no values above 1.5 MiB unless it is told to. */
  private static final int MOST_MESSAGE = 32 << 20;

  /** Of everything: a policy of a million rules fits. */
  private static final long MOST_BYTES = 256L << 20;

  private static final int PAGE = 512;

  private final EtcdAddress address;
  private final ByteSequence first;
  private final ByteSequence end;
  private final String prefix;
  private Client client;
  private Watch.Watcher watcher;
  private volatile Runnable changed;
  private boolean closed;

  JetcdKeys(EtcdAddress address) {
    this.address = address;
    this.prefix = address.prefix();
    this.first = sequence(prefix + "/");
    this.end = sequence(prefix + "0"); // the character after the slash
  }

  @Override
  public Reading look(Duration timeout) throws IOException {
    GetOption option = GetOption.builder().withCountOnly(true).build();
    GetResponse response = get(sequence(prefix + Contents.HEAD), option, timeout);
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
      if (bytes > MOST_BYTES) {
        throw new IOException("more than " + (MOST_BYTES >> 20) + " MiB below " + prefix);
      }
      if (!response.isMore()) {
        return new Reading(cluster(head), head.getHeader().getRevision(), found, head.getCount());
      }
    }
  }

  private GetResponse get(ByteSequence key, GetOption option, Duration timeout) throws IOException {
    return await(client().getKVClient().get(key, option), timeout);
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
    TxnResponse response =
        await(
            client().getKVClient().txn().If(unchanged).Then(changes.toArray(Op[]::new)).commit(),
            timeout);
    return response.isSucceeded() ? response.getHeader().getRevision() : 0;
  }

  @Override
  public void watch(Runnable runnable) {
    changed = runnable;
  }

  private synchronized Client client() throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
    if (client == null) {
      client = build();
    }
    if (watcher == null && changed != null) {
      WatchOption option = WatchOption.builder().withRange(end).build();
      // Whatever goes wrong with it: the next look finds out, and makes another.
      watcher =
          client
              .getWatchClient()
              .watch(
                  first,
                  option,
                  response -> changed.run(),
                  failure -> forgetWatcher(),
                  this::forgetWatcher);
    }
    return client;
  }

  private synchronized void forgetWatcher() {
    watcher = null;
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
            .maxInboundMessageSize(MOST_MESSAGE);
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

  private <T> T await(CompletableFuture<T> future, Duration timeout) throws IOException {
    try {
      return future.get(Math.max(1, timeout.toMillis()), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      giveUp();
      throw new IOException("no answer within " + timeout.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException | CancellationException e) {
      if (Status.fromThrowable(e).getCode() == Status.Code.RESOURCE_EXHAUSTED) {
        throw new TooLargeException(why(e), e);
      }
      giveUp();
      throw new IOException(why(e), e);
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

  private synchronized void giveUp() {
    if (client != null) {
      client.close();
      client = null;
      watcher = null;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    giveUp();
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
