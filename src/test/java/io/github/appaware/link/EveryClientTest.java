package io.github.appaware.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.agent.TestedAgent;
import io.github.appaware.cli.TestedConsole;
import io.github.appaware.server.upstream.TestedUpstream;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.QuestionMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Servers that are dropped, delayed and restarted under each of the clients, with the same
 * expectations and the same numbers for all of them.
 */
@Timeout(300)
class EveryClientTest {
  private static final long MILLI = 1_000_000;

  private final FakeServer server = new FakeServer();
  private final FakeServer other = new FakeServer();
  private final FakeTime time = new FakeTime();
  private TestedClient client;

  static Stream<Named<TestedClient.Maker>> clients() {
    return Stream.of(
        Named.of("agent", TestedAgent::new),
        Named.of("upstream", TestedUpstream::new),
        Named.of("console", TestedConsole::new));
  }

  @AfterEach
  void end() throws IOException {
    server.close();
    other.close();
    client.close();
  }

  /** Answers what a console asks on its arrival, and no pings. */
  private static FakeServer.Peer settle(FakeServer.Peer peer) throws IOException {
    if (peer.first() instanceof QuestionMessage.Watch) {
      peer.say(new Message.Noted(peer.hear(Message.Flush.class).id()));
    }
    return peer;
  }

  private FakeServer.Peer start(TestedClient.Maker maker, FakeServer... servers) throws Exception {
    client = maker.make(new FakeServers(servers), time);
    client.start();
    FakeServer.Peer peer = settle(server.welcome(7));
    assertThat(client.news()).isEqualTo("connected");
    return peer;
  }

  private void assertBack(FakeServer at) throws Exception {
    settle(at.welcome(8));
    assertThat(client.news()).isEqualTo("back");
  }

  /** Of a pause that is to be this long, and by chance up to half of it more or less. */
  private void assertPause(long millis) throws Exception {
    assertThat(time.pass()).isBetween(millis * MILLI / 2, millis * MILLI * 3 / 2 - 1);
  }

  /** Two seconds each. */
  private void answerPings(FakeServer.Peer peer, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      time.second();
      time.second();
      assertThat(peer.raw()).isEqualTo(new Message.Ping());
      peer.pong();
    }
  }

  @ParameterizedTest
  @MethodSource("clients")
  void everyTwoSecondsItPingsAServerThatAnswersAndStays(TestedClient.Maker maker) throws Exception {
    FakeServer.Peer peer = start(maker, server);

    answerPings(peer, 20);
    peer.close();
    assertThat(client.news()).as("and not before").isEqualTo("lost");
  }

  @ParameterizedTest
  @MethodSource("clients")
  void aServerThatSendsNothingForSixSecondsIsLost(TestedClient.Maker maker) throws Exception {
    start(maker, server);

    for (int i = 0; i < 5; i++) {
      time.second();
    }
    assertThat(client.newsUntilNow()).isNull();
    String news = null;
    while (news == null) { // from when the client reads: SilenceTest has the exact number
      time.second();
      news = client.newsUntilNow();
    }

    assertThat(news).isEqualTo("lost");
    assertPause(100);
    assertBack(server);
  }

  @ParameterizedTest
  @MethodSource("clients")
  void aServerThatTakesConnectionsAndSendsNothingIsLeftForTheNext(TestedClient.Maker maker)
      throws Exception {
    start(maker, server, other).close();
    assertThat(client.news()).isEqualTo("lost");
    assertPause(100);
    FakeServer.Peer mute = server.accept();
    assertThat(mute.hear()).isNotNull();
    for (int i = 0; i < 7; i++) { // the first check finds that the server was heard before
      time.second();
    }

    assertBack(other);
  }

  @ParameterizedTest
  @MethodSource("clients")
  void aServerThatIsGoneIsReplacedByTheNext(TestedClient.Maker maker) throws Exception {
    start(maker, server, other);
    server.close();

    assertThat(client.news()).isEqualTo("lost");
    assertPause(100);
    assertBack(other);
  }

  @ParameterizedTest
  @MethodSource("clients")
  void thePausesGrowToFiveSecondsAndBeginAnewAfterAGoodConnection(TestedClient.Maker maker)
      throws Exception {
    start(maker, server);
    server.close();
    assertThat(client.news()).isEqualTo("lost");
    for (long pause : new long[] {100, 200, 400, 800, 1_600, 3_200, 5_000}) {
      assertPause(pause);
    }
    time.awaitPause();
    server.listen();
    assertPause(5_000);
    FakeServer.Peer peer = settle(server.welcome(8));
    assertThat(client.news()).isEqualTo("back");
    peer.close();
    assertThat(client.news()).isEqualTo("lost");
    assertPause(5_000);
    peer = settle(server.welcome(9));
    assertThat(client.news()).isEqualTo("back");
    answerPings(peer, 6);
    peer.close();
    assertThat(client.news()).isEqualTo("lost");
    assertPause(100);
    assertBack(server);
  }

  @ParameterizedTest
  @MethodSource("clients")
  void theReasonIsToldWhenNoServerAcceptsItAtFirst(TestedClient.Maker maker) throws Exception {
    client = maker.make(new FakeServers(server, other), time);
    client.start();
    FakeServer.Peer first = server.accept();
    assertThat(first.hear()).isNotNull();
    first.say(new Message.Refused("of another version"));
    FakeServer.Peer second = other.accept();
    assertThat(second.hear()).isNotNull();
    second.say(new Message.Epoch(1));

    assertThat(client.news())
        .isEqualTo(
            "failed server 0 refuses this process: of another version; server 1 does not answer"
                + " as a decision server");
  }

  /** Nobody waits for a back-off: neither the end of a JVM nor that of a run. */
  @ParameterizedTest
  @MethodSource("clients")
  void theEndDoesNotWaitForAPause(TestedClient.Maker maker) throws Exception {
    start(maker, server);
    server.close();
    assertThat(client.news()).isEqualTo("lost");
    long before = time.now();
    long began = System.nanoTime();

    client.close();

    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(1_500));
    assertThat(time.now()).isEqualTo(before);
  }

  static Stream<Named<TestedClient.Maker>> threads() {
    return clients().limit(2); // a console's thread is the process's own
  }

  @ParameterizedTest
  @MethodSource("threads")
  void anErrorInTheThreadThatConnectsIsRecoveredFrom(TestedClient.Maker maker) throws Exception {
    FakeServer.Peer peer = start(maker, server);
    time.failNextPause(new OutOfMemoryError("of the test"));
    peer.close();

    assertThat(client.news()).isEqualTo("lost");
    assertThat(time.pass()).isEqualTo(Timing.CHECK);
    assertBack(server);
  }
}
