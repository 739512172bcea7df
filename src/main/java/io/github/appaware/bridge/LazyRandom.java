package io.github.appaware.bridge;

import java.security.SecureRandom;
import java.util.Random;

/**
 * Replaces the secure generator that the JDK creates when it loads its Unix-domain sockets, and
 * creates it on first use: when a socket is bound without a name. Creating it reads the security
 * configuration, which would cost each target 10 ms just for the agent's connection.
 *
 * <p>The directory of such sockets is likewise asked for on first use: a property says which.
 *
 * <p>Renamed and defined into {@code java.base} like {@link Bridge}.
 */
public final class LazyRandom extends Random {
  /** The name in the target. */
  public static final String WOVEN_NAME = "sun.nio.ch.AppawareLazyRandom";

  private static final long serialVersionUID = 1L;

  private static volatile String directory;

  private transient volatile SecureRandom secure;

  /** Where sockets without a name are made; null if there is no such place. */
  public static String directory() {
    String known = directory;
    if (known == null) {
      known = JdkStubs.UnixDomainSocketsUtil.getTempDir();
      directory = known;
    }
    return known;
  }

  @Override
  protected int next(int bits) {
    SecureRandom generator = secure;
    if (generator == null) {
      generator = new SecureRandom();
      secure = generator;
    }
    return generator.nextInt() >>> (Integer.SIZE - bits);
  }

  /**
   * Does nothing: the secure generator seeds itself. Called by the constructor of {@link Random}.
   */
  @Override
  public synchronized void setSeed(long seed) {}
}
