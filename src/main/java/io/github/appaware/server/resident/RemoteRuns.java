package io.github.appaware.server.resident;

import io.github.appaware.event.Application;
import io.github.appaware.server.ClientConnection;
import io.github.appaware.server.DaemonThreads;
import io.github.appaware.server.DecisionService;
import io.github.appaware.server.Run;
import io.github.appaware.server.Truncation;
import io.github.appaware.trust.PeerIdentity;
import io.github.appaware.wire.Message;
import java.io.Closeable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The runs on other hosts. A run is known from its first agent until a minute after its last one:
 * an agent whose connection broke comes back to it. Safe for all threads.
 */
final class RemoteRuns implements Closeable {
  private static final long MEMORY_SECONDS = 60;

  /** Runs without any agent; more are forgotten at once. */
  private static final int MAX_REMEMBERED = 1_000;

  private final DecisionService service;
  private final RemoteClients clients;
  private final ScheduledExecutorService timer = DaemonThreads.timer("remote-runs");

  RemoteRuns(DecisionService service, RemoteClients clients) {
    this.service = service;
    this.clients = clients;
  }

  /** Admits an agent to its run, of which it may be the first. */
  synchronized void join(ClientConnection agent, PeerIdentity peer, Message.Join join) {
    Application application =
        join.selfReported() ? join.application().asSelfReported() : join.application();
    String key = peer.name() + "/" + join.run();
    Run run = service.runs().find(key).orElse(null);
    if (run == null) {
      run = new Run(key, null, Truncation.of(application), peer.name());
      service.runs().add(key, run);
    }
    run.join(agent);
    service.admit(run, agent, application);
  }

  /** The connection to an agent of the run is gone. */
  void left(ClientConnection agent, Run run) {
    run.remove(agent);
    service.runs().changed(run);
    if (!run.agents().isEmpty()) {
      return;
    }
    if (service.runs().all().size() > MAX_REMEMBERED + clients.size()) {
      forget(run);
      return;
    }
    try {
      var unused = timer.schedule(() -> forget(run), MEMORY_SECONDS, TimeUnit.SECONDS);
    } catch (RejectedExecutionException e) {
      // The server ends, and forgets everything.
    }
  }

  private synchronized void forget(Run run) {
    if (run.agents().isEmpty()) {
      run.finish();
      service.recordAll(run);
      service.runs().remove(run.token());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
