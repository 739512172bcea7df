package io.github.appaware.launch;

import io.github.appaware.wire.PremainJar;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Random secrets. */
final class RandomSecret {
  private static final int BYTES = 32;

  private RandomSecret() {}

  /** 256 random bits as hexadecimal text. */
  static String make() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** For the name of a premain class. */
  static String id() {
    return make().substring(0, PremainJar.ID_LENGTH);
  }
}
