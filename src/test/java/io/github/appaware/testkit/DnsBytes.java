package io.github.appaware.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Makes messages of name servers (RFC 1035), right and wrong ones. */
public final class DnsBytes {
  public static final int A = 1;
  public static final int CNAME = 5;
  public static final int AAAA = 28;
  public static final int OPT = 41;

  private static final int COUNTS = 4;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final int[] counts = new int[4];

  private DnsBytes(int id, int flags) {
    u16(id).u16(flags).u16(0).u16(0).u16(0).u16(0);
  }

  public static DnsBytes query(int id) {
    return new DnsBytes(id, 0x0100);
  }

  public static DnsBytes answer(int id) {
    return new DnsBytes(id, 0x8180);
  }

  public static DnsBytes failure(int id, int code) {
    return new DnsBytes(id, 0x8180 | code);
  }

  public DnsBytes question(String name, int type) {
    return question(name(name), type);
  }

  public DnsBytes question(byte[] name, int type) {
    counts[0]++;
    return raw(name).u16(type).u16(1);
  }

  public DnsBytes address(String owner, int... address) {
    byte[] data = new byte[address.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) address[i];
    }
    return record(name(owner), data.length == 4 ? A : AAAA, 60, data);
  }

  public DnsBytes alias(String owner, String target) {
    return record(name(owner), CNAME, 60, name(target));
  }

  public DnsBytes record(byte[] owner, int type, int seconds, byte[] data) {
    counts[1]++;
    return raw(owner).u16(type).u16(1).u16(0).u16(seconds).u16(data.length).raw(data);
  }

  /** A record of EDNS in the last section, RFC 6891. */
  public DnsBytes edns() {
    counts[3]++;
    return raw(new byte[1]).u16(OPT).u16(1232).u16(0).u16(0).u16(0);
  }

  /** The records so far are of the last section, where name servers put what nobody asked for. */
  public DnsBytes allAdditional() {
    counts[3] += counts[1];
    counts[1] = 0;
    return this;
  }

  public DnsBytes raw(byte[] some) {
    bytes.writeBytes(some);
    return this;
  }

  private DnsBytes u16(int value) {
    bytes.write(value >>> 8);
    bytes.write(value);
    return this;
  }

  /** A name as its labels; {@code \.} stands for a dot within one. */
  public static byte[] name(String name) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String label : name.split("(?<!\\\\)\\.", -1)) {
      byte[] text = label.replace("\\.", ".").getBytes(StandardCharsets.ISO_8859_1);
      out.write(text.length);
      out.writeBytes(text);
    }
    out.write(0);
    return out.toByteArray();
  }

  public byte[] bytes() {
    byte[] all = bytes.toByteArray();
    for (int i = 0; i < counts.length; i++) {
      all[COUNTS + 2 * i] = (byte) (counts[i] >>> 8);
      all[COUNTS + 2 * i + 1] = (byte) counts[i];
    }
    return all;
  }
}
