package io.github.appaware.server.local;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Compares what a client offers with what it must know. */
final class Secrets {
  private Secrets() {}

  /** In constant time, which reveals nothing about the secret. */
  static boolean areSame(String secret, String offered) {
    return MessageDigest.isEqual(
        secret.getBytes(StandardCharsets.UTF_8), offered.getBytes(StandardCharsets.UTF_8));
  }
}
