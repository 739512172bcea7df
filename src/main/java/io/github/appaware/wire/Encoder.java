package io.github.appaware.wire;

import io.github.appaware.event.Address;
import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Peer;
import io.github.appaware.event.Tunnel;
import io.github.appaware.event.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Appends values to a growing array. Text and lists are cut to what {@link Decoder} takes. */
@SuppressWarnings("EnumOrdinal") // these enums say that their order is part of the wire format
final class Encoder {
  /** Kinds of event on the wire. */
  static final int LOOK_UP = 0;

  static final int REVERSE = 1;
  static final int INET = 2;
  static final int UNIX = 3;
  static final int BLIND = 4;

  /** As {@link #INET} and {@link #UNIX}, with the peer behind it: from a server, never an agent. */
  static final int INET_WITH_PEER = 5;

  static final int UNIX_WITH_PEER = 6;

  /** Behind a proxy. */
  static final int TUNNEL = 7;

  private static final int LONGEST_COMMAND = 32;
  private static final int LONGEST_WORD = 300;
  private static final int LONGEST_PATH = 1000;
  private static final int ROOM_FOR_FRAMES = 40_000;

  private byte[] bytes = new byte[256];
  private int size;

  byte[] bytes() {
    return Arrays.copyOf(bytes, size);
  }

  Encoder u8(int value) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * size);
    }
    bytes[size++] = (byte) value;
    return this;
  }

  Encoder i32(int value) {
    return u8(value >>> 24).u8(value >>> 16).u8(value >>> 8).u8(value);
  }

  Encoder i64(long value) {
    return i32((int) (value >>> 32)).i32((int) value);
  }

  Encoder text(String value) {
    byte[] utf8 = cut(value).getBytes(StandardCharsets.UTF_8);
    u8(utf8.length >>> 8).u8(utf8.length);
    for (byte b : utf8) {
      u8(b);
    }
    return this;
  }

  Encoder flag(boolean value) {
    return u8(value ? 1 : 0);
  }

  /** The caller ensures that it is no longer than {@link Decoder#LONGEST_LINE}. */
  Encoder line(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    i32(utf8.length);
    for (byte b : utf8) {
      u8(b);
    }
    return this;
  }

  private static String cut(String value, int longest) {
    return value.length() <= longest ? value : value.substring(0, longest) + "...";
  }

  /** At most {@link Decoder#LONGEST_TEXT} bytes of UTF-8, 3 for each char. */
  private static String cut(String value) {
    int longest = Decoder.LONGEST_TEXT / 3;
    return value.length() <= longest ? value : value.substring(0, longest - 3) + "...";
  }

  Encoder texts(List<String> values) {
    int count = Math.min(values.size(), Decoder.LONGEST_LIST);
    u8(count);
    for (int i = 0; i < count; i++) {
      text(values.get(i));
    }
    return this;
  }

  Encoder tallies(List<Message.Tally> tallies) {
    int count = Math.min(tallies.size(), Decoder.LONGEST_LIST);
    u8(count);
    for (Message.Tally each : tallies.subList(0, count)) {
      u8(each.verdict().ordinal()).text(each.event()).text(each.origin()).text(each.reason());
      i64(each.count());
    }
    return this;
  }

  Encoder totals(List<Message.Total> totals) {
    int count = Math.min(totals.size(), Decoder.LONGEST_LIST);
    u8(count);
    for (Message.Total each : totals.subList(0, count)) {
      u8(each.kind().ordinal()).text(each.name());
      i64(each.allowed()).i64(each.denied()).i64(each.would());
    }
    return this;
  }

  Encoder address(Address address) {
    byte[] raw = address.bytes();
    u8(raw.length);
    for (byte b : raw) {
      u8(b);
    }
    return this;
  }

  Encoder addresses(List<Address> addresses) {
    int count = Math.min(addresses.size(), Decoder.LONGEST_LIST);
    u8(count);
    for (int i = 0; i < count; i++) {
      address(addresses.get(i));
    }
    return this;
  }

  Encoder event(Event event) {
    if (event instanceof Event.Inet e) {
      u8(e.peer() == null ? INET : INET_WITH_PEER).u8(e.kind().ordinal());
      u8(e.protocol().ordinal()).address(e.address()).i32(e.port());
      text(e.host() == null ? "" : e.host()).texts(e.names()).i32(e.localPort());
      flag(e.ephemeral());
      return e.peer() == null ? this : peer(e.peer());
    } else if (event instanceof Event.Unix e) {
      u8(e.peer() == null ? UNIX : UNIX_WITH_PEER).u8(e.kind().ordinal());
      text(e.path()).text(e.given());
      return e.peer() == null ? this : peer(e.peer());
    } else if (event instanceof Event.Resolve e) {
      return e.host() != null ? u8(LOOK_UP).text(e.host()) : u8(REVERSE).address(e.address());
    } else if (event instanceof Event.Blind e) {
      return u8(BLIND).u8(e.way().ordinal()).text(e.what());
    } else if (event instanceof Tunnel e) {
      u8(TUNNEL).far(e.host(), e.address(), e.port()).texts(e.names());
      return far(e.through().host(), e.through().address(), e.through().port());
    }
    throw new IllegalStateException("an event without bytes: " + event);
  }

  /** An end that may have no name or no address. */
  private Encoder far(String host, Address address, int port) {
    text(host == null ? "" : host).flag(address != null);
    return (address == null ? this : address(address)).i32(port);
  }

  private Encoder peer(Peer peer) {
    u8(peer.place().ordinal()).i64(peer.pid());
    return word(peer.user()).word(peer.file()).word(peer.program());
  }

  Encoder verdict(Verdict verdict) {
    u8(verdict.allowed() ? 1 : 0).u8(verdict.reason().kind().ordinal());
    text(verdict.reason().rule()).text(verdict.reason().at());
    return u8(verdict.reuse().ordinal()).i32(verdict.epoch());
  }

  /** Outer frames that a frame of the wire has no room for are left out. */
  Encoder origin(Origin origin) {
    word(origin.thread()).word(origin.test()).u8(0);
    int countAt = size - 1;
    int count = Math.min(origin.frames().size(), Origin.MOST_FRAMES);
    for (int i = 0; i < count && size < ROOM_FOR_FRAMES; i++) {
      Origin.Frame f = origin.frames().get(i);
      word(f.type()).word(f.method()).i32(f.line()).word(f.module());
      source(f.source());
      bytes[countAt]++;
    }
    return flag(origin.complete() && bytes[countAt] == origin.frames().size());
  }

  private Encoder source(Origin.Source source) {
    return path(source.path()).word(source.sha256()).word(source.maven());
  }

  Encoder sources(List<Origin.Source> sources) {
    int count = Math.min(sources.size(), Origin.MOST_FRAMES);
    u8(count);
    for (int i = 0; i < count; i++) {
      source(sources.get(i));
    }
    return this;
  }

  private Encoder word(String value) {
    return text(cut(value, LONGEST_WORD));
  }

  /** Rules look at the file name, so a path is cut at its beginning. */
  private Encoder path(String value) {
    int excess = value.length() - LONGEST_PATH;
    return text(excess <= 0 ? value : "..." + value.substring(excess));
  }

  Encoder application(Application a) {
    text(a.id()).text(a.file()).text(a.path()).text(a.sha256()).u8(a.kind().ordinal());
    text(a.maven()).text(a.jvm()).text(a.user()).i64(a.pid()).text(a.parent());
    return texts(shorten(a.command()))
        .text(a.directory())
        .flag(a.selfReported())
        .word(a.namesChangedBy());
  }

  /** A command line is only shown, and must not outgrow the frame. */
  private static List<String> shorten(List<String> command) {
    List<String> shown = new ArrayList<>();
    for (String word : command) {
      if (shown.size() == LONGEST_COMMAND) {
        shown.add("...");
        break;
      }
      shown.add(cut(word, LONGEST_WORD));
    }
    return shown;
  }
}
