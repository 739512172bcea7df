package io.github.appaware.policy.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.policy.RandomWriting;
import io.github.appaware.policy.SaidPolicy;
import io.github.appaware.policy.SecondReader;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.model.PolicyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a file holds, it is a policy or it has problems; and a policy has the very rules that
 * another reader of TOML 1.0 finds in the file.
 */
class PolicyFuzzTest {
  private static final Path GOOD = Path.of("src/test/resources/policy/good.toml");
  private static final Path EVERY_KEY = Path.of("src/test/resources/policy/every-key.toml");

  /** Two seconds, unless the profile {@code fuzz} says more. */
  private static final long NANOS =
      TimeUnit.SECONDS.toNanos(Long.getLong("fuzz.seconds", 2)) * 3 / 4;

  private static final String SYNTAX = "[]{}\"'=,.#\n\\*:/-0\u0000\u00e9";
  private static final String SPACES = " \t \t \t\n\r\f#";

  @TempDir Path dir;

  @Test
  void aPolicyWrittenInAnyOtherWayIsTheSamePolicy() throws IOException {
    Map<String, Object> all = SecondReader.read(Files.readAllBytes(EVERY_KEY));
    Fuzz fuzz = new Fuzz(policy());
    while (fuzz.goesOn()) {
      Map<String, Object> document = RandomWriting.document(all, fuzz.random);
      byte[] bytes = RandomWriting.of(document, fuzz.random).getBytes(StandardCharsets.UTF_8);
      fuzz.check(bytes, document);
    }
    assertThat(fuzz.refused).isZero();
  }

  @Test
  void aMutatedPolicyIsAPolicyOrHasProblems() throws IOException {
    byte[] good = Files.readAllBytes(GOOD);
    Map<String, Object> all = SecondReader.read(Files.readAllBytes(EVERY_KEY));
    Fuzz fuzz = new Fuzz(policy());
    while (fuzz.goesOn()) {
      byte[] bytes =
          fuzz.random.nextInt(4) == 0
              ? good
              : RandomWriting.of(RandomWriting.document(all, fuzz.random), fuzz.random)
                  .getBytes(StandardCharsets.UTF_8);
      fuzz.check(
          fuzz.random.nextBoolean() ? gently(bytes, fuzz.random) : mutate(bytes, fuzz.random));
    }
    assertThat(fuzz.refused).isBetween(fuzz.variants / 10, fuzz.variants * 9 / 10);
  }

  @Test
  void randomBytesAreAPolicyOrHaveProblems() throws IOException {
    Fuzz fuzz = new Fuzz(policy());
    while (fuzz.goesOn()) {
      byte[] bytes = new byte[fuzz.random.nextInt(200)];
      fuzz.random.nextBytes(bytes);
      if (fuzz.random.nextBoolean()) {
        for (int i = 0; i < bytes.length; i++) {
          bytes[i] = (byte) SYNTAX.charAt((bytes[i] & 0xff) % SYNTAX.length());
        }
      }
      fuzz.check(bytes);
    }
    assertThat(fuzz.refused).isPositive();
  }

  @Test
  void aHostListOfRandomBytesIsAListOrHasProblems() throws IOException {
    Path policy = dir.resolve("p.toml");
    Files.writeString(policy, "version = 1\n[[rule]]\naction = 'deny'\nhost-list = 'l'\n");
    String text = "0.0.0.0 a.example b.example # x\r\n*.c.example\n::1 localhost\n\u00fc.example\n";
    byte[] good = text.repeat(10).getBytes(StandardCharsets.UTF_8);
    Fuzz fuzz = new Fuzz(policy, dir.resolve("l"));
    while (fuzz.goesOn()) {
      fuzz.check(mutate(good, fuzz.random));
    }
    assertThat(fuzz.refused).isLessThan(fuzz.variants); // most lines stay good
  }

  /** Where a policy is to be, beside the files that it names. */
  private Path policy() throws IOException {
    Files.writeString(dir.resolve("list.txt"), "a.example\n");
    Files.writeString(dir.resolve("other.toml"), "version = 1\n[[rule]]\naction = 'deny'\n");
    return dir.resolve("fuzz.toml");
  }

  /** One run over many variants of a file. */
  private static final class Fuzz {
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final long end = System.nanoTime() + NANOS;
    private final Path policy;
    private final Path file;
    private int variants;
    private int refused;
    private int misread;

    Fuzz(Path policy) {
      this(policy, policy);
    }

    /**
     * As above.
     *
     * @param file what varies: the policy, or what it names
     */
    Fuzz(Path policy, Path file) {
      this.policy = policy;
      this.file = file;
    }

    boolean goesOn() {
      if (System.nanoTime() - end < 0) {
        return true;
      }
      System.out.println(
          "fuzz: "
              + variants
              + " variants, "
              + refused
              + " refused, "
              + misread
              + " misread by the second reader, seed "
              + seed);
      return false;
    }

    void check(byte[] bytes) throws IOException {
      check(bytes, null);
    }

    /**
     * Reads a variant.
     *
     * @param meant what its values are, where that is known
     */
    void check(byte[] bytes, Map<String, Object> meant) throws IOException {
      Files.write(file, bytes);
      variants++;
      try {
        Policy read = PolicyReader.read(List.of(policy));
        Map<String, Object> second = SecondReader.read(Files.readAllBytes(policy));
        if (meant != null) {
          SaidPolicy.assertSame(read, policy, meant);
        }
        if (SecondReader.misreads(bytes)) {
          misread++;
        } else {
          SaidPolicy.assertSame(read, policy, second);
          assertThat(meant == null || second.equals(meant)).isTrue();
        }
      } catch (PolicyException refusal) {
        refused++;
        assertThat(refusal.problems()).isNotEmpty();
      } catch (MalformedValue | RuntimeException | Error e) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        throw new AssertionError("seed " + seed + ", for the text\n" + text, e);
      }
    }
  }

  private static byte[] mutate(byte[] good, Random random) {
    byte[] bytes = good.clone();
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = (byte) SYNTAX.charAt(random.nextInt(SYNTAX.length()));
        case 2 -> bytes = Arrays.copyOf(bytes, at + 1);
        case 3 -> {
          int length = random.nextInt(Math.min(40, bytes.length - at));
          System.arraycopy(bytes, at + length, bytes, at, bytes.length - at - length);
        }
        default -> {
          int from = random.nextInt(bytes.length);
          int length = random.nextInt(Math.min(40, bytes.length - Math.max(at, from)));
          System.arraycopy(bytes, from, bytes, at, length);
        }
      }
    }
    return bytes;
  }

  /** Other digits and other spaces, which leave many a policy what it is. */
  private static byte[] gently(byte[] good, Random random) {
    byte[] bytes = good.clone();
    for (int n = 1 + random.nextInt(20); n > 0; n--) {
      int at = random.nextInt(bytes.length);
      if (bytes[at] >= '0' && bytes[at] <= '9' && random.nextInt(4) == 0) {
        bytes[at] = (byte) ('0' + random.nextInt(10));
      } else if (bytes[at] == ' ' || bytes[at] == '\t') {
        bytes[at] = (byte) SPACES.charAt(random.nextInt(SPACES.length()));
      }
    }
    return bytes;
  }
}
