package io.github.appaware.server;

import io.github.appaware.record.EventRecord;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The connected consoles. Each is sent runs and every line of the record. One that does not read
 * fast enough misses lines, and is sent their number; it delays no decision. Safe for all threads.
 */
final class Consoles implements EventRecord.Watcher {
  /** Longer lines of the record are not sent. */
  private static final int MAX_LINE_LENGTH = 60 * 1024;

  private final Map<ClientConnection, AtomicLong> missed = new ConcurrentHashMap<>();

  void add(ClientConnection console) {
    missed.put(console, new AtomicLong());
  }

  void remove(ClientConnection console) {
    missed.remove(console);
  }

  int size() {
    return missed.size();
  }

  @Override
  public boolean isAway() {
    return missed.isEmpty();
  }

  @Override
  public void happened(byte[] line) {
    if (missed.isEmpty()) {
      return;
    }
    Message message =
        line.length > MAX_LINE_LENGTH
            ? null
            : new QuestionMessage.Happened(
                new String(line, 0, line.length - 1, StandardCharsets.UTF_8));
    missed.forEach((console, count) -> tell(console, count, message));
  }

  private static void tell(ClientConnection console, AtomicLong count, Message message) {
    long before = count.get();
    if (before > 0 && console.offer(new QuestionMessage.Missed(before))) {
      count.addAndGet(-before);
    }
    if (message == null || !console.offer(message)) {
      count.incrementAndGet();
    }
  }

  /** Sends a run that is new or changed. */
  void run(QuestionMessage.RunInfo info) {
    missed.forEach(
        (console, count) -> {
          boolean unused = console.offer(info);
        });
  }
}
