package io.github.appaware.server.resident;

import io.github.appaware.event.BlindMode;
import io.github.appaware.event.Mode;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.record.RecordSink;
import io.github.appaware.server.DaemonThreads;
import io.github.appaware.server.DecisionService;
import io.github.appaware.server.PeerFinder;
import io.github.appaware.server.PolicyStore;
import io.github.appaware.server.ServerMeters;
import io.github.appaware.server.ServerState;
import io.github.appaware.server.ServerStatus;
import io.github.appaware.server.ServiceOptions;
import io.github.appaware.server.Uninterruptibly;
import io.github.appaware.trust.ServerTrust;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Serves many hosts over TLS: agents ask, operators see and answer, auditors see. {@link
 * TlsAcceptor} accepts connections, {@link RemoteMessages} handles what clients say, {@link
 * ConnectionMonitor} closes connections.
 */
public final class ResidentServer implements Closeable {
  /**
   * What a user chooses.
   *
   * @param mode what happens to events that the policy does not decide
   * @param blind what happens to blind events
   * @param log opens the record, once the policy is known to be good; null for none
   * @param maxClients connections at a time; more are rejected
   * @param meters count what happens
   */
  public record Options(
      Mode mode, BlindMode blind, RecordSink.Opener log, int maxClients, ServerMeters meters) {}

  /**
   * How long questions wait for a console after the server's start, or after its connection broke.
   * Agents and consoles come back in no order: each tries again after at most five seconds plus up
   * to half of that by chance, then makes its handshake.
   */
  public static final Duration RESPONDER_RETURN = Duration.ofSeconds(10);

  private final DecisionService service;
  private final ServerTrust trust;
  private final RemoteRuns runs;
  private final ConnectionMonitor monitor;
  private final TlsAcceptor acceptor;
  private final RemoteClients clients = new RemoteClients();
  private final Attendance attendance;
  private final Instant started;
  private final Consumer<String> log;
  private final CountDownLatch over = new CountDownLatch(1);
  private final ScheduledExecutorService timer = DaemonThreads.timer("resident-watch");

  private ResidentServer(
      DecisionService service,
      ServerTrust trust,
      Consumer<String> log,
      Options options,
      Instant started) {
    this.service = service;
    this.started = started;
    this.attendance = new Attendance(log, System::nanoTime);
    this.trust = trust;
    this.log = log;
    RejectionLog rejections = new RejectionLog(log, options.meters());
    this.runs = new RemoteRuns(service, clients);
    this.monitor = new ConnectionMonitor(clients, rejections, trust.revocations());
    RemoteMessages messages = new RemoteMessages(service, trust, clients, runs, rejections, log);
    this.acceptor =
        new TlsAcceptor(trust, messages, clients, monitor, rejections, log, options.maxClients());
  }

  /**
   * Reads the policy and opens the record; {@link #listen} opens the ports.
   *
   * @param machine the server's own name
   * @param log receives what the server's administrator should know
   * @throws PolicyException with all problems of the policy
   * @throws IOException when the store can't be reached or the record can't be opened
   */
  public static ResidentServer open(
      Options options,
      PolicyStore store,
      ServerTrust trust,
      String machine,
      Clock clock,
      Consumer<String> log)
      throws IOException, PolicyException {
    ServiceOptions serviceOptions =
        new ServiceOptions(
            machine,
            options.mode(),
            options.blind(),
            options.log(),
            null,
            null,
            PeerFinder.REMOTE,
            options.meters(),
            RESPONDER_RETURN);
    DecisionService service = DecisionService.open(serviceOptions, store, clock);
    return new ResidentServer(service, trust, log, options, clock.instant());
  }

  /** Opens a port; returns its number, which the system chose if 0 was given. */
  public int listen(String host, int port) throws IOException {
    return acceptor.listen(host, port);
  }

  /** Serves until {@link #finish} or {@link #close}. */
  public void serve() {
    service.start(log);
    trust.revocations().start(monitor::closeRevoked);
    var unused = timer.scheduleWithFixedDelay(this::monitor, 1, 1, TimeUnit.SECONDS);
    service.warnings().forEach(log);
    Uninterruptibly.await(over);
  }

  private void monitor() {
    try {
      monitor.closeSilent();
      monitor.closeRevoked();
      attendance.report(clients.connected());
    } catch (RuntimeException e) { // thrown on, it would end the timer
      log.accept("connections can't be checked: " + e);
    }
  }

  /** {@link #serve} returns. */
  public void finish() {
    over.countDown();
  }

  /** The present state; for any thread. */
  public ServerState state() {
    return service.state();
  }

  /**
   * The present state with the names of clients and runs; for any thread.
   *
   * @param addresses on which it listens
   */
  public ServerStatus status(List<String> addresses) {
    return new ServerStatus(
        service.state(), started, addresses, clients.connected(), service.runs().known());
  }

  @Override
  public void close() throws IOException {
    finish();
    acceptor.close();
    timer.shutdownNow();
    runs.close();
    trust.close();
    service.close();
  }
}
