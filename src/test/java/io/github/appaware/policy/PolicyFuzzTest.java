package io.github.appaware.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file holds, it is a policy or it has problems. */
class PolicyFuzzTest {
  private static final Path GOOD = Path.of("src/test/resources/policy/good.toml");

  private static final int VARIANTS = 3000;

  /** A slow machine tries fewer. */
  private static final long NANOS = 1_500_000_000L;

  private static final String SYNTAX = "[]{}\"'=,.#\n\\*:/-0\u0000\u00e9";

  @Test
  void aMutatedPolicyIsAPolicyOrHasProblems(@TempDir Path dir) throws IOException {
    byte[] good = Files.readAllBytes(GOOD);
    Random random = new Random(1);
    Path file = dir.resolve("fuzz.toml");
    int refused = 0;
    int variants = 0;
    long end = System.nanoTime() + NANOS;
    while (variants < VARIANTS && System.nanoTime() - end < 0) {
      byte[] mutant = mutate(good, random);
      Files.write(file, mutant);
      variants++;
      try {
        PolicyReader.read(List.of(file));
      } catch (PolicyException refusal) {
        refused++;
        assertThat(refusal.problems()).isNotEmpty();
      } catch (RuntimeException | Error e) {
        throw new AssertionError("for the text\n" + new String(mutant, StandardCharsets.UTF_8), e);
      }
    }
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
