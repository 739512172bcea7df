package io.github.appaware.hook;

import io.github.appaware.bridge.NativeTransports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiFunction;

/**
 * The weaver as the agent uses it in a target, through JDK types: (internal name, offered class
 * file) → woven class file, and for an empty name the bundle of the running JDK. The result is null
 * for a class that is named like a native transport and has none of its methods.
 */
public final class WeaverInTarget implements BiFunction<String, byte[], byte[]> {
  private final WovenStore store;
  private final Path home;

  /**
   * A weaver for the running JVM.
   *
   * @param store the directory of bundles
   * @param tool the tool's jar, in which this class is
   * @param home the directory of the JDK that the JVM is
   */
  public WeaverInTarget(Path store, Path tool, Path home) {
    this.store = new WovenStore(store, tool);
    this.home = home;
  }

  @Override
  public byte[] apply(String internalName, byte[] offered) {
    try {
      if (internalName.isEmpty()) {
        return bundle();
      }
      String transport = NativeTransports.suffix(internalName);
      if (transport != null) {
        return TransportWeaver.weave(transport, offered);
      }
      try (Weaver weaver = Weaver.of(home)) {
        return weaver.weave(internalName, offered);
      }
    } catch (WeavingException e) {
      throw new IllegalStateException(e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** If the store can't be written, as in a container's read-only home, weaves without it. */
  private byte[] bundle() throws IOException, WeavingException {
    try {
      return Files.readAllBytes(store.obtain(home));
    } catch (IOException e) {
      try (Weaver weaver = Weaver.of(home)) {
        return weaver.weaveAll().toBytes();
      }
    }
  }
}
