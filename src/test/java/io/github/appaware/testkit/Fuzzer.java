package io.github.appaware.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Origin;
import io.github.appaware.wire.FrameChannel;
import io.github.appaware.wire.Message;
import io.github.appaware.wire.Mutants;
import io.github.appaware.wire.QuestionMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sends a server malformed frames, as many over one connection as the server accepts: the test
 * knows what it must accept from each client, so a frame that it must not accept comes last and
 * ends the connection.
 */
public final class Fuzzer {
  /** Frames sent before waiting for the server; their answers fit into a socket's buffers. */
  private static final int BATCH = 250;

  private static final long SYNC = 0x7a7a7a7a7a7aL;

  /** Follows a violation, and must not be read. */
  private static final Message TOO_LATE =
      new Message.Ask(SYNC, OperatedServer.event("yes.example"), Origin.UNKNOWN);

  /** Says what a server must accept at this point; everything else must end the connection. */
  public interface Taken {
    boolean isTaken(Message message);
  }

  /** What was sent. */
  public static final class Count {
    public final AtomicLong frames = new AtomicLong();
    public final AtomicLong violations = new AtomicLong();
    final AtomicLong connections = new AtomicLong();
    final AtomicLong verdicts = new AtomicLong();

    @Override
    public String toString() {
      return frames
          + " frames on "
          + connections
          + " connections, "
          + violations
          + " violations, "
          + verdicts
          + " verdicts";
    }
  }

  private final Mutants mutants;
  private final Count count;

  public Fuzzer(Mutants mutants, Count count) {
    this.mutants = mutants;
    this.count = count;
  }

  /** A frame that is no message, or not one for now. */
  byte[] violation(Taken taken) {
    while (true) {
      byte[] frame = mutants.next();
      Message message = Mutants.read(frame);
      if (message == null || !taken.isTaken(message)) {
        return frame;
      }
    }
  }

  /** One connection that begins with a wrong message. */
  public void one(Callable<FrameChannel> open, Taken taken) throws Exception {
    try (FrameChannel channel = open.call()) {
      count.connections.incrementAndGet();
      wrong(channel, taken);
    }
  }

  private void wrong(FrameChannel channel, Taken taken) throws IOException {
    byte[] frame = violation(taken);
    count.frames.incrementAndGet();
    count.violations.incrementAndGet();
    try {
      ByteBuffer all = ByteBuffer.allocate(2 * FrameChannel.LARGEST);
      channel.write(all.put(Mutants.framed(frame)).put(FrameChannel.frame(TOO_LATE)).flip());
      for (Message said = channel.read(); said != null; said = channel.read()) {
        assertHarmless(said, frame);
        assertThat(said).as(HexFormat.of().formatHex(frame)).isNotInstanceOf(Message.Decided.class);
      }
    } catch (IOException cut) {
      // Also an end.
    }
  }

  /** One welcomed connection: some batches of valid frames, then an invalid one. */
  public void many(Callable<FrameChannel> open, Taken taken, int batches) throws Exception {
    try (FrameChannel channel = open.call()) {
      count.connections.incrementAndGet();
      for (int i = 0; i < batches; i++) {
        batch(channel, taken);
      }
      wrong(channel, taken);
    }
  }

  private void batch(FrameChannel channel, Taken taken) throws IOException {
    ByteBuffer frames = ByteBuffer.allocate(BATCH * 2_000);
    int asks = 0;
    for (int i = 0; i < BATCH; i++) {
      byte[] frame = mutants.next();
      Message message = Mutants.read(frame);
      if (message == null || !taken.isTaken(message)) {
        i--;
      } else {
        frames.put(Mutants.framed(frame));
        asks += message instanceof Message.Ask ? 1 : 0;
      }
    }
    frames.put(FrameChannel.frame(new Message.Flush(SYNC)));
    channel.write(frames.flip());
    count.frames.addAndGet(BATCH);
    boolean noted = false;
    while (!noted || asks > 0) {
      Message said = channel.read();
      assertThat(said).as("an answer, after " + count).isNotNull();
      assertHarmless(said, new byte[0]);
      noted |= said.equals(new Message.Noted(SYNC));
      if (said instanceof Message.Decided) {
        asks--;
        count.verdicts.incrementAndGet();
      }
    }
    assertThat(asks).isZero();
  }

  private static void assertHarmless(Message said, byte[] to) {
    if (said instanceof Message.Decided judged) {
      assertThat(judged.verdict().allowed()).isFalse();
    } else {
      assertThat(said)
          .as(HexFormat.of().formatHex(to))
          .isInstanceOfAny(
              Message.Noted.class,
              Message.Pong.class,
              Message.Notice.class,
              Message.Refused.class,
              Message.Welcome.class,
              Message.NotRenewed.class,
              QuestionMessage.Answered.class,
              QuestionMessage.Previewed.class,
              QuestionMessage.Details.class,
              QuestionMessage.RunInfo.class,
              QuestionMessage.Missed.class,
              QuestionMessage.Happened.class);
    }
  }
}
