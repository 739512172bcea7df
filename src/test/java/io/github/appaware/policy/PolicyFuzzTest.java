package io.github.appaware.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file holds, it is a policy or it has problems. */
class PolicyFuzzTest {
  private static final Path GOOD = Path.of("src/test/resources/policy/good.toml");

  /** Two seconds, unless the profile {@code fuzz} says more. */
  private static final long NANOS =
      TimeUnit.SECONDS.toNanos(Long.getLong("fuzz.seconds", 2)) * 3 / 4;

  private static final String SYNTAX = "[]{}\"'=,.#\n\\*:/-0\u0000\u00e9";

  @Test
  void aMutatedPolicyIsAPolicyOrHasProblems(@TempDir Path dir) throws IOException {
    byte[] good = Files.readAllBytes(GOOD);
    fuzz(dir.resolve("fuzz.toml"), random -> mutate(good, random));
  }

  @Test
  void randomBytesAreAPolicyOrHaveProblems(@TempDir Path dir) throws IOException {
    fuzz(
        dir.resolve("fuzz.toml"),
        random -> {
          byte[] bytes = new byte[random.nextInt(200)];
          random.nextBytes(bytes);
          if (random.nextBoolean()) {
            for (int i = 0; i < bytes.length; i++) {
              bytes[i] = (byte) SYNTAX.charAt((bytes[i] & 0xff) % SYNTAX.length());
            }
          }
          return bytes;
        });
  }

  @Test
  void aHostListOfRandomBytesIsAListOrHasProblems(@TempDir Path dir) throws IOException {
    Files.writeString(
        dir.resolve("p.toml"), "version = 1\n[[rule]]\naction = 'deny'\nhost-list = 'l'\n");
    String text = "0.0.0.0 a.example b.example # x\r\n*.c.example\n::1 localhost\n\u00fc.example\n";
    byte[] good = text.repeat(10).getBytes(StandardCharsets.UTF_8);
    fuzz(dir.resolve("l"), random -> mutate(good, random), dir.resolve("p.toml"));
  }

  private static void fuzz(Path file, Function<Random, byte[]> variant) throws IOException {
    fuzz(file, variant, file);
  }

  private static void fuzz(Path file, Function<Random, byte[]> variant, Path policy)
      throws IOException {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    int refused = 0;
    int variants = 0;
    long end = System.nanoTime() + NANOS;
    while (System.nanoTime() - end < 0) {
      byte[] bytes = variant.apply(random);
      Files.write(file, bytes);
      variants++;
      try {
        PolicyReader.read(List.of(policy));
      } catch (PolicyException refusal) {
        refused++;
        assertThat(refusal.problems()).isNotEmpty();
      } catch (RuntimeException | Error e) {
        throw new AssertionError(
            "seed " + seed + ", for the text\n" + new String(bytes, StandardCharsets.UTF_8), e);
      }
    }
    System.out.println("fuzz: " + variants + " variants, " + refused + " refused, seed " + seed);
    assertThat(refused).isBetween(1, variants);
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
}
