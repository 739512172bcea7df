package io.github.appaware.launch;

import io.github.appaware.linux.Linux;
import io.github.appaware.linux.SystemCalls;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * Loads native access beside everything else that a run needs at its start, to seal with it what
 * child JVMs load of the agent.
 */
final class Sealing {
  /** Where nothing is sealed. */
  static final Sealing NONE = new Sealing(null, null);

  private final CompletableFuture<SystemCalls> opened = new CompletableFuture<>();
  private final Path scratch;
  private final UserNotices teller;

  private Sealing(Path scratch, UserNotices teller) {
    this.scratch = scratch;
    this.teller = teller;
    if (scratch == null) {
      opened.complete(null);
    }
  }

  /** Begins; on Linux only. */
  static Sealing begin(Path scratch, UserNotices teller) {
    if (!Linux.isHere()) {
      return NONE;
    }
    Sealing sealing = new Sealing(scratch, teller);
    Thread thread = new Thread(sealing::open, "sealing");
    thread.setDaemon(true);
    thread.start();
    return sealing;
  }

  private void open() {
    try {
      opened.complete(Linux.open(scratch));
    } catch (RuntimeException | Error e) {
      opened.completeExceptionally(e);
    }
  }

  /** The calls; null where nothing can be sealed, and then the user is told why. */
  SystemCalls calls() {
    SystemCalls calls = opened.join();
    if (calls == null || calls.unavailable().isEmpty()) {
      return calls;
    }
    teller.tell(
        "what child JVMs load of the agent can't be sealed ("
            + calls.unavailable().get()
            + "): a hostile program can exchange it");
    return null;
  }
}
