package io.github.appaware.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/**
 * Messages that went wrong: mutations of good ones of every type, and bytes that never were any.
 */
public final class Mutants {
  private final Random random;
  private final List<byte[]> good;

  /** With the same seed always the same. */
  public Mutants(long seed, Predicate<Message> of) {
    this.random = new Random(seed);
    this.good = Messages.SAMPLES.stream().filter(of).map(Codec::encode).toList();
  }

  /** Of every type. */
  public Mutants(long seed) {
    this(seed, any -> true);
  }

  /** What a server reads out of it, or null for what is no message. */
  public static Message read(byte[] frame) {
    try {
      return frame.length == 0 || frame.length > FrameChannel.LARGEST ? null : Codec.decode(frame);
    } catch (WireException violation) {
      return null;
    }
  }

  /** As it travels. */
  public static ByteBuffer framed(byte[] frame) {
    return ByteBuffer.allocate(4 + frame.length).putInt(frame.length).put(frame).flip();
  }

  /** The random source, for what else a test leaves open. */
  public Random random() {
    return random;
  }

  /** The next one. */
  public byte[] next() {
    byte[] bytes = sample();
    if (random.nextInt(32) == 0) {
      bytes = new byte[1 + random.nextInt(200)];
      random.nextBytes(bytes);
    } else if (random.nextInt(64) == 0) {
      bytes = spliced(bytes, sample());
    }
    for (int n = random.nextInt(4); n > 0; n--) {
      bytes = mutated(bytes);
    }
    return bytes;
  }

  private byte[] sample() {
    return good.get(random.nextInt(good.size())).clone();
  }

  private byte[] spliced(byte[] head, byte[] tail) {
    int cut = random.nextInt(head.length + 1);
    int from = random.nextInt(tail.length);
    byte[] bytes = Arrays.copyOf(head, cut + tail.length - from);
    System.arraycopy(tail, from, bytes, cut, tail.length - from);
    return bytes;
  }

  private byte[] mutated(byte[] bytes) {
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(16)) {
      case 0 -> {
        return Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
      }
      case 1 -> {
        return Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(300));
      }
      case 2, 3 -> bytes[at] = (byte) (random.nextBoolean() ? 0xff : 0);
      case 4, 5, 6 -> bytes[at] = (byte) random.nextInt(256);
      case 7 -> {
        long edge = List.of(Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE).get(random.nextInt(4));
        if (bytes.length >= 9) {
          ByteBuffer.wrap(bytes).putLong(1 + random.nextInt(bytes.length - 8), edge);
        }
      }
      default -> bytes[at] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }
}
