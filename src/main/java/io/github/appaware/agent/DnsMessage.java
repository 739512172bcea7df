package io.github.appaware.agent;

import io.github.appaware.event.Address;
import io.github.appaware.event.HostName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a message of a name server's protocol (RFC 1035) asks and answers, as far as it is about
 * addresses. Reads hostile bytes: every length is checked, and pointers are followed a limited
 * number of times.
 */
final class DnsMessage {
  /** A message that can't be read. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    Unreadable(String why) {
      super(why, null, false, false);
    }
  }

  /** A name, in the normal form of {@link HostName}, and what is asked of it. */
  static final class Question {
    final String name;
    final int type;
    final int network;

    Question(String name, int type, int network) {
      this.name = name;
      this.type = type;
      this.network = network;
    }

    boolean isSame(Question other) {
      return name.equals(other.name) && type == other.type && network == other.network;
    }
  }

  private static final int HEADER = 12;
  private static final int INTERNET = 1;
  private static final int A = 1;
  private static final int CNAME = 5;
  private static final int AAAA = 28;

  /** Of a name with its lengths, RFC 1035, section 2.3.4. */
  private static final int LONGEST = 255;

  /** Pointers in one name; a name has at most 127 labels. */
  private static final int MOST_JUMPS = 128;

  /** In one message; name servers answer one. */
  private static final int MOST_QUESTIONS = 16;

  /** Aliases that lead from one to the next. */
  private static final int MOST_ALIASES = 16;

  private final byte[] bytes;
  private int at;

  private final int flags;
  private final List<Question> questions = new ArrayList<>();
  private final List<String> owners = new ArrayList<>();

  /** An {@link Address}, or a name for an alias; of the owner at the same index. */
  private final List<Object> values = new ArrayList<>();

  private DnsMessage(byte[] bytes) throws Unreadable {
    this.bytes = bytes;
    this.flags = u16(2);
  }

  /**
   * Reads the questions of a query.
   *
   * @return null if it is no query at all
   * @throws Unreadable if it is one whose names can't be told
   */
  static DnsMessage query(byte[] bytes) throws Unreadable {
    if (bytes.length < HEADER || bytes[2] < 0) {
      return null;
    }
    DnsMessage message = new DnsMessage(bytes);
    message.readQuestions();
    return message;
  }

  /** Reads an answer; null if it is none, or none that can be read. */
  static DnsMessage answer(byte[] bytes) {
    if (bytes.length < HEADER || bytes[2] >= 0) {
      return null;
    }
    try {
      DnsMessage message = new DnsMessage(bytes);
      message.readQuestions();
      message.readAnswers();
      return message;
    } catch (Unreadable e) {
      return null;
    }
  }

  int id() {
    return (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
  }

  List<Question> questions() {
    return questions;
  }

  /** Whether the name server had an answer: response code 0. */
  boolean isSuccess() {
    return (flags & 0xf) == 0;
  }

  /** The name itself and all that it is an alias for, according to this answer. */
  Set<String> aliases(String name) {
    Set<String> chain = new HashSet<>();
    chain.add(name);
    for (int round = 0; round < MOST_ALIASES; round++) {
      boolean more = false;
      for (int i = 0; i < owners.size(); i++) {
        if (values.get(i) instanceof String target && chain.contains(owners.get(i))) {
          more |= chain.add(target);
        }
      }
      if (!more) {
        break;
      }
    }
    return chain;
  }

  /** The addresses of one of these names, according to this answer. */
  List<Address> addresses(Set<String> names) {
    List<Address> found = new ArrayList<>();
    for (int i = 0; i < owners.size(); i++) {
      if (values.get(i) instanceof Address address && names.contains(owners.get(i))) {
        found.add(address);
      }
    }
    return found;
  }

  private void readQuestions() throws Unreadable {
    at = HEADER;
    if (u16(4) > MOST_QUESTIONS) {
      throw new Unreadable("it has too many questions");
    }
    for (int left = u16(4); left > 0; left--) {
      String name = name();
      int type = next16();
      questions.add(new Question(name, type, next16()));
    }
  }

  private void readAnswers() throws Unreadable {
    for (int left = u16(6); left > 0; left--) {
      String owner = name();
      int type = next16();
      int network = next16();
      at += 4; // time to live
      int length = next16();
      int end = at + length;
      if (end > bytes.length) {
        throw new Unreadable("a record is cut off");
      }
      if (network == INTERNET && ((type == A && length == 4) || (type == AAAA && length == 16))) {
        owners.add(owner);
        values.add(Address.of(Arrays.copyOfRange(bytes, at, end)));
      } else if (network == INTERNET && type == CNAME) {
        owners.add(owner);
        values.add(name());
      }
      at = end;
    }
  }

  /** The name that begins here; what may stand in no host's name is escaped as in zone files. */
  private String name() throws Unreadable {
    StringBuilder text = new StringBuilder();
    int position = at;
    int after = -1;
    int jumps = 0;
    int total = 1;
    for (int length = u8(position); length != 0; length = u8(position)) {
      if ((length & 0xc0) == 0xc0) {
        after = after < 0 ? position + 2 : after;
        position = (length & 0x3f) << 8 | u8(position + 1);
        if (++jumps > MOST_JUMPS) {
          throw new Unreadable("a name has no end");
        }
      } else {
        total += length + 1;
        if (length > 63 || total > LONGEST) {
          throw new Unreadable("a name is too long");
        }
        if (text.length() > 0) {
          text.append('.');
        }
        label(text, position + 1, length);
        position += length + 1;
      }
    }
    at = after < 0 ? position + 1 : after;
    return text.length() == 0 ? "." : HostName.normal(text.toString());
  }

  private void label(StringBuilder text, int from, int length) throws Unreadable {
    for (int i = from; i < from + length; i++) {
      int c = u8(i);
      if (c <= ' ' || c > '~' || c == '.' || c == '\\') {
        text.append('\\').append((char) ('0' + c / 100)).append((char) ('0' + c / 10 % 10));
        text.append((char) ('0' + c % 10));
      } else {
        text.append((char) c);
      }
    }
  }

  private int next16() throws Unreadable {
    int value = u16(at);
    at += 2;
    return value;
  }

  private int u16(int position) throws Unreadable {
    return u8(position) << 8 | u8(position + 1);
  }

  private int u8(int position) throws Unreadable {
    if (position >= bytes.length) {
      throw new Unreadable("it is cut off");
    }
    return bytes[position] & 0xff;
  }
}
