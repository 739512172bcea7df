package io.github.appaware.server.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Verdict;
import io.github.appaware.link.FakeServer;
import io.github.appaware.link.FakeServers;
import io.github.appaware.link.LinkTime;
import io.github.appaware.link.Timing;
import io.github.appaware.testkit.Samples;
import io.github.appaware.wire.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A line to the server above: what breaks, what comes back, and what is told of it. */
@Timeout(300)
class UpstreamLinkTest {
  private static final Event EVENT = Samples.connect("yes.example");
  private static final Message.Used USED =
      new Message.Used(EVENT, Origin.UNKNOWN, verdict(true, Verdict.Reuse.ENDPOINT, 7), 1, 5);

  private final FakeServer server = new FakeServer();
  private final FakeServer other = new FakeServer();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> reasons = new LinkedBlockingQueue<>();
  private final BlockingQueue<Verdict> verdicts = new LinkedBlockingQueue<>();
  private final BlockingQueue<Long> persons = new LinkedBlockingQueue<>();
  private UpstreamLink link;
  private CompletableFuture<Void> first;

  @AfterEach
  void end() throws IOException {
    link.close();
    server.close();
    other.close();
  }

  private static Verdict verdict(boolean allowed, Verdict.Reuse reuse, int epoch) {
    return new Verdict(allowed, new Reason(Reason.Kind.RULE, "r", "p.toml:1"), reuse, epoch);
  }

  private final class Owner implements UpstreamLink.Owner {
    @Override
    public void renewed() {
      told.add("renewed");
    }

    @Override
    public void lost(String why, boolean refused) {
      reasons.add(why); // first: the test awaits the other
      told.add("lost");
    }

    @Override
    public void back() {
      told.add("back");
    }

    @Override
    public void full() {
      told.add("full");
    }

    @Override
    public void notice(String text) {
      told.add("notice " + text);
    }
  }

  private void start(FakeServer... servers) {
    link =
        new UpstreamLink(new FakeServers(servers), new Owner(), "run", Samples.APP, new LinkTime());
    first = link.start();
  }

  private String told() throws InterruptedException {
    return told.poll(20, TimeUnit.SECONDS);
  }

  private Verdict next() throws InterruptedException {
    return verdicts.poll(20, TimeUnit.SECONDS);
  }

  /** Waits until the link can ask. */
  private FakeServer.Peer joined(int epoch) throws Exception {
    FakeServer.Peer line = server.welcome(epoch);
    first.get(20, TimeUnit.SECONDS);
    return line;
  }

  private void ask() {
    link.ask(EVENT, Origin.UNKNOWN, persons::add, verdicts::add);
  }

  @Test
  void aVerdictOfThePolicyInForceMayBeUsedAgainAndAnOlderOneOnlyOnce() throws Exception {
    start(server);
    FakeServer.Peer line = joined(7);
    ask();
    ask();
    long first = line.hear(Message.Ask.class).id();
    long second = line.hear(Message.Ask.class).id();
    line.say(new Message.Decided(first, verdict(true, Verdict.Reuse.ENDPOINT, 7)));
    line.say(new Message.Epoch(8));
    line.say(new Message.Decided(second, verdict(true, Verdict.Reuse.ENDPOINT, 7)));

    assertThat(next()).isEqualTo(verdict(true, Verdict.Reuse.ENDPOINT, 7));
    assertThat(told()).isEqualTo("renewed");
    assertThat(next()).isEqualTo(verdict(true, Verdict.Reuse.NOTHING, 7));
  }

  @Test
  void whatAPersonIsAskedSurvivesTheLossOfTheLineAndNothingElseDoes() throws Exception {
    start(server);
    FakeServer.Peer line = joined(7);
    ask();
    Message.Ask asked = line.hear(Message.Ask.class);
    line.say(new Message.Asked(asked.id(), 60_000));
    assertThat(persons.poll(20, TimeUnit.SECONDS)).isEqualTo(60_000);
    ask();
    line.hear(Message.Ask.class);
    line.close();

    assertThat(next()).isEqualTo(Verdict.denied(Reason.Kind.UNREACHABLE));
    assertThat(told()).isEqualTo("lost");
    FakeServer.Peer again = server.welcome(9);
    assertThat(told()).isEqualTo("back");
    assertThat(again.hear(Message.Ask.class)).isEqualTo(asked);
    again.say(new Message.Asked(asked.id(), 30_000));
    assertThat(persons.poll(20, TimeUnit.SECONDS)).isEqualTo(30_000);
    again.say(new Message.Decided(asked.id(), verdict(true, Verdict.Reuse.ENDPOINT, 9)));
    assertThat(next()).isEqualTo(verdict(true, Verdict.Reuse.ENDPOINT, 9));
    assertThat(verdicts).isEmpty();
  }

  @Test
  void whatAPersonHadTheTimeToAnswerIsDeniedAlsoWhileTheServerIsAway() throws Exception {
    start(server);
    FakeServer.Peer line = joined(7);
    ask();
    line.say(new Message.Asked(line.hear(Message.Ask.class).id(), 1));
    assertThat(persons.poll(20, TimeUnit.SECONDS)).isEqualTo(1);
    server.close();

    assertThat(next()).isEqualTo(Verdict.denied(Reason.Kind.TIMEOUT));
  }

  @Test
  void whileTheServerIsAwayWhatIsAskedIsDeniedAtOnce() throws Exception {
    start(server);
    joined(7).close();
    assertThat(told()).isEqualTo("lost");
    ask();

    assertThat(verdicts.poll()).isEqualTo(Verdict.denied(Reason.Kind.UNREACHABLE));
  }

  /** Nobody took what the next connection has to send, as a writer of the last one would have. */
  @Test
  void whatIsAskedRightAfterAReconnectIsAsked() throws Exception {
    start(server);
    FakeServer.Peer line = joined(7);
    for (int i = 0; i < 4; i++) {
      line.close();
      line = server.welcome(8 + i);
      do {
        ask();
      } while (Verdict.denied(Reason.Kind.UNREACHABLE).equals(verdicts.poll()));
      Message heard = line.hear();
      while (heard instanceof Message.Used) { // what was denied meanwhile
        heard = line.hear();
      }
      Message.Ask asked = (Message.Ask) heard;
      line.say(new Message.Decided(asked.id(), verdict(true, Verdict.Reuse.NOTHING, 8 + i)));
      assertThat(next()).isEqualTo(verdict(true, Verdict.Reuse.NOTHING, 8 + i));
    }
  }

  @Test
  void aServerThatSaysNothingIsLostAfterSixSecondsAlsoWhenAWriteIsStuck() throws Exception {
    start(server);
    FakeServer.Peer unread = joined(7);
    for (int i = 0; i < 19_000; i++) {
      link.used(USED);
    }
    ask();
    long began = System.nanoTime();

    assertThat(next()).isEqualTo(Verdict.denied(Reason.Kind.UNREACHABLE));
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
    assertThat(told()).isEqualTo("lost");
    unread.close();
  }

  @Test
  void aServerThatTakesConnectionsAndSaysNothingIsLeftForTheNext() throws Exception {
    start(server, other);
    FakeServer.Peer mute = server.accept();
    mute.hear(Message.Join.class);
    FakeServer.Peer line = other.welcome(3);
    first.get(20, TimeUnit.SECONDS);
    ask();

    line.hear(Message.Ask.class);
  }

  @Test
  void aServerThatIsGoneIsReplacedByTheOther() throws Exception {
    start(server, other);
    FakeServer.Peer line = joined(7);
    server.close();
    line.close();
    other.welcome(3);

    assertThat(told()).isEqualTo("lost");
    assertThat(told()).isEqualTo("back");
  }

  @Test
  void whatWasUsedIsToldOnceEachInOrderAndBeforeTheEnd() throws Exception {
    start(server);
    FakeServer.Peer line = joined(7);
    for (int i = 1; i <= 5_000; i++) {
      link.used(new Message.Used(EVENT, Origin.UNKNOWN, USED.verdict(), i, 5));
    }
    var over = link.end();
    for (int i = 1; i <= 5_000; i++) {
      assertThat(line.hear(Message.Used.class).count()).isEqualTo(i);
    }
    Message.Flush last = line.hear(Message.Flush.class);
    assertThat(over).isNotDone();
    line.say(new Message.Noted(last.id()));
    over.get(20, TimeUnit.SECONDS);
  }

  @Test
  void whatWasUsedWhileTheServerWasAwayIsToldWhenItIsBackAlsoAtTheEnd() throws Exception {
    start(server);
    joined(7).close();
    assertThat(told()).isEqualTo("lost");
    link.used(USED);
    var over = link.end();
    FakeServer.Peer line = server.welcome(8);

    assertThat(line.hear()).isEqualTo(USED);
    line.say(new Message.Noted(line.hear(Message.Flush.class).id()));
    over.get(20, TimeUnit.SECONDS);
  }

  @Test
  void whatWasDeniedForWantOfAServerIsToldWhenItIsBackEachEventWithHowOften() throws Exception {
    start(server);
    FakeServer.Peer line = joined(7);
    ask();
    line.hear(Message.Ask.class);
    line.close();
    assertThat(told()).isEqualTo("lost");
    ask();
    ask();
    for (int i = 0; i < Timing.MOST_UNREPORTED; i++) {
      Event other = Samples.connect("other-" + i + ".example");
      link.ask(other, Origin.UNKNOWN, persons::add, verdicts::add);
    }
    assertThat(told()).as("one too many").isEqualTo("full");
    FakeServer.Peer again = server.welcome(8);

    Message.Used first = again.hear(Message.Used.class);
    assertThat(first.event()).isEqualTo(EVENT);
    assertThat(first.verdict()).isEqualTo(Verdict.denied(Reason.Kind.UNREACHABLE));
    assertThat(first.count()).isEqualTo(3);
    for (int i = 0; i < Timing.MOST_UNREPORTED - 1; i++) {
      Message.Used each = again.hear(Message.Used.class);
      assertThat(each.event()).isEqualTo(Samples.connect("other-" + i + ".example"));
      assertThat(each.count()).isOne();
    }
    assertThat(told()).isEqualTo("back");
  }

  @Test
  void anOriginHoweverLongStopsNothing() throws Exception {
    List<Origin.Frame> frames = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      frames.add(
          new Origin.Frame(
              "c".repeat(200) + i, "m", 1, "", new Origin.Source("/" + "p".repeat(900), "", "")));
    }
    Origin huge = new Origin(frames, "main");
    start(server);
    FakeServer.Peer line = joined(7);
    link.used(new Message.Used(EVENT, huge, USED.verdict(), 1, 5));
    link.ask(EVENT, huge, persons::add, verdicts::add);
    link.used(USED);

    line.hear(Message.Used.class);
    line.hear(Message.Ask.class);
    assertThat(line.hear()).isEqualTo(USED);
  }

  @Test
  void aRunThatIsRefusedAtItsStartFailsWithTheReason() throws Exception {
    start(server);
    FakeServer.Peer line = server.accept();
    line.hear(Message.Join.class);
    line.say(new Message.Refused("of another version"));

    assertThat(first)
        .failsWithin(Duration.ofSeconds(20))
        .withThrowableOfType(ExecutionException.class)
        .withMessage("java.io.IOException: server 0 refuses this process: of another version");
  }

  @Test
  void aRunThatIsRefusedLaterIsToldAndDenied() throws Exception {
    start(server);
    FakeServer.Peer line = joined(7);
    ask();
    line.hear(Message.Ask.class);
    line.say(new Message.Refused("revoked"));

    assertThat(next()).isEqualTo(Verdict.denied(Reason.Kind.REFUSED));
    assertThat(told()).isEqualTo("lost");
    assertThat(reasons).first().isEqualTo("server 0 refuses this process: revoked");
  }
}
