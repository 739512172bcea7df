package io.github.appaware.wire;

import io.github.appaware.event.Address;
import io.github.appaware.event.Application;
import io.github.appaware.event.Event;
import io.github.appaware.event.EventKind;
import io.github.appaware.event.Origin;
import io.github.appaware.event.Peer;
import io.github.appaware.event.Protocol;
import io.github.appaware.event.Proxy;
import io.github.appaware.event.Reason;
import io.github.appaware.event.Tunnel;
import io.github.appaware.event.Verdict;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes values off a frame; everything out of bounds is a {@link WireException}. */
final class Decoder {
  /** The longest text, in bytes of UTF-8: a class path can be long, and is only shown. */
  static final int LONGEST_TEXT = 6 * 1024;

  /** The longest line of the record, in bytes of UTF-8. */
  static final int LONGEST_LINE = 60 * 1024;

  /** The longest list. */
  static final int LONGEST_LIST = 64;

  private final byte[] frame;
  private int position;

  @SuppressWarnings("ArrayParameterMayBeCaptured")
  Decoder(byte[] frame) {
    this.frame = frame;
  }

  void end() throws WireException {
    if (position != frame.length) {
      throw new WireException("a message with " + (frame.length - position) + " bytes too many");
    }
  }

  int u8() throws WireException {
    if (position == frame.length) {
      throw new WireException("a message that ends too early");
    }
    return frame[position++] & 0xff;
  }

  int i32() throws WireException {
    return (u8() << 24) | (u8() << 16) | (u8() << 8) | u8();
  }

  long i64() throws WireException {
    return ((long) i32() << 32) | (i32() & 0xffffffffL);
  }

  private byte[] raw(int length) throws WireException {
    if (length > frame.length - position) {
      throw new WireException("a message that ends too early");
    }
    byte[] raw = new byte[length];
    System.arraycopy(frame, position, raw, 0, length);
    position += length;
    return raw;
  }

  String text() throws WireException {
    return text((u8() << 8) | u8(), LONGEST_TEXT);
  }

  /** A text that is as long as a frame can be. */
  String line() throws WireException {
    return text(i32(), LONGEST_LINE);
  }

  private String text(int length, int longest) throws WireException {
    if (length < 0 || length > longest) {
      throw new WireException("a text of " + length + " bytes");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw(length))).toString();
    } catch (CharacterCodingException e) {
      throw new WireException("a text that is not UTF-8");
    }
  }

  List<String> texts() throws WireException {
    int count = u8();
    if (count > LONGEST_LIST) {
      throw new WireException("a list of " + count);
    }
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(text());
    }
    return texts;
  }

  List<Message.Tally> tallies() throws WireException {
    int count = u8();
    if (count > LONGEST_LIST) {
      throw new WireException("a list of " + count);
    }
    List<Message.Tally> tallies = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Message.TallyKind verdict = one(Message.TallyKind.values());
      tallies.add(new Message.Tally(verdict, text(), text(), text(), i64()));
    }
    return tallies;
  }

  List<Message.Total> totals() throws WireException {
    int count = u8();
    if (count > LONGEST_LIST) {
      throw new WireException("a list of " + count);
    }
    List<Message.Total> totals = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Message.TotalKind kind = one(Message.TotalKind.values());
      totals.add(new Message.Total(kind, text(), i64(), i64(), i64()));
    }
    return totals;
  }

  List<Address> addresses() throws WireException {
    int count = u8();
    if (count > LONGEST_LIST) {
      throw new WireException("a list of " + count);
    }
    List<Address> addresses = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      addresses.add(address());
    }
    return addresses;
  }

  Address address() throws WireException {
    return Address.of(raw(u8()));
  }

  <T> T one(T[] of) throws WireException {
    int ordinal = u8();
    if (ordinal >= of.length) {
      throw new WireException("number " + ordinal + " of " + of.length);
    }
    return of[ordinal];
  }

  boolean flag() throws WireException {
    int value = u8();
    if (value > 1) {
      throw new WireException("a flag of " + value);
    }
    return value == 1;
  }

  Event event() throws WireException {
    int shape = u8();
    return switch (shape) {
      case Encoder.LOOK_UP -> new Event.Resolve(text(), null);
      case Encoder.REVERSE -> new Event.Resolve(null, address());
      case Encoder.INET -> inet();
      case Encoder.BLIND -> new Event.Blind(one(Event.Blind.Way.values()), text());
      case Encoder.UNIX -> new Event.Unix(one(EventKind.values()), text(), text());
      case Encoder.INET_WITH_PEER -> inet().withPeer(peer());
      case Encoder.UNIX_WITH_PEER ->
          new Event.Unix(one(EventKind.values()), text(), text(), peer());
      case Encoder.TUNNEL -> tunnel();
      default -> throw new WireException("an event of unknown shape " + shape);
    };
  }

  private Event inet() throws WireException {
    EventKind kind = one(EventKind.values());
    Protocol protocol = one(Protocol.values());
    Address address = address();
    int port = i32();
    String host = text();
    String named = host.isEmpty() ? null : host;
    return new Event.Inet(kind, protocol, address, port, named, texts(), i32(), null, flag());
  }

  private Tunnel tunnel() throws WireException {
    String host = name();
    Address address = flag() ? address() : null;
    int port = i32();
    List<String> names = texts();
    return new Tunnel(host, names, address, port, proxy());
  }

  private Proxy proxy() throws WireException {
    return new Proxy(name(), flag() ? address() : null, i32());
  }

  /** Null for none. */
  private String name() throws WireException {
    String name = text();
    return name.isEmpty() ? null : name;
  }

  private Peer peer() throws WireException {
    return new Peer(one(Peer.Place.values()), i64(), text(), text(), text());
  }

  Verdict verdict() throws WireException {
    return new Verdict(
        flag(),
        new Reason(one(Reason.Kind.values()), text(), text()),
        one(Verdict.Reuse.values()),
        i32());
  }

  Origin origin() throws WireException {
    String thread = text();
    String test = text();
    int count = u8();
    if (count > Origin.MOST_FRAMES) {
      throw new WireException("an origin of " + count + " frames");
    }
    List<Origin.Frame> frames = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      frames.add(new Origin.Frame(text(), text(), i32(), text(), source()));
    }
    return new Origin(frames, thread, flag(), test);
  }

  List<Origin.Source> sources() throws WireException {
    int count = u8();
    if (count > Origin.MOST_FRAMES) {
      throw new WireException("a list of " + count + " sources");
    }
    List<Origin.Source> sources = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      sources.add(source());
    }
    return sources;
  }

  private Origin.Source source() throws WireException {
    return new Origin.Source(text(), text(), text());
  }

  Application application() throws WireException {
    return Application.builder()
        .id(text())
        .file(text())
        .path(text())
        .sha256(text())
        .kind(one(Application.Kind.values()))
        .maven(text())
        .jvm(text())
        .user(text())
        .pid(i64())
        .parent(text())
        .command(texts())
        .directory(text())
        .selfReported(flag())
        .namesChangedBy(text())
        .build();
  }
}
