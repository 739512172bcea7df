package io.github.appaware.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whatever arrives, it is a message or a violation; and a message can be passed on as it is. */
class CodecFuzzTest {
  /** Two seconds, unless the profile {@code fuzz} says more. */
  private static final long NANOS =
      TimeUnit.SECONDS.toNanos(Long.getLong("fuzz.seconds", 2)) * 3 / 4;

  private final long seed = Long.getLong("fuzz.seed", new Random().nextLong());
  private final Mutants mutants = new Mutants(seed);
  private long frames;
  private long violations;

  @Test
  void aMutatedMessageIsAMessageOrAViolation() throws WireException {
    for (long end = System.nanoTime() + NANOS; System.nanoTime() - end < 0; ) {
      for (int i = 0; i < 1_000; i++) {
        decode(mutants.next());
      }
    }
    System.out.println("fuzz: " + frames + " frames, " + violations + " violations, seed " + seed);
    assertThat(violations).isBetween(frames / 20, frames * 19 / 20);
  }

  private void decode(byte[] frame) throws WireException {
    frames++;
    Message message;
    try {
      message = Codec.decode(frame);
    } catch (WireException violation) {
      violations++;
      assertThat(violation.getMessage()).hasSizeLessThan(1_000);
      return;
    } catch (RuntimeException | Error e) {
      throw new AssertionError("for " + HexFormat.of().formatHex(frame) + ", seed " + seed, e);
    }
    assertThat(Codec.decode(Codec.encode(message))).isEqualTo(message);
  }

  @Test
  void aStreamOfFramesIsReadToItsFirstViolationWhateverItsLengthsSay() {
    for (long end = System.nanoTime() + NANOS / 4; System.nanoTime() - end < 0; ) {
      ByteBuffer stream = ByteBuffer.allocate(1 << 16);
      for (int i = mutants.random().nextInt(8); i >= 0; i--) {
        byte[] frame = mutants.next();
        int length = mutants.random().nextInt(4) == 0 ? mutants.random().nextInt() : frame.length;
        stream.putInt(length).put(frame);
      }
      byte[] bytes = new byte[stream.flip().remaining()];
      stream.get(bytes);
      FrameChannel channel =
          new FrameChannel(Trickle.split(bytes, mutants.random().nextInt(bytes.length)));
      try {
        while (channel.read() != null) {
          frames++;
        }
      } catch (IOException violation) {
        violations++;
      } catch (RuntimeException | Error e) {
        throw new AssertionError("for " + HexFormat.of().formatHex(bytes) + ", seed " + seed, e);
      }
    }
    assertThat(violations).isPositive();
    assertThat(frames).isPositive();
  }
}
