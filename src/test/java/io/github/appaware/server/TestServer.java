package io.github.appaware.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Application;
import io.github.appaware.policy.PolicyException;
import io.github.appaware.wire.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A decision server on a real socket, in this JVM, with a fake launcher and fake agents. */
final class TestServer {
  static final String KEY = "the key";
  static final String TOKEN = "the token";

  /** Allows {@code yes.example}, denies the rest. */
  static final String[] RULES = {
    "[default]",
    "unknown = 'deny'",
    "[[rule]]",
    "id = 'yes'",
    "action = 'allow'",
    "host = 'yes.example'"
  };

  private final ServerOptions options;
  private final DecisionServer server;
  private final Thread serving;
  private final List<Peer> peers = new ArrayList<>();

  private TestServer(ServerOptions options) throws IOException, PolicyException {
    this.options = options;
    this.server = DecisionServer.open(options, "host", new FakeClock());
    this.serving = new Thread(server::serve, "serving");
    serving.setDaemon(true);
    serving.start();
  }

  /** A server under {@link #RULES} that records to a file of its own. */
  static TestServer start(Path directory) throws IOException, PolicyException {
    return start(directory, directory.resolve("log"), RULES);
  }

  static TestServer start(Path directory, Path log, String... rules)
      throws IOException, PolicyException {
    Path policy = Files.writeString(directory.resolve("p.toml"), Samples.text(rules));
    return new TestServer(
        new ServerOptions(
            directory, KEY, Mode.ENFORCE, OutOfSight.ALLOW, log, List.of(policy), null, null));
  }

  DecisionServer server() {
    return server;
  }

  Path policy() {
    return options.policies().get(0);
  }

  List<String> recorded() throws IOException {
    return Files.readAllLines(options.log());
  }

  Peer connect() throws IOException {
    Peer peer = new Peer(options.socket());
    peers.add(peer);
    return peer;
  }

  Peer launcher() throws IOException {
    Peer launcher = connect();
    launcher.say(new Message.Register(Message.VERSION, KEY, TOKEN, Samples.APP));
    launcher.hear(new Message.Welcome(1));
    return launcher;
  }

  /** A client that said hello and was not measured yet. */
  Peer stranger(long pid) throws IOException {
    Peer agent = connect();
    agent.say(new Message.Hello(Message.VERSION, TOKEN, pid));
    return agent;
  }

  /** An agent in the process that the launcher measured. */
  Peer agent(Peer launcher, long pid) throws IOException {
    Peer agent = stranger(pid);
    Message.Measure measure = launcher.hear(Message.Measure.class);
    assertThat(measure.pid()).isEqualTo(pid);
    Application measured = Samples.APP.in(pid, "parent.jar");
    launcher.say(new Message.Measured(measure.id(), measured));
    agent.hear(Message.Welcome.class);
    return agent;
  }

  /** Waits for the end of {@link DecisionServer#serve}. */
  void awaitEnd() throws InterruptedException {
    serving.join(20_000);
    assertThat(serving.isAlive()).isFalse();
  }

  boolean isServing() {
    return serving.isAlive();
  }

  /** Closes what is open and waits for the end of the server. */
  void stop() throws IOException, InterruptedException {
    for (Peer peer : peers) {
      peer.close();
    }
    server.close();
    awaitEnd();
  }
}
