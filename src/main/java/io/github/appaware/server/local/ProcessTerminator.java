package io.github.appaware.server.local;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Ends processes and their descendants: by request, and by force after two seconds. */
public final class ProcessTerminator {
  private static final long GRACE_SECONDS = 2;

  private ProcessTerminator() {}

  /** Ends one process; returns when it is gone. */
  public static void end(ProcessHandle target) {
    end(() -> List.of(target));
  }

  /**
   * Ends some processes; returns when they are gone.
   *
   * @param members called again before force is used, as there may be new ones
   */
  static void end(Supplier<List<ProcessHandle>> members) {
    Set<ProcessHandle> all = withDescendants(members.get());
    all.forEach(ProcessHandle::destroy);
    List<CompletableFuture<ProcessHandle>> ends = new ArrayList<>();
    all.forEach(process -> ends.add(process.onExit()));
    try {
      CompletableFuture.allOf(ends.toArray(new CompletableFuture<?>[0]))
          .get(GRACE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // They had their time.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    all.addAll(withDescendants(members.get()));
    all.forEach(ProcessHandle::destroyForcibly);
  }

  private static Set<ProcessHandle> withDescendants(List<ProcessHandle> roots) {
    Set<ProcessHandle> all = new LinkedHashSet<>(roots);
    roots.forEach(root -> root.descendants().forEach(all::add));
    return all;
  }
}
