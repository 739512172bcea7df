package io.github.appaware.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The name of a run in the record. Server and launcher make it from the run's secret, so that the
 * launcher finds its run's lines without being told; it does not give the secret away.
 */
public final class RunName {
  private static final int BYTES = 4;

  private RunName() {}

  /** Eight hexadecimal digits of the secret's SHA-256. */
  public static String of(String secret) {
    byte[] hash;
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      hash = digest.digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has it", e);
    }
    StringBuilder name = new StringBuilder(2 * BYTES);
    for (int i = 0; i < BYTES; i++) {
      name.append(Character.forDigit((hash[i] >> 4) & 0xf, 16));
      name.append(Character.forDigit(hash[i] & 0xf, 16));
    }
    return name.toString();
  }
}
