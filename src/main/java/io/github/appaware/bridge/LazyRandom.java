package io.github.appaware.bridge;

import java.security.SecureRandom;
import java.util.Random;

/**
 * Stands in for the secure generator that the JDK makes when it loads its Unix-domain sockets, and
 * makes it when it is used: never, unless a socket is bound without a name. Making it reads the
 * security configuration, which would cost each target 10 ms just for the agent's connection.
 *
 * <p>Renamed and defined into {@code java.base} like {@link Bridge}.
 */
public final class LazyRandom extends Random {
  /** The name in the target. */
  public static final String WOVEN_NAME = "sun.nio.ch.AppawareLazyRandom";

  private static final long serialVersionUID = 1L;

  private transient volatile SecureRandom secure;

  @Override
  protected int next(int bits) {
    SecureRandom generator = secure;
    if (generator == null) {
      generator = new SecureRandom();
      secure = generator;
    }
    return generator.nextInt() >>> (Integer.SIZE - bits);
  }

  /** The seed is the secure generator's own; called by the constructor of {@link Random}. */
  @Override
  public synchronized void setSeed(long seed) {}
}
