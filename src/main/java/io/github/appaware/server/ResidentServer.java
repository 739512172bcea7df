package io.github.appaware.server;

import io.github.appaware.event.Application;
import io.github.appaware.policy.PolicyException;
import io.github.appaware.trust.Peer;
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
public final class ResidentServer implements Client.Handler, Closeable {
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
      Mode mode, OutOfSight blind, RecordSink.Opener log, int mostClients, Meters meters) {}

  /** Clients say something every two seconds; one that does not is gone. */
  private static final long SILENCE_SECONDS = 15;

  private static final String OTHER_VERSION = "install the same version of appaware on both sides";

  /**
   * After a restart agents and consoles come back by themselves, in no order: each tries again
   * after five seconds at the latest, up to half as much more by chance, then shakes hands. So long
   * questions wait for a console; and as long for one whose connection broke, which comes back
   * likewise.
   */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How long a run without any process is known: it may come back. */
  private static final long MEMORY_SECONDS = 60;

  /** Runs that are known without any process. */
  private static final int MOST_REMEMBERED = 1_000;

  /** Whoever is sent away has so long to read why. */
  private static final long FAREWELL = TimeUnit.MILLISECONDS.toNanos(500);

  /** Of a run's name, which the other side chooses. */
  private static final int LONGEST_NAME = 64;

  private final Core core;
  private final ServerTrust trust;
  private final Doorman doorman;
  private final Meters meters;
  private final Consumer<String> teller;
  private final Map<Client, Peer> peers = new ConcurrentHashMap<>();

  /** Who is sent away, and when that began: nothing of what it says counts any more. */
  private final Map<Client, Long> unwelcome = new ConcurrentHashMap<>();

  private final CountDownLatch over = new CountDownLatch(1);
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "resident-watch");
            thread.setDaemon(true);
            return thread;
          });

  private ResidentServer(Core core, ServerTrust trust, Consumer<String> teller, Options options) {
    this.core = core;
    this.trust = trust;
    this.teller = teller;
    this.meters = options.meters();
    this.doorman = new Doorman(trust, this::enter, this, teller, options);
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
    Core.Setup setup =
        new Core.Setup(
            machine,
            options.mode(),
            options.blind(),
            options.log(),
            null,
            null,
            options.meters(),
            PATIENCE);
    Core core = Core.open(setup, store, clock);
    return new ResidentServer(core, trust, teller, options);
  }

  /** Opens a port; the answer is its number, also where 0 let the system choose. */
  public int listen(String host, int port) throws IOException {
    return doorman.listen(host, port);
  }

  /** Serves until {@link #finish} or {@link #close}. */
  public void serve() {
    core.start(teller);
    trust.revocations().start(this::closeUnwelcome);
    var unused = timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    core.warnings().forEach(teller);
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
    return core.state();
  }

  private void enter(Client client, Optional<Peer> peer, int number) {
    peer.ifPresent(known -> peers.put(client, known));
    client.start(number);
  }

  private void look() {
    try {
      for (Client client : doorman.clients()) {
        if (client.isSilent(TimeUnit.SECONDS.toNanos(SILENCE_SECONDS)) && !client.isClosed()) {
          meters.refused(Meters.Refusal.PROTOCOL);
          doorman.refused(
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
            meters.refused(Meters.Refusal.CERTIFICATE);
            doorman.refused(
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
    unwelcome.keySet().retainAll(doorman.clients());
    unwelcome.forEach(
        (client, since) -> {
          if (now - since > FAREWELL) {
            client.close(); // it may not even read
          }
        });
  }

  @Override
  public void receive(Client client, Message message) throws IOException {
    Peer peer = peers.get(client);
    Session session = client.session().orElse(null);
    if (unwelcome.containsKey(client)) {
      return;
    }
    if (peer == null) {
      strange(client, message);
    } else if (message instanceof Message.Renew renew) {
      renew(client, peer, renew);
    } else if (message instanceof Message.Flush flush && !(session instanceof Session.Agent)) {
      client.send(new Message.Noted(flush.id())); // proof of life
    } else if (session instanceof Session.Agent agent) {
      core.fromAgent(client, agent, message, sourced -> sourced.then().accept(sourced.origin()));
    } else if (session instanceof Session.Console console) {
      if (!console.answers() || !core.fromWhoAnswers(client, console.user(), message)) {
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
  private void renew(Client client, Peer peer, Message.Renew renew) throws IOException {
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
  private void strange(Client client, Message message) throws IOException {
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
      meters.refused(Meters.Refusal.ENROLMENT);
      doorman.refused(
          who(client),
          "it may not enrol: " + refused.why(),
          "`appaware server token` makes a token, which is good once");
    }
    client.finish(answer);
    unwelcome.put(client, System.nanoTime());
  }

  private void join(Client client, Peer peer, Message.Join join) throws IOException {
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
      Run run = core.run(key).orElse(null);
      if (run == null) {
        run = new Run(key, null, Shown.of(application), peer.name());
        core.add(key, run);
      }
      run.join(client);
      core.admit(run, client, application);
    }
  }

  private void watch(Client client, Peer peer, QuestionMessage.Watch watch) {
    if (watch.version() != Message.VERSION) {
      refuseVersion(client, "console", watch.version());
      return;
    }
    core.admit(client, new Session.Console(peer.name(), peer.role() == Role.OPERATOR));
  }

  /** What it says next was said before it could know, and counts no more. */
  private void refuseVersion(Client client, String what, int version) {
    unwelcome.put(client, System.nanoTime());
    meters.refused(Meters.Refusal.VERSION);
    doorman.refused(
        who(client),
        "its messages are of version " + version + ", this server's of " + Message.VERSION,
        OTHER_VERSION);
    client.refuse(what + " and server are of different versions of appaware");
  }

  private String who(Client client) {
    Peer peer = peers.get(client);
    return peer == null ? doorman.from(client) : "`" + peer.name() + "`";
  }

  @Override
  public void violated(Client client, Exception how) {
    meters.refused(Meters.Refusal.PROTOCOL);
    doorman.refused(who(client), how, help(peers.get(client), how));
  }

  private static String help(Peer peer, Exception how) {
    if (!(how instanceof WireException)) {
      return "its process or its network broke; it comes back by itself";
    }
    return peer == null
        ? "it can enrol, with what `appaware server token` prints, and nothing else"
        : "look what runs there; `appaware server revoke " + peer.name() + "` keeps it out";
  }

  @Override
  public void gone(Client client) {
    doorman.gone(client);
    peers.remove(client);
    unwelcome.remove(client);
    core.gone(client);
    if (client.session().orElse(null) instanceof Session.OfRun session) {
      Run run = session.run();
      run.remove(client);
      core.changed(run);
      if (run.agents().isEmpty() && core.runs().size() > MOST_REMEMBERED + doorman.count()) {
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
      core.remove(run.token());
    }
  }

  @Override
  public void close() throws IOException {
    finish();
    doorman.close();
    timer.shutdownNow();
    trust.close();
    core.close();
  }
}
