package io.github.appaware.identity;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The encoding of command lines, environments and argument files on this system. */
final class NativeText {
  /** The encoding of a {@code Path} in this JVM. */
  static final Charset CHARSET = charset(System.getProperty("sun.jnu.encoding"));

  private NativeText() {}

  private static Charset charset(String name) {
    return name != null && Charset.isSupported(name)
        ? Charset.forName(name)
        : StandardCharsets.UTF_8;
  }
}
