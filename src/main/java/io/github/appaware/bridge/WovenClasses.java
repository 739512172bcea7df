package io.github.appaware.bridge;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The woven classes of one JDK, as a file: what the launcher prepares, the agent hands to the JVM.
 *
 * <p>Each class stands in it twice, as the JDK has it and woven: the agent gives out the woven
 * bytes only for an offer that equals the original byte for byte.
 */
public final class WovenClasses {
  private static final int MAGIC = 0x61704157;

  /** Raised with each change of this layout. */
  private static final int LAYOUT = 2;

  /** A cap against a damaged file: the JDK's hooked classes together take about 0.3 MB. */
  private static final int LARGEST = 4 << 20;

  /**
   * One class.
   *
   * @param original the bytes in the JDK
   * @param woven the bytes with hooks
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier between two lines of code, never compared
  public record Pair(byte[] original, byte[] woven) {}

  private final List<byte[]> bridge;
  private final Map<String, Pair> classes;

  /**
   * A bundle.
   *
   * @param bridge the classes that woven code calls, under their woven names
   * @param classes by internal name, {@code sun/nio/ch/Net}
   */
  public WovenClasses(List<byte[]> bridge, Map<String, Pair> classes) {
    this.bridge = List.copyOf(bridge);
    this.classes = new HashMap<>(classes);
  }

  /** The classes that woven code calls, under their woven names. */
  public List<byte[]> bridge() {
    return bridge;
  }

  /** The pair of the class, or null when it is not hooked. */
  public Pair get(String internalName) {
    return classes.get(internalName);
  }

  /** The binary names of all hooked classes, {@code sun.nio.ch.Net}. */
  public Set<String> names() {
    Set<String> names = new HashSet<>();
    for (String internalName : classes.keySet()) {
      names.add(internalName.replace('/', '.'));
    }
    return names;
  }

  /** Every hooked class by internal name. */
  public Map<String, Pair> classes() {
    return Map.copyOf(classes);
  }

  /** The file's content. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512 * 1024);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeInt(LAYOUT);
      out.writeInt(bridge.size());
      for (byte[] each : bridge) {
        write(out, each);
      }
      out.writeInt(classes.size());
      for (Map.Entry<String, Pair> entry : classes.entrySet()) {
        out.writeUTF(entry.getKey());
        write(out, entry.getValue().original());
        write(out, entry.getValue().woven());
      }
      out.writeInt(MAGIC);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a file's content.
   *
   * @throws IOException when it is no bundle, is damaged, or has another layout
   */
  public static WovenClasses of(byte[] content) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
    if (in.readInt() != MAGIC || in.readInt() != LAYOUT) {
      throw new IOException("not a bundle of woven classes of this version");
    }
    int bridgeCount = count(in);
    List<byte[]> bridge = new ArrayList<>();
    for (int i = 0; i < bridgeCount; i++) {
      bridge.add(read(in));
    }
    int count = count(in);
    Map<String, Pair> classes = new HashMap<>(2 * count);
    for (int i = 0; i < count; i++) {
      String name = in.readUTF();
      byte[] original = read(in);
      classes.put(name, new Pair(original, read(in)));
    }
    if (in.readInt() != MAGIC || in.read() >= 0) {
      throw new IOException("a damaged bundle of woven classes");
    }
    return new WovenClasses(bridge, classes);
  }

  private static int count(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 1 || count > 1000) {
      throw new IOException("a damaged bundle of woven classes");
    }
    return count;
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] read(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > LARGEST) {
      throw new IOException("a damaged bundle of woven classes");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }
}
