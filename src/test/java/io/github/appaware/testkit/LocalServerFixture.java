package io.github.appaware.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Application;
import io.github.appaware.event.BlindMode;
import io.github.appaware.event.Mode;
import io.github.appaware.policy.model.PolicyException;
import io.github.appaware.server.local.ClaimedProcesses;
import io.github.appaware.server.local.ConsoleKey;
import io.github.appaware.server.local.LocalServer;
import io.github.appaware.server.local.ServerOptions;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** A decision server on a real socket, in this JVM, with a fake launcher and fake agents. */
public final class LocalServerFixture {
  public static final String KEY = "the key";
  public static final String TOKEN = "the token";

  /** Allows {@code yes.example}, denies the rest. */
  private static final String[] RULES = {
    "[default]",
    "unknown = 'deny'",
    "[[rule]]",
    "id = 'yes'",
    "action = 'allow'",
    "host = 'yes.example'"
  };

  public static String[] rules() {
    return RULES.clone();
  }

  private final ServerOptions options;
  private final FakeClock clock = new FakeClock();
  private final LocalServer server;
  private final Thread serving;
  private final List<FakeClient> peers = new ArrayList<>();

  /** Opens a server in a way of the test's own. */
  public interface Opener {
    LocalServer open(ServerOptions options, Clock clock) throws IOException, PolicyException;
  }

  private LocalServerFixture(ServerOptions options, Opener opener)
      throws IOException, PolicyException {
    this.options = options;
    this.server = opener.open(options, clock);
    this.serving = new Thread(server::serve, "serving");
    serving.setDaemon(true);
    serving.start();
  }

  /** A server under {@link #rules} that records to a file of its own. */
  public static LocalServerFixture start(Path directory) throws IOException, PolicyException {
    return start(directory, directory.resolve("log"), RULES);
  }

  public static LocalServerFixture start(Path directory, Path log, String... rules)
      throws IOException, PolicyException {
    return start(Mode.ENFORCE, directory, log, null, rules);
  }

  /** A server that has people asked, and keeps their answers in its policy file. */
  public static LocalServerFixture asking(Path directory, String... rules)
      throws IOException, PolicyException {
    return start(Mode.ASK, directory, directory.resolve("log"), null, rules);
  }

  public static LocalServerFixture start(
      Mode mode, Path directory, Path log, Path answers, String... rules)
      throws IOException, PolicyException {
    return new LocalServerFixture(
        options(mode, directory, log, answers, rules),
        (options, clock) -> LocalServer.open(options, "host", clock, new ClaimedProcesses()));
  }

  /** A server under {@link #rules} that is opened in a way of the test's own. */
  public static LocalServerFixture start(Path directory, Opener opener)
      throws IOException, PolicyException {
    Path log = directory.resolve("log");
    return new LocalServerFixture(options(Mode.ENFORCE, directory, log, null, RULES), opener);
  }

  private static ServerOptions options(
      Mode mode, Path directory, Path log, Path answers, String... rules) throws IOException {
    Path policy = Files.writeString(directory.resolve("p.toml"), Samples.text(rules));
    return new ServerOptions(
        directory, KEY, mode, BlindMode.ALLOW, log, List.of(policy), answers, null);
  }

  public LocalServer server() {
    return server;
  }

  public FakeClock clock() {
    return clock;
  }

  public Path socket() {
    return options.socket();
  }

  public Path policy() {
    return options.policies().get(0);
  }

  public List<String> recorded() throws IOException {
    return Files.readAllLines(options.log());
  }

  public FakeClient connect() throws IOException {
    FakeClient peer = new FakeClient(options.socket());
    peers.add(peer);
    return peer;
  }

  public FakeClient launcher() throws IOException {
    return launcher(TOKEN, Samples.APP);
  }

  /** The launcher of a run. */
  public FakeClient launcher(String token, Application target) throws IOException {
    FakeClient launcher = connect();
    launcher.say(new Message.Register(Message.VERSION, KEY, token, target));
    launcher.hear(new Message.Welcome(1));
    return launcher;
  }

  /** A console that answers questions, after it received this many runs. */
  public FakeClient console(String user, int runs) throws IOException {
    FakeClient console = connect();
    String key = ConsoleKey.read(options.consoleKey());
    console.say(new QuestionMessage.Watch(Message.VERSION, key, user));
    console.hear(Message.Welcome.class);
    for (int i = 0; i < runs; i++) {
      console.hear(QuestionMessage.RunInfo.class);
    }
    console.say(new QuestionMessage.Attend(true));
    console.settle(); // a question may come before
    return console;
  }

  /** A client that said hello and was not measured yet. */
  public FakeClient stranger(long pid) throws IOException {
    return stranger(TOKEN, pid);
  }

  private FakeClient stranger(String token, long pid) throws IOException {
    FakeClient agent = connect();
    agent.say(new Message.Hello(Message.VERSION, token, pid));
    return agent;
  }

  /** An agent in the process that the launcher measured. */
  public FakeClient agent(FakeClient launcher, long pid) throws IOException {
    return agent(launcher, TOKEN, Samples.APP, pid);
  }

  /** An agent of another run, or in another application. */
  public FakeClient agent(FakeClient launcher, String token, Application app, long pid)
      throws IOException {
    FakeClient agent = stranger(token, pid);
    Message.Measure measure = launcher.hear(Message.Measure.class);
    assertThat(measure.pid()).isEqualTo(pid);
    Application measured = app.withProcess(pid, "parent.jar");
    launcher.say(new Message.Measured(measure.id(), measured));
    agent.hear(Message.Welcome.class);
    return agent;
  }

  /** Waits for the end of {@link LocalServer#serve}. */
  public void awaitEnd() throws InterruptedException {
    serving.join(20_000);
    assertThat(serving.isAlive()).isFalse();
  }

  public boolean isServing() {
    return serving.isAlive();
  }

  /** Closes what is open and waits for the end of the server. */
  public void stop() throws IOException, InterruptedException {
    for (FakeClient peer : peers) {
      peer.close();
    }
    server.close();
    awaitEnd();
  }
}
