package io.github.appaware.server.local;

import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.server.ClientConnection;
import io.github.appaware.server.ClientSession;
import io.github.appaware.server.DecisionService;
import io.github.appaware.server.Run;
import io.github.appaware.server.upstream.UpstreamServer;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Handles what the clients of a local server say. A client's first message proves what it is: the
 * launcher by its key, an agent by its run's token, a console by the console key.
 *
 * <p>A launcher whose connection breaks before its target ended was killed: the run's processes are
 * ended as well.
 */
final class LocalClients implements ClientConnection.Handler {
  private final ServerOptions options;
  private final String machine;
  private final String consoleKey;
  private final DecisionService service;
  private final UpstreamServer upstream;
  private final ClientProcesses processes;
  private final Runnable finish;
  private final Map<ClientConnection, SocketChannel> channels = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();

  /**
   * For one server.
   *
   * @param upstream or null
   * @param finish ends the server
   */
  LocalClients(
      ServerOptions options,
      String machine,
      String consoleKey,
      DecisionService service,
      UpstreamServer upstream,
      ClientProcesses processes,
      Runnable finish) {
    this.options = options;
    this.machine = machine;
    this.consoleKey = consoleKey;
    this.service = service;
    this.upstream = upstream;
    this.processes = processes;
    this.finish = finish;
  }

  /** Serves a client that has connected. */
  void accepted(SocketChannel channel) {
    ClientConnection client = new ClientConnection(new FrameChannel(channel), this);
    channels.put(client, channel);
    boolean isStarted = false;
    try {
      client.start(numbers.incrementAndGet());
      isStarted = true;
    } finally {
      if (!isStarted) {
        channels.remove(client);
      }
    }
  }

  @Override
  public void receive(ClientConnection client, Message message) throws IOException {
    ClientSession session = client.session().orElse(null);
    boolean isWelcomed = session != null && !(session instanceof ClientSession.UnidentifiedAgent);
    if (isWelcomed && message instanceof Message.Ping) {
      client.send(new Message.Pong());
    } else if (session instanceof ClientSession.AgentSession agent) {
      receiveFromAgent(client, agent, message);
    } else if (session instanceof ClientSession.LauncherSession launcher) {
      String user = launcher.run().application().user();
      if (!isAboutQuestions(client, user, message)) {
        receiveFromLauncher(client, launcher.run(), message);
      }
    } else if (session instanceof ClientSession.ConsoleSession console) {
      if (answers(message)) {
        requireOutside(client, console);
      }
      if (!isAboutQuestions(client, console.user(), message)) {
        throw unexpected(message);
      }
    } else if (session == null) {
      receiveFirst(client, message);
    } else {
      throw outOfTurn(message);
    }
  }

  /** What can leave processes behind waits until these stay in the launcher's tree. */
  private void receiveFromAgent(
      ClientConnection client, ClientSession.AgentSession agent, Message message)
      throws IOException {
    Run run = agent.run();
    boolean mayDetach = message instanceof Message.Ask ask && ask.event() instanceof Event.Blind;
    service.receiveFromAgent(
        client,
        agent,
        message,
        mayDetach
            ? origin -> run.adopt(() -> run.sources().complete(origin))
            : run.sources()::complete);
  }

  private boolean isAboutQuestions(ClientConnection client, String user, Message message) {
    if (message instanceof Message.Flush flush) {
      service.flush(client, flush);
      return true;
    }
    return service.receiveFromResponder(client, user, message);
  }

  private void receiveFirst(ClientConnection client, Message message) throws IOException {
    if (message instanceof Message.Vouch vouch) {
      vouch(client, vouch);
    } else if (message instanceof Message.Guard guard) {
      guard(client, guard);
    } else if (message instanceof QuestionMessage.Watch watch) {
      watch(client, watch);
    } else if (message instanceof Message.Hello hello) {
      hello(client, hello);
    } else if (message instanceof Message.Register register) {
      register(client, register);
    } else {
      throw outOfTurn(message);
    }
  }

  private void vouch(ClientConnection client, Message.Vouch vouch) throws IOException {
    if (!Secrets.areSame(options.key(), vouch.key())) {
      throw new IOException("no guard of this run");
    }
    processes.vouched(channels.get(client), vouch.pid());
  }

  /** The launcher's guard asks for a process, which it has measured. */
  private void guard(ClientConnection client, Message.Guard guard) throws IOException {
    Run run = run(guard.token());
    if (guard.version() != Message.VERSION
        || !Secrets.areSame(options.key(), guard.key())
        || run == null
        || run.isFinished()) {
      throw new IOException("no guard of this run");
    }
    run.joinGuard(client);
    client.session(new ClientSession.UnidentifiedAgent(run, guard.application().pid()));
    afterUpstream(
        client, guard.application(), () -> service.admitGuard(run, client, guard.application()));
  }

  private static IOException unexpected(Message message) {
    return new IOException("not for a server: " + message.getClass().getSimpleName());
  }

  private static IOException outOfTurn(Message message) {
    return new IOException("out of turn: " + message.getClass().getSimpleName());
  }

  private void watch(ClientConnection client, QuestionMessage.Watch watch) throws IOException {
    if (watch.version() != Message.VERSION) {
      client.refuse("console and server are of different versions of appaware");
    } else if (!Secrets.areSame(consoleKey, watch.key())) {
      throw new IOException("no console of this server");
    } else {
      admitConsole(client, watch.user());
    }
  }

  private static boolean answers(Message message) {
    return message instanceof QuestionMessage.Answer
        || message instanceof QuestionMessage.Pin
        || message instanceof QuestionMessage.DenyRest
        || message instanceof QuestionMessage.TakeBack;
  }

  /** The process must still be there, and of no run: asked anew, as processes come and go. */
  private void requireOutside(ClientConnection client, ClientSession.ConsoleSession console)
      throws IOException {
    try {
      String unused = processes.console(channels.get(client), console.user());
    } catch (IOException e) {
      refused(e);
      throw e;
    }
  }

  private void refused(IOException why) {
    service.runs().noticeAll("a console was refused: " + why.getMessage());
    service.runs().all().forEach(run -> recordImpostor(run, why));
  }

  private void admitConsole(ClientConnection client, String claimed) {
    String user;
    try {
      user = processes.console(channels.get(client), claimed);
    } catch (IOException e) {
      refused(e);
      client.refuse("no console of this server: " + e.getMessage());
      return;
    }
    service.admit(client, new ClientSession.ConsoleSession(user, true));
  }

  /** A line of the record: it reached for the server's socket with a secret of the run. */
  private void recordImpostor(Run run, IOException refusal) {
    if (refusal instanceof ImpostorException impostor) {
      Event reached = new Event.Unix(EventKind.CONNECT, options.socket().toString());
      service.refused(run, impostor.pid(), reached);
    }
  }

  private void hello(ClientConnection client, Message.Hello hello) {
    Run run = hello.version() == Message.VERSION ? run(hello.token()) : null;
    if (hello.version() != Message.VERSION) {
      client.refuse("agent and server are of different versions of appaware");
    } else if (run == null || run.isFinished()) {
      client.refuse("the run it belongs to is over or unknown");
    } else {
      measure(client, run, hello.pid());
    }
  }

  private void measure(ClientConnection client, Run run, long claimed) {
    long pid;
    try {
      pid = processes.agent(channels.get(client), claimed);
    } catch (IOException e) {
      run.notice("an agent was refused: " + e.getMessage());
      recordImpostor(run, e);
      client.refuse(e.getMessage());
      return;
    }
    if (!run.greet(pid, started(pid))) {
      String why = "process " + pid + " has an agent already, and says once more that it is one";
      run.notice("an agent was refused: " + why);
      recordImpostor(run, new ImpostorException(pid, why));
      client.refuse(why);
      return;
    }
    processes.weakness().ifPresent(run::notice);
    client.session(new ClientSession.UnidentifiedAgent(run, pid));
    run.measure(client, pid);
  }

  private static String started(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().startInstant())
        .map(Instant::toString)
        .orElse("");
  }

  private Run run(String token) {
    for (Run run : service.runs().all()) {
      if (Secrets.areSame(run.token(), token)) {
        return run;
      }
    }
    return null;
  }

  private void register(ClientConnection client, Message.Register register) throws IOException {
    if (register.version() != Message.VERSION || !Secrets.areSame(options.key(), register.key())) {
      throw new IOException("no launcher of this server");
    }
    Run run =
        new Run(register.token(), client, register.application(), machine, register.guarded());
    client.session(new ClientSession.LauncherSession(run));
    service.runs().add(register.token(), run);
    afterUpstream(
        client,
        register.application(),
        () -> {
          client.send(new Message.Welcome(service.epoch()));
          service.warnings().forEach(run::notice);
          Application unused = service.withPolicyId(run, register.application());
        });
  }

  /** Goes on once the upstream server, if there is one, has accepted the process too. */
  private void afterUpstream(ClientConnection client, Application application, Runnable then) {
    if (upstream == null) {
      then.run();
      return;
    }
    var unused =
        upstream
            .join(client, application)
            .whenComplete(
                (done, failure) -> {
                  if (failure == null) {
                    then.run();
                  } else {
                    client.refuse(failure.getMessage());
                  }
                });
  }

  private void receiveFromLauncher(ClientConnection client, Run run, Message message)
      throws IOException {
    if (message instanceof Message.Started started) {
      run.started(started.pid());
      service.runs().changed(run);
    } else if (message instanceof Message.Measured measured) {
      ClientConnection agent = run.measured(measured.id());
      if (agent != null) {
        Application application = measured.application();
        afterUpstream(agent, application, () -> service.admit(run, agent, application));
      }
    } else if (message instanceof Message.SourcesMeasured measured) {
      run.sources().measured(measured);
    } else if (message instanceof Message.Adopting) {
      run.adopting();
    } else if (message instanceof Message.Unjudged unjudged) {
      service.unjudged(run, unjudged);
    } else if (message instanceof Message.Unmeasured unmeasured) {
      ClientConnection agent = run.measured(unmeasured.id());
      if (agent != null) {
        agent.refuse("its process can't be identified: " + unmeasured.why());
      }
    } else if (message instanceof Message.Finish) {
      run.finish();
      service.awaitAnswers();
      if (run.isUnrecorded()) {
        service.unjudged(run);
      }
      service.recordAll(run);
      client.send(run.summary(service.policy()));
      service.runs().changed(run);
    } else {
      throw unexpected(message);
    }
  }

  @Override
  public void gone(ClientConnection client) {
    channels.remove(client);
    service.gone(client);
    if (!(client.session().orElse(null) instanceof ClientSession.RunSession session)) {
      return;
    }
    Run run = session.run();
    if (session instanceof ClientSession.LauncherSession) {
      launcherGone(run);
    } else {
      run.remove(client);
      service.recordAll(run);
      service.runs().changed(run);
    }
    if (run.isOver()) {
      finish.run();
    }
  }

  private void launcherGone(Run run) {
    boolean isKilled = !run.isFinished();
    run.launcherGone();
    if (isKilled) {
      try {
        RunProcesses.end(run, options.directory());
      } finally {
        finish.run(); // even if that failed: no one is left to serve
      }
    }
  }
}
