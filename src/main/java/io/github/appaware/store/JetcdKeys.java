package io.github.appaware.store;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Response;
import io.etcd.jetcd.Txn;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.kv.TxnResponse;
import io.etcd.jetcd.op.Cmp;
import io.etcd.jetcd.op.CmpTarget;
import io.etcd.jetcd.op.Op;
import io.etcd.jetcd.options.DeleteOption;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.github.appaware.store.EtcdClients.EtcdClient;
import io.grpc.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

/** Keys of an etcd server, by its official Java client. */
final class JetcdKeys implements Keys {
  /** All values together: a policy of a million rules fits. */
  private static final long MAX_BYTES = 256L << 20;

  private static final int PAGE = 512;

  private final ByteSequence first;
  private final ByteSequence end;
  private final String prefix;
  private final EtcdClients clients;

  JetcdKeys(EtcdAddress address) {
    this.prefix = address.prefix();
    this.first = sequence(prefix + "/");
    this.end = sequence(prefix + "0"); // the character after the slash
    this.clients = new EtcdClients(address, first, end);
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
    EtcdClient used = clients.get();
    return await(used, used.keys().get(key, option), timeout);
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
    EtcdClient used = clients.get();
    Txn change = used.keys().txn().If(unchanged).Then(changes.toArray(Op[]::new));
    TxnResponse response = await(used, change.commit(), timeout);
    return response.isSucceeded() ? response.getHeader().getRevision() : 0;
  }

  @Override
  public void watch(Runnable runnable) {
    clients.watch(runnable);
  }

  private <T> T await(EtcdClient used, CompletableFuture<T> future, Duration timeout)
      throws IOException {
    try {
      return future.get(Math.max(1, timeout.toMillis()), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException(
          clients.giveUp(used, "no answer within " + timeout.toMillis() + " ms"), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException | CancellationException e) {
      if (Status.fromThrowable(e).getCode() == Status.Code.RESOURCE_EXHAUSTED) {
        throw new TooLargeException(EtcdClients.why(e), e);
      }
      throw new IOException(clients.giveUp(used, EtcdClients.why(e)), e);
    }
  }

  @Override
  public void close() {
    clients.close();
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
