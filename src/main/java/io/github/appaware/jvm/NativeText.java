package io.github.appaware.jvm;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The encoding of command lines, environments and option files on this system. The launcher and the
 * JVM take options apart byte by byte, so files are taken apart as Latin-1 and their words decoded.
 */
public final class NativeText {
  /** The one in which this JVM also turns a {@code Path} into bytes. */
  public static final Charset CHARSET = charset(System.getProperty("sun.jnu.encoding"));

  private NativeText() {}

  /** A character for each byte. */
  static String raw(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** A word of {@link #raw} text as a string of C, which a zero ends, and as characters. */
  static String word(String raw) {
    int zero = raw.indexOf('\0');
    String string = zero < 0 ? raw : raw.substring(0, zero);
    return new String(string.getBytes(StandardCharsets.ISO_8859_1), CHARSET);
  }

  private static Charset charset(String name) {
    return name != null && Charset.isSupported(name)
        ? Charset.forName(name)
        : StandardCharsets.UTF_8;
  }
}
