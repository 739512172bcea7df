package io.github.appaware.bridge;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * The woven classes of one JDK as a file, which the launcher writes and the agent reads.
 *
 * <p>Each class has its woven bytes and the checksum of the original: the agent returns the woven
 * bytes only if the JVM offers that original.
 */
public final class WovenClasses {
  private static final int MAGIC = 0x61704157;

  /** Raised with each change of this layout. */
  private static final int LAYOUT = 7;

  /**
   * The packages of hooked classes that hardly any application uses, and the JDK's library that
   * each of them loads first: they are loaded with that library, not on start. Those without a
   * library are woven when the JVM loads them.
   */
  private static final Map<String, String> LIBRARIES =
      Map.ofEntries(
          Map.entry("com/sun/jndi/dns/", ""),
          Map.entry("java/net/SocksSocketImpl", ""),
          Map.entry("sun/net/www/protocol/http/HttpURLConnection", ""),
          Map.entry("jdk/internal/net/http/", ""),
          Map.entry("sun/nio/ch/sctp/", "libsctp.so"),
          Map.entry("com/sun/management/internal/", "libmanagement_ext.so"),
          Map.entry("sun/security/pkcs11/", "libj2pkcs11.so"),
          Map.entry("sun/security/smartcardio/", "libj2pcsc.so"),
          Map.entry("sun/security/jgss/wrapper/", "libj2gss.so"),
          Map.entry("sun/print/", "libawt.so"));

  /** A limit against a damaged file. */
  private static final int MOST = 1000;

  /**
   * One class, and how to recognize the class file that it was woven from. A checksum, not a hash,
   * is enough: code that could forge a class file with the same checksum runs in the JVM already.
   * The JDK computes it natively; comparing bytes in the interpreter takes milliseconds.
   *
   * @param length of the original, in bytes
   * @param checksum CRC-32 of the original
   * @param woven the class file with hooks
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Pair(int length, int checksum, byte[] woven) {
    /** The pair of a class file and what was woven from it. */
    public static Pair of(byte[] original, byte[] woven) {
      return new Pair(original.length, sum(original, original.length), woven);
    }

    /** Whether the class file is the one that this was woven from. */
    public boolean isOf(byte[] offered) {
      return offered.length == length && sum(offered, length) == checksum;
    }
  }

  private final List<byte[]> bridge;
  private final List<byte[]> transportBridges;
  private final Pair lookupLender;
  private final Map<String, Pair> classes;

  /**
   * A bundle.
   *
   * @param bridge the classes that woven code calls, under their woven names
   * @param transportBridges the classes that woven code outside {@code java.base} calls, in the
   *     order in which they are to be defined
   * @param lookupLender the class {@link Bridge#LENDER_NAME}, whose static initializer lends its
   *     lookup
   * @param classes by internal name, {@code sun/nio/ch/Net}
   */
  public WovenClasses(
      List<byte[]> bridge,
      List<byte[]> transportBridges,
      Pair lookupLender,
      Map<String, Pair> classes) {
    this.bridge = List.copyOf(bridge);
    this.transportBridges = List.copyOf(transportBridges);
    this.lookupLender = lookupLender;
    this.classes = new HashMap<>(classes);
  }

  /** The classes that woven code calls, under their woven names. */
  public List<byte[]> bridge() {
    return bridge;
  }

  /** The classes that woven code outside {@code java.base} calls. */
  public List<byte[]> transportBridges() {
    return transportBridges;
  }

  /** The class {@link Bridge#LENDER_NAME}, whose static initializer lends its lookup. */
  public Pair lookupLender() {
    return lookupLender;
  }

  /** The pair of the class, or null when it is not hooked. */
  public Pair get(String internalName) {
    return classes.get(internalName);
  }

  /** The library that a class is loaded with, or null for one that is loaded on start. */
  public static String libraryOf(String internalName) {
    for (Map.Entry<String, String> each : LIBRARIES.entrySet()) {
      if (internalName.startsWith(each.getKey())) {
        return each.getValue();
      }
    }
    return null;
  }

  /** The binary names of the hooked classes that are to be loaded on start. */
  public Set<String> names() {
    return names(null);
  }

  /** The binary names of the hooked classes that are to be loaded with this library of the JDK. */
  public Set<String> namesOf(String library) {
    return names(library);
  }

  private Set<String> names(String library) {
    Set<String> names = new HashSet<>();
    for (String internalName : classes.keySet()) {
      if (Objects.equals(libraryOf(internalName), library)) {
        names.add(internalName.replace('/', '.'));
      }
    }
    return names;
  }

  /** Every hooked class by internal name. */
  public Map<String, Pair> classes() {
    return Map.copyOf(classes);
  }

  /** The file's content. */
  public byte[] toBytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256 * 1024);
    write(out, MAGIC);
    write(out, LAYOUT);
    write(out, bridge);
    write(out, transportBridges);
    write(out, lookupLender);
    write(out, classes.size());
    for (Map.Entry<String, Pair> entry : new TreeMap<>(classes).entrySet()) {
      write(out, entry.getKey().getBytes(StandardCharsets.UTF_8));
      write(out, entry.getValue());
    }
    write(out, sum(out.toByteArray(), out.size()));
    return out.toByteArray();
  }

  private static int sum(byte[] content, int length) {
    CRC32 checksum = new CRC32();
    checksum.update(content, 0, length);
    return (int) checksum.getValue();
  }

  private static void write(ByteArrayOutputStream out, int value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      out.write(value >>> shift);
    }
  }

  private static void write(ByteArrayOutputStream out, List<byte[]> files) {
    write(out, files.size());
    for (byte[] each : files) {
      write(out, each);
    }
  }

  private static void write(ByteArrayOutputStream out, Pair pair) {
    write(out, pair.length());
    write(out, pair.checksum());
    write(out, pair.woven());
  }

  private static void write(ByteArrayOutputStream out, byte[] bytes) {
    write(out, bytes.length);
    out.write(bytes, 0, bytes.length);
  }

  /**
   * Reads a file's content.
   *
   * @throws IOException if it is not a bundle, is damaged, or has another layout
   */
  public static WovenClasses of(byte[] content) throws IOException {
    return read(new ByteArrayInputStream(content), content.length);
  }

  /**
   * Reads a file, piece by piece: the whole in one array would stay in the heap of a small target
   * for as long as it lives.
   *
   * @throws IOException if it can't be read, is not a bundle, is damaged, or has another layout
   */
  public static WovenClasses of(File file) throws IOException {
    try (FileInputStream in = new FileInputStream(file)) {
      return read(in, file.length());
    }
  }

  private static WovenClasses read(InputStream content, long length) throws IOException {
    Reader in = new Reader(content, length);
    if (in.number() != MAGIC || in.number() != LAYOUT) {
      throw new IOException("not a bundle of woven classes of this version");
    }
    List<byte[]> bridge = in.files();
    List<byte[]> transportBridges = in.files();
    Pair lookupLender = in.pair();
    int count = in.count();
    Map<String, Pair> classes = new HashMap<>(2 * count);
    for (int i = 0; i < count; i++) {
      classes.put(new String(in.bytes(), StandardCharsets.UTF_8), in.pair());
    }
    int sum = in.sum();
    if (in.number() != sum || !in.isAtEnd()) {
      throw damaged();
    }
    return new WovenClasses(bridge, transportBridges, lookupLender, classes);
  }

  private static IOException damaged() {
    return new IOException("a damaged bundle of woven classes");
  }

  /**
   * {@code DataInputStream} would load a dozen classes of variable handles on JDK 25. Not for
   * several threads.
   */
  private static final class Reader {
    private final InputStream in;
    private final CRC32 sum = new CRC32();
    private final byte[] buffer = new byte[4096];
    private long remaining;
    private int position;
    private int end;

    /**
     * @param remaining the bytes that there should be
     */
    Reader(InputStream in, long remaining) {
      this.in = in;
      this.remaining = remaining;
    }

    int number() throws IOException {
      byte[] four = bytes(4);
      int value = 0;
      for (byte each : four) {
        value = (value << 8) | (each & 0xff);
      }
      return value;
    }

    int count() throws IOException {
      int count = number();
      if (count < 1 || count > MOST) {
        throw damaged();
      }
      return count;
    }

    List<byte[]> files() throws IOException {
      int count = count();
      List<byte[]> files = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        files.add(bytes());
      }
      return files;
    }

    byte[] bytes() throws IOException {
      return bytes(number());
    }

    private byte[] bytes(int length) throws IOException {
      if (length < 0 || length > remaining) {
        throw damaged();
      }
      byte[] bytes = new byte[length];
      int done = 0;
      while (done < length) {
        int some = Math.min(length - done, end - position);
        if (some > 0) {
          System.arraycopy(buffer, position, bytes, done, some);
          position += some;
        } else if (length - done >= buffer.length) {
          some = in.read(bytes, done, length - done);
        } else {
          position = 0;
          end = Math.max(0, in.read(buffer, 0, buffer.length));
          some = end == 0 ? -1 : 0;
        }
        if (some < 0) {
          throw damaged(); // it has become shorter meanwhile
        }
        done += some;
      }
      remaining -= length;
      sum.update(bytes, 0, length);
      return bytes;
    }

    Pair pair() throws IOException {
      int length = number();
      int checksum = number();
      return new Pair(length, checksum, bytes());
    }

    /** Of what has been read so far. */
    int sum() {
      return (int) sum.getValue();
    }

    boolean isAtEnd() throws IOException {
      return remaining == 0 && position == end && in.read(buffer, 0, 1) < 0;
    }
  }
}
