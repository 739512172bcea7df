package io.github.appaware.store;

import io.github.appaware.policy.edit.Answers;
import io.github.appaware.policy.edit.AppHashes;
import io.github.appaware.policy.edit.EditException;
import io.github.appaware.policy.edit.RuleRemoval;
import io.github.appaware.policy.edit.TakenIds;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.AppRule;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.server.PolicyStore;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Policy and answers in etcd, merged with local files.
 *
 * <p>An answer is appended under a key of its own, if nothing was changed since its ids were found
 * to be new; else they are checked again. When it is not known in time whether etcd has it, it
 * counts as not saved: should it be there after all, it is deleted as soon as etcd is back.
 */
final class EtcdStore implements PolicyStore {
  /**
   * How long the first look may take: its classes alone take 10 s to load where 50 processes wait
   * for two processors.
   */
  private static final Duration OPEN = Duration.ofSeconds(30);

  /** How long an answer is tried to be saved. */
  private static final Duration APPEND = Duration.ofSeconds(2);

  /** The shortest time-out of a call. */
  private static final Duration SHORTEST = Duration.ofMillis(20);

  private static final Duration RETRY = Duration.ofMillis(50);

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Keys keys;
  private final EtcdAddress address;
  private final Clock clock;
  private final StoreMirror mirror;
  private final PolicyMerger merger;
  private final EntryEdits edits;
  private final SecureRandom random = new SecureRandom();
  private final ReentrantLock appending = new ReentrantLock(true);

  EtcdStore(Keys keys, EtcdAddress address, List<Path> files, Clock clock) {
    this.keys = keys;
    this.address = address;
    this.clock = clock;
    this.mirror = new StoreMirror(keys, address.prefix());
    this.merger = new PolicyMerger(files);
    this.edits = new EntryEdits(keys, mirror, address.prefix(), address.toString());
  }

  @Override
  public Policy load() throws PolicyException, IOException {
    try {
      mirror.read(OPEN);
    } catch (IOException e) {
      throw new StoreException(
          address + " can't be reached: " + e.getMessage(),
          "is etcd running there? `etcdctl --endpoints="
              + String.join(",", address.servers())
              + " endpoint health` tells",
          e);
    }
    return merger.merge(mirror.contents()).orElseThrow();
  }

  @Override
  public Optional<Policy> changed() throws PolicyException {
    return merger.merge(mirror.contents());
  }

  @Override
  public void watch(Runnable look, Consumer<String> notices) {
    if (mirror.contents().of(StoreEntry.Kind.POLICY).isEmpty()) {
      notices.accept("there is no policy in " + address + " yet");
    }
    mirror.start(look, notices, address.toString());
  }

  @Override
  public List<Answers.Saved> append(List<Answers.Addition> additions) throws EditException {
    long deadline = System.nanoTime() + APPEND.toNanos();
    try {
      if (!appending.tryLock(APPEND.toMillis(), TimeUnit.MILLISECONDS)) {
        throw unsaved("too many answers at once");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unsaved("interrupted");
    }
    try {
      return append(additions, deadline);
    } finally {
      appending.unlock();
    }
  }

  private List<Answers.Saved> append(List<Answers.Addition> additions, long deadline)
      throws EditException {
    String key = StoreContents.ANSWERS + newId();
    String last = "";
    while (true) {
      StoreContents contents = mirror.contents();
      Answers.Composed composed = compose(contents, key, additions);
      if (composed.saved().isEmpty()) {
        return List.of();
      }
      String bytes = StoreEntry.bytes(composed.text());
      Map<String, String> change = new LinkedHashMap<>();
      change.put(StoreContents.HEAD, "");
      change.put(key, bytes);
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      if (left.compareTo(SHORTEST) < 0) {
        mirror.markUncertain(key);
        throw unsaved(last.isEmpty() ? "too many others at once" : last);
      }
      try {
        long revision = keys.change(StoreContents.HEAD, contents.head(), change, left);
        if (revision != 0) {
          mirror.changed(key, bytes, revision);
          return composed.saved();
        }
      } catch (IOException e) {
        last = e.getMessage();
      }
      // Another server was first, or the outcome is unknown: if the key does not exist now, it
      // can't be created any more once the head has changed.
      if (readAgain(deadline) && mirror.contents().parts().containsKey(key)) {
        return composed.saved();
      }
    }
  }

  /** The application may also be in a local file, which is then the one that changes. */
  @Override
  public String addHash(String id, String sha256) throws EditException {
    Policy policy = merger.inForce();
    String file =
        policy.apps().stream()
            .filter(app -> app.id().equals(id))
            .map(AppRule::file)
            .findFirst()
            .orElseThrow(() -> new EditException("no application `" + id + "`", ""));
    if (!isStored(file)) {
      return file + ":" + AppHashes.add(Path.of(file), id, sha256);
    }
    AtomicInteger line = new AtomicInteger();
    edits.edit(
        file,
        text -> {
          AppHashes.Added added = AppHashes.add(file, text, id, sha256);
          line.set(added.line());
          return added.text();
        });
    return file + ":" + line;
  }

  @Override
  public void withdraw(Answers.Saved saved) throws EditException {
    String name = saved.file().toString();
    edits.edit(name, text -> RuleRemoval.remove(name, text, saved.id()));
  }

  private boolean isStored(String file) {
    return mirror.contents().parts().keySet().stream()
        .anyMatch(key -> StoreEntry.name(address.prefix(), key).equals(file));
  }

  private boolean readAgain(long deadline) {
    long left = deadline - System.nanoTime();
    try {
      mirror.read(Duration.ofNanos(Math.max(0, left)));
      return true;
    } catch (IOException e) {
      LockSupport.parkNanos(Math.min(RETRY.toNanos(), Math.max(1, left)));
      return false;
    }
  }

  private EditException unsaved(String why) {
    return new EditException("not saved: " + address + ": " + why, "answer again when it is back");
  }

  @Override
  public List<String> preview(List<Answers.Addition> additions) throws EditException {
    return compose(mirror.contents(), StoreContents.ANSWERS + "new", additions).saved().stream()
        .flatMap(each -> each.lines().stream())
        .toList();
  }

  private Answers.Composed compose(
      StoreContents contents, String key, List<Answers.Addition> additions) throws EditException {
    List<TakenIds> others = new ArrayList<>();
    for (StoreEntry.Kind kind : List.of(StoreEntry.Kind.POLICY, StoreEntry.Kind.ANSWER)) {
      contents.of(kind).forEach(part -> others.add(part.ids()));
    }
    Policy policy = merger.inForce();
    if (policy != null) {
      others.add(TakenIds.of(policy)); // of local files
    }
    return Answers.compose(StoreEntry.name(address.prefix(), key), others, additions);
  }

  /** Sorts by time; never the same at two servers. */
  private String newId() {
    byte[] bytes = new byte[6];
    random.nextBytes(bytes);
    return TIME.format(clock.instant()) + "-" + HexFormat.of().formatHex(bytes);
  }

  @Override
  public long revision() {
    return mirror.contents().revision();
  }

  @Override
  public String trouble() {
    return mirror.trouble();
  }

  @Override
  public String answers() {
    return "etcd";
  }

  @Override
  public String place() {
    return "in etcd";
  }

  @Override
  public void close() {
    mirror.close();
  }
}
