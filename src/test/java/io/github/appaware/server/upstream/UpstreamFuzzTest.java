package io.github.appaware.server.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Verdict;
import io.github.appaware.link.FakeServer;
import io.github.appaware.link.FakeServers;
import io.github.appaware.link.LinkTime;
import io.github.appaware.testkit.Samples;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.Mutants;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Whatever the server above says: each ask has one verdict, and none allows that was not one on
 * just this ask.
 */
class UpstreamFuzzTest {
  /** Two seconds, unless the profile {@code fuzz} says more. */
  private static final long NANOS =
      TimeUnit.SECONDS.toNanos(Long.getLong("fuzz.seconds", 2)) * 3 / 4;

  private static final int ASKS = 5;
  private static final Event EVENT = Samples.connect("yes.example");

  private final long seed = Long.getLong("fuzz.seed", new Random().nextLong());
  private final Mutants mutants =
      new Mutants(
          seed,
          message ->
              message instanceof Message.Decided
                  || message instanceof Message.Asked
                  || message instanceof Message.Epoch
                  || message instanceof Message.Noted
                  || message instanceof Message.Notice
                  || message instanceof Message.Welcome);
  private final BlockingQueue<Verdict> verdicts = new LinkedBlockingQueue<>();
  private long frames;

  private static final class Owner implements UpstreamLink.Owner {
    @Override
    public void renewed() {}

    @Override
    public void lost(String why, boolean refused) {}

    @Override
    public void back() {}

    @Override
    public void full() {}

    @Override
    public void notice(String text) {}
  }

  @Test
  void eachAskHasOneVerdictAndNoneThatWasNotGiven() throws Exception {
    int rounds = 0;
    for (long end = System.nanoTime() + NANOS; System.nanoTime() - end < 0; rounds++) {
      round();
    }
    System.out.println(
        "fuzz: server above: " + frames + " frames in " + rounds + " lines, seed " + seed);
    assertThat(rounds).isPositive();
  }

  private void round() throws Exception {
    FakeServer server = new FakeServer();
    UpstreamLink link =
        new UpstreamLink(new FakeServers(server), new Owner(), "run", Samples.APP, new LinkTime());
    var first = link.start();
    try (FakeServer.Peer far = server.welcome(3)) {
      server.stop();
      first.get(20, TimeUnit.SECONDS);
      for (int i = 0; i < ASKS; i++) {
        link.ask(EVENT, Origin.UNKNOWN, millis -> {}, verdicts::add);
      }
      misbehave(far);
    } finally {
      link.close();
    }
    for (int i = 0; i < ASKS; i++) {
      Verdict verdict = verdicts.poll(20, TimeUnit.SECONDS);
      assertThat(verdict).as("verdict %d, seed %d", i, seed).isNotNull();
      assertThat(verdict.allowed()).as("seed %d", seed).isFalse();
    }
    link.end().get(20, TimeUnit.SECONDS);
    assertThat(verdicts).as("seed %d", seed).isEmpty();
  }

  /** All but allowing what was asked. */
  private void misbehave(FakeServer.Peer far) {
    try {
      for (int n = mutants.random().nextInt(50); n > 0; n--) {
        byte[] frame = mutants.next();
        boolean allows =
            Mutants.read(frame) instanceof Message.Decided decided
                && decided.verdict().allowed()
                && decided.id() > 0
                && decided.id() <= ASKS;
        if (!allows) {
          frames++;
          far.sayRaw(Mutants.framed(frame));
        }
      }
    } catch (IOException closed) {
      // It had enough.
    }
  }
}
