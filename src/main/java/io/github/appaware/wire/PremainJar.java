package io.github.appaware.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * A jar with the one class that a JVM loads first, under a name of its own. The system class loader
 * looks for that class behind the application's class path, so it must be a name that nothing on
 * that path can have: a random one, made when the path is settled.
 *
 * <p>Equal arguments make equal bytes: from the run's options it can be told whether a jar was made
 * for the run.
 *
 * <p>Written by hand, as {@code java.util.jar} would load a dozen classes more: entries are stored,
 * without dates.
 */
public final class PremainJar {
  /** The class file to start from, in the agent's jar. */
  public static final String TEMPLATE = "io/github/appaware/agent/Premain.class";

  /** The string constant of the template that the options replace. */
  public static final String PLACEHOLDER = "the options of the agent";

  /** What follows the identifier in the name of a jar's file. */
  public static final String SUFFIX = ".jar";

  /** Characters of an identifier. */
  public static final int ID_LENGTH = 32;

  /** Makes a class's simple name of the identifier, which may begin with a digit. */
  private static final String PREFIX = "appaware";

  private static final String TEMPLATE_NAME = "io/github/appaware/agent/Premain";

  private static final byte[] MANIFEST = ascii("META-INF/MANIFEST.MF");

  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;

  /** Of the format, 1.0: stored entries only. */
  private static final int VERSION = 10;

  /** 1 January 1980, the first day that a zip file can say. */
  private static final int DATE = 0x21;

  /** The number in front of {@code CONSTANT_Utf8_info}, JVM specification, 4.4.7. */
  private static final int UTF8 = 1;

  /** The bytes after the tag of each kind of constant, JVM specification, 4.4; 0 for none. */
  private static final int[] SIZES = {
    0, 0, 0, 4, 4, 8, 8, 2, 2, 4, 4, 4, 4, 0, 0, 3, 2, 4, 4, 2, 2
  };

  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int POOL = 8;

  private PremainJar() {}

  /**
   * The jar's bytes.
   *
   * @param template the class file of {@link #TEMPLATE}
   * @param id 128 random bits in hexadecimal; the file's name is made of it, too
   * @param options what its agent is told
   * @throws IOException when the options are too long, or the template is another class
   */
  public static byte[] make(byte[] template, String id, AgentOptions options) throws IOException {
    byte[][] names = {MANIFEST, className(id)};
    return jar(names, new byte[][] {manifest(id), patch(template, PREFIX + id, options.text())});
  }

  /** The jar's manifest in a jar of its own. */
  public static byte[] makeManifest(String id) {
    return jar(new byte[][] {MANIFEST}, new byte[][] {manifest(id)});
  }

  /**
   * The jar's class in a jar of its own, without a manifest: an application may look for its own.
   */
  public static byte[] makeClass(byte[] template, String id, AgentOptions options)
      throws IOException {
    byte[] patched = patch(template, PREFIX + id, options.text());
    return jar(new byte[][] {className(id)}, new byte[][] {patched});
  }

  private static byte[] className(String id) {
    return ascii(PREFIX + id + ".class");
  }

  private static byte[] manifest(String id) {
    return ascii(
        "Manifest-Version: 1.0\r\n"
            + "Premain-Class: "
            + PREFIX
            + id
            + "\r\nCan-Redefine-Classes: true\r\n"
            + "Can-Retransform-Classes: true\r\n"
            + "Can-Set-Native-Method-Prefix: true\r\n\r\n");
  }

  private static byte[] jar(byte[][] names, byte[][] contents) {
    ByteArrayOutputStream jar = new ByteArrayOutputStream(2 * contents[contents.length - 1].length);
    int[] offsets = new int[names.length];
    for (int i = 0; i < names.length; i++) {
      offsets[i] = jar.size();
      number(jar, LOCAL, 4);
      header(jar, names[i], contents[i]);
      jar.write(names[i], 0, names[i].length);
      jar.write(contents[i], 0, contents[i].length);
    }
    int directory = jar.size();
    for (int i = 0; i < names.length; i++) {
      number(jar, CENTRAL, 4);
      number(jar, VERSION, 2);
      header(jar, names[i], contents[i]);
      number(jar, 0, 2); // comment
      number(jar, 0, 2); // disk
      number(jar, 0, 2); // attributes
      number(jar, 0, 4);
      number(jar, offsets[i], 4);
      jar.write(names[i], 0, names[i].length);
    }
    int end = jar.size();
    number(jar, END, 4);
    number(jar, 0, 4); // disks
    number(jar, names.length, 2);
    number(jar, names.length, 2);
    number(jar, end - directory, 4);
    number(jar, directory, 4);
    number(jar, 0, 2); // comment
    return jar.toByteArray();
  }

  /** What local and central headers have in common. */
  private static void header(ByteArrayOutputStream jar, byte[] name, byte[] content) {
    CRC32 checksum = new CRC32();
    checksum.update(content, 0, content.length);
    number(jar, VERSION, 2);
    number(jar, 0, 2); // flags
    number(jar, 0, 2); // stored
    number(jar, 0, 2); // time
    number(jar, DATE, 2);
    number(jar, (int) checksum.getValue(), 4);
    number(jar, content.length, 4);
    number(jar, content.length, 4);
    number(jar, name.length, 2);
    number(jar, 0, 2); // extra field
  }

  private static void number(ByteArrayOutputStream out, int value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write(value >>> (8 * i));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The class file with another name and other options: both are constants of its pool. */
  private static byte[] patch(byte[] template, String name, String options) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(template.length + options.length());
    int count = unsigned(template, POOL);
    int at = POOL + 2;
    int replaced = 0;
    out.write(template, 0, at);
    for (int i = 1; i < count; i++) {
      int tag = template[at];
      int size = tag == UTF8 ? 2 + unsigned(template, at + 1) : size(tag);
      String replacement =
          tag == UTF8 ? replacement(template, at + 3, size - 2, name, options) : null;
      if (replacement != null) {
        byte[] text = modified(replacement);
        out.write(UTF8);
        out.write(text.length >>> 8);
        out.write(text.length);
        out.write(text, 0, text.length);
        replaced++;
      } else {
        out.write(template, at, 1 + size);
      }
      at += 1 + size;
      i += tag == LONG || tag == DOUBLE ? 1 : 0; // they count twice
    }
    if (replaced != 2) {
      throw new IOException("the agent's jar is not of this version of appaware");
    }
    out.write(template, at, template.length - at);
    return out.toByteArray();
  }

  private static int unsigned(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
  }

  private static int size(int tag) throws IOException {
    int size = tag > 0 && tag < SIZES.length ? SIZES[tag] : 0;
    if (size == 0) {
      throw new IOException("the agent's jar is damaged");
    }
    return size;
  }

  /** What comes in this constant's place, or null. */
  private static String replacement(byte[] bytes, int at, int length, String name, String options) {
    if (isText(TEMPLATE_NAME, bytes, at, length)) {
      return name;
    }
    return isText(PLACEHOLDER, bytes, at, length) ? options : null;
  }

  private static boolean isText(String text, byte[] bytes, int at, int length) {
    boolean same = text.length() == length;
    for (int i = 0; same && i < length; i++) {
      same = text.charAt(i) == bytes[at + i];
    }
    return same;
  }

  /** The encoding of class files, JVM specification, 4.4.7. */
  private static byte[] modified(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (each != 0 && each < 0x80) {
        out.write(each);
      } else if (each < 0x800) {
        out.write(0xc0 | each >> 6);
        out.write(0x80 | (each & 0x3f));
      } else {
        out.write(0xe0 | each >> 12);
        out.write(0x80 | (each >> 6 & 0x3f));
        out.write(0x80 | (each & 0x3f));
      }
    }
    if (out.size() > 0xffff) {
      throw new IOException("the paths of the run are too long");
    }
    return out.toByteArray();
  }
}
