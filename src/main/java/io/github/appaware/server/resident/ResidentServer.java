package io.github.appaware.server.resident;

import io.github.appaware.event.Application;
import io.github.appaware.event.BlindMode;
import io.github.appaware.event.Mode;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.record.RecordSink;
import io.github.appaware.server.ClientConnection;
import io.github.appaware.server.ClientSession;
import io.github.appaware.server.DecisionService;
import io.github.appaware.server.PolicyStore;
import io.github.appaware.server.Run;
import io.github.appaware.server.ServerMeters;
import io.github.appaware.server.ServerState;
import io.github.appaware.server.Truncation;
import io.github.appaware.trust.PeerIdentity;
import io.github.appaware.trust.Role;
import io.github.appaware.trust.ServerTrust;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import io.github.appaware.wire.WireException;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Serves many hosts over TLS: agents ask, operators see and answer, auditors see. What a client may
 * say depends on the role in its certificate, and its machine is the name there, whatever it says
 * itself.
 */
public final class ResidentServer implements ClientConnection.Handler, Closeable {
  /**
   * What a user chooses.
   *
   * @param mode what becomes of what the policy leaves open
   * @param blind what becomes of what leaves appaware's sight
   * @param log opens the record, once the policy is known to be good; null for none
   * @param mostClients connections at a time; more are turned away
   * @param meters count what happens
   */
  public record Options(
      Mode mode, BlindMode blind, RecordSink.Opener log, int mostClients, ServerMeters meters) {}

  /** Clients say something every two seconds; one that does not is gone. */
  private static final long SILENCE_SECONDS = 15;

  private static final String OTHER_VERSION = "install the same version of appaware on both sides";

  /**
   * After a restart agents and consoles come back by themselves, in no order: each tries again
   * after five seconds at the latest, up to half as much more by chance, then shakes hands. So long
   * questions wait for a console; and as long for one whose connection broke, which comes back
   * likewise.
   */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How long a run without any process is known: it may come back. */
  private static final long MEMORY_SECONDS = 60;

  /** Runs that are known without any process. */
  private static final int MOST_REMEMBERED = 1_000;

  /** Whoever is sent away has so long to read why. */
  private static final long FAREWELL = TimeUnit.MILLISECONDS.toNanos(500);

  /** Of a run's name, which the other side chooses. */
  private static final int LONGEST_NAME = 64;

  private final DecisionService service;
  private final ServerTrust trust;
  private final TlsAcceptor acceptor;
  private final ServerMeters meters;
  private final Consumer<String> teller;
  private final Map<ClientConnection, PeerIdentity> peers = new ConcurrentHashMap<>();

  /** Who is sent away, and when that began: nothing of what it says counts any more. */
  private final Map<ClientConnection, Long> unwelcome = new ConcurrentHashMap<>();

  private final CountDownLatch over = new CountDownLatch(1);
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "resident-watch");
            thread.setDaemon(true);
            return thread;
          });

  private ResidentServer(
      DecisionService service, ServerTrust trust, Consumer<String> teller, Options options) {
    this.service = service;
    this.trust = trust;
    this.teller = teller;
    this.meters = options.meters();
    this.acceptor = new TlsAcceptor(trust, this::enter, this, teller, options);
  }

  /**
   * Reads the policy and opens the record; {@link #listen} opens the ports.
   *
   * @param machine the server's own name
   * @param teller what the server's administrator should know
   * @throws PolicyException with all problems of the policy
   * @throws IOException when the store can't be reached or the record not be opened
   */
  public static ResidentServer open(
      Options options,
      PolicyStore store,
      ServerTrust trust,
      String machine,
      Clock clock,
      Consumer<String> teller)
      throws IOException, PolicyException {
    DecisionService.Setup setup =
        new DecisionService.Setup(
            machine,
            options.mode(),
            options.blind(),
            options.log(),
            null,
            null,
            options.meters(),
            PATIENCE);
    DecisionService service = DecisionService.open(setup, store, clock);
    return new ResidentServer(service, trust, teller, options);
  }

  /** Opens a port; the answer is its number, also where 0 let the system choose. */
  public int listen(String host, int port) throws IOException {
    return acceptor.listen(host, port);
  }

  /** Serves until {@link #finish} or {@link #close}. */
  public void serve() {
    service.start(teller);
    trust.revocations().start(this::closeUnwelcome);
    var unused = timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    service.warnings().forEach(teller);
    boolean interrupted = false;
    while (true) {
      try {
        over.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** {@link #serve} returns. */
  public void finish() {
    over.countDown();
  }

  /** How it is now; for any thread. */
  public ServerState state() {
    return service.state();
  }

  private void enter(ClientConnection client, Optional<PeerIdentity> peer, int number) {
    peer.ifPresent(known -> peers.put(client, known));
    client.start(number);
  }

  private void look() {
    try {
      for (ClientConnection client : acceptor.clients()) {
        if (client.isSilent(TimeUnit.SECONDS.toNanos(SILENCE_SECONDS)) && !client.isClosed()) {
          meters.refused(ServerMeters.Refusal.PROTOCOL);
          acceptor.refused(
              who(client),
              "it said nothing for " + SILENCE_SECONDS + " s",
              "its host or its network is gone; it comes back by itself");
          client.close();
        }
      }
      closeUnwelcome();
    } catch (RuntimeException e) { // or nobody would look again
      teller.accept("connections can't be checked: " + e);
    }
  }

  /** Also those whose certificate has expired meanwhile. */
  private void closeUnwelcome() {
    peers.forEach(
        (client, peer) -> {
          String refusal = trust.revocations().refusal(peer);
          if (!refusal.isEmpty() && unwelcome.putIfAbsent(client, System.nanoTime()) == null) {
            meters.refused(ServerMeters.Refusal.CERTIFICATE);
            acceptor.refused(
                "`" + peer.name() + "`",
                refusal,
                "to let it in again: `appaware server token --role "
                    + peer.role().label()
                    + " --name "
                    + peer.name()
                    + "`, and `appaware enroll` there");
            client.refuse(refusal);
          }
        });
    long now = System.nanoTime();
    unwelcome.keySet().retainAll(acceptor.clients());
    unwelcome.forEach(
        (client, since) -> {
          if (now - since > FAREWELL) {
            client.close(); // it may not even read
          }
        });
  }

  @Override
  public void receive(ClientConnection client, Message message) throws IOException {
    PeerIdentity peer = peers.get(client);
    ClientSession session = client.session().orElse(null);
    if (unwelcome.containsKey(client)) {
      return;
    }
    if (peer == null) {
      strange(client, message);
    } else if (message instanceof Message.Renew renew) {
      renew(client, peer, renew);
    } else if (session != null && message instanceof Message.Ping) {
      client.send(new Message.Pong());
    } else if (session instanceof ClientSession.Agent agent) {
      service.fromAgent(client, agent, message, sourced -> sourced.then().accept(sourced.origin()));
    } else if (session instanceof ClientSession.Console console) {
      if (message instanceof Message.Flush flush && !console.answers()) {
        client.send(new Message.Noted(flush.id())); // it sends nothing that takes time
      } else if (message instanceof Message.Flush flush) {
        service.flush(client, flush);
      } else if (!console.answers() || !service.fromWhoAnswers(client, console.user(), message)) {
        throw new WireException("a console may not say " + name(message));
      }
    } else if (message instanceof Message.Join join && peer.role() == Role.AGENT) {
      join(client, peer, join);
    } else if (message instanceof QuestionMessage.Watch watch && peer.role() != Role.AGENT) {
      watch(client, peer, watch);
    } else {
      throw new WireException("an " + peer.role().label() + " may not say " + name(message));
    }
  }

  /** From here on the connection is good for as long as the certificate that it asked for. */
  private void renew(ClientConnection client, PeerIdentity peer, Message.Renew renew)
      throws IOException {
    Message answer = trust.answer(peer, renew);
    if (answer instanceof Message.Renewed renewed) {
      peers.replace(client, peer, trust.peer(renewed));
    }
    client.send(answer);
  }

  private static String name(Message message) {
    return message.getClass().getSimpleName();
  }

  /** Without a certificate one may ask for one, once, and nothing else. */
  private void strange(ClientConnection client, Message message) throws IOException {
    if (!(message instanceof Message.Enroll enroll)) {
      throw new WireException("who has no certificate may not say " + name(message));
    }
    if (enroll.version() != Message.VERSION) {
      refuseVersion(client, "client", enroll.version());
      return;
    }
    Message answer;
    try {
      answer = trust.answer(enroll);
    } catch (IOException e) {
      teller.accept("nobody can be enrolled: " + e.getMessage());
      answer = new Message.Refused("the server can't write down who enrols");
    }
    if (answer instanceof Message.Refused refused) {
      meters.refused(ServerMeters.Refusal.ENROLMENT);
      acceptor.refused(
          who(client),
          "it may not enrol: " + refused.why(),
          "`appaware server token` makes a token, which is good once");
    }
    client.finish(answer);
    unwelcome.put(client, System.nanoTime());
  }

  private void join(ClientConnection client, PeerIdentity peer, Message.Join join)
      throws IOException {
    if (join.run().length() > LONGEST_NAME) {
      throw new WireException("a run's name of " + join.run().length() + " characters");
    }
    if (join.version() != Message.VERSION) {
      refuseVersion(client, "agent", join.version());
      return;
    }
    Application application =
        join.selfReported() ? join.application().asSelfReported() : join.application();
    String key = peer.name() + "/" + join.run();
    synchronized (this) {
      Run run = service.run(key).orElse(null);
      if (run == null) {
        run = new Run(key, null, Truncation.of(application), peer.name());
        service.add(key, run);
      }
      run.join(client);
      service.admit(run, client, application);
    }
  }

  private void watch(ClientConnection client, PeerIdentity peer, QuestionMessage.Watch watch) {
    if (watch.version() != Message.VERSION) {
      refuseVersion(client, "console", watch.version());
      return;
    }
    service.admit(client, new ClientSession.Console(peer.name(), peer.role() == Role.OPERATOR));
  }

  /** What it says next was said before it could know, and counts no more. */
  private void refuseVersion(ClientConnection client, String what, int version) {
    unwelcome.put(client, System.nanoTime());
    meters.refused(ServerMeters.Refusal.VERSION);
    acceptor.refused(
        who(client),
        "its messages are of version " + version + ", this server's of " + Message.VERSION,
        OTHER_VERSION);
    client.refuse(what + " and server are of different versions of appaware");
  }

  private String who(ClientConnection client) {
    PeerIdentity peer = peers.get(client);
    return peer == null ? acceptor.from(client) : "`" + peer.name() + "`";
  }

  @Override
  public void violated(ClientConnection client, Exception how) {
    meters.refused(ServerMeters.Refusal.PROTOCOL);
    acceptor.refused(who(client), how, help(peers.get(client), how));
  }

  private static String help(PeerIdentity peer, Exception how) {
    if (!(how instanceof WireException)) {
      return "its process or its network broke; it comes back by itself";
    }
    return peer == null
        ? "it can enrol, with what `appaware server token` prints, and nothing else"
        : "look what runs there; `appaware server revoke " + peer.name() + "` keeps it out";
  }

  @Override
  public void gone(ClientConnection client) {
    acceptor.gone(client);
    peers.remove(client);
    unwelcome.remove(client);
    service.gone(client);
    if (client.session().orElse(null) instanceof ClientSession.OfRun session) {
      Run run = session.run();
      run.remove(client);
      service.changed(run);
      if (run.agents().isEmpty() && service.runs().size() > MOST_REMEMBERED + acceptor.count()) {
        forget(run);
      } else if (run.agents().isEmpty()) {
        forgetLater(run);
      }
    }
  }

  private void forgetLater(Run run) {
    try {
      var unused = timer.schedule(() -> forget(run), MEMORY_SECONDS, TimeUnit.SECONDS);
    } catch (RejectedExecutionException e) {
      // The server ends, and with it all that it knows.
    }
  }

  private synchronized void forget(Run run) {
    if (run.agents().isEmpty()) {
      run.finish();
      service.remove(run.token());
    }
  }

  @Override
  public void close() throws IOException {
    finish();
    acceptor.close();
    timer.shutdownNow();
    trust.close();
    service.close();
  }
}
