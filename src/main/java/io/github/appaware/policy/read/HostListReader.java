package io.github.appaware.policy.read;

import io.github.appaware.policy.model.AddressLiteral;
import io.github.appaware.policy.model.HostList;
import io.github.appaware.policy.model.HostLists;
import io.github.appaware.policy.model.HostPattern;
import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.model.UserText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * Reads a {@code host-list} file: one name a line, or lines as in {@code /etc/hosts}, an address
 * and names; {@code *.name} is every name below, as in {@code host}. What follows {@code #} is a
 * comment.
 *
 * <p>A list may have a million lines. Plain names in ASCII, which most lines are, are read from the
 * bytes, without an object; a name with anything unusual is read as a rule's {@code host} is.
 */
final class HostListReader {
  /** Of each list; a file of something else has a problem in every line. */
  private static final int MOST_PROBLEMS = 20;

  /** What a hosts file says about the machine itself: part of the form, not of the list. */
  private static final Set<String> OWN =
      Set.of(
          "localhost",
          "localhost.localdomain",
          "local",
          "broadcasthost",
          "ip6-localhost",
          "ip6-loopback",
          "ip6-localnet",
          "ip6-mcastprefix",
          "ip6-allnodes",
          "ip6-allrouters",
          "ip6-allhosts");

  private static final int LONGEST_OWN = "localhost.localdomain".length();
  private static final int LONGEST_NAME = 253;
  private static final int LONGEST_LABEL = 63;
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final HostLists lists;
  private final HostList list;
  private final Problems problems;
  private final byte[] plain = new byte[LONGEST_NAME + 1];
  private int found;
  private int firstNotShown;

  /** Most lines of a hosts file begin with the same address. */
  private byte[] lastAddress = {};

  private HostListReader(HostLists lists, HostList list, Problems problems) {
    this.lists = lists;
    this.list = list;
    this.problems = problems;
  }

  /** Adds what the file holds to the list. */
  static void read(byte[] bytes, HostLists lists, HostList list, Problems problems)
      throws MalformedValue {
    HostListReader reader = new HostListReader(lists, list, problems);
    int at = startsWithMark(bytes) ? BYTE_ORDER_MARK.length : 0;
    for (int line = 1; at < bytes.length; line++) {
      int end = at;
      int negative = 0;
      while (end < bytes.length && bytes[end] != '\n') {
        negative |= bytes[end++];
      }
      int next = end + 1;
      if (end > at && bytes[end - 1] == '\r') {
        end--;
      }
      reader.line(bytes, at, end, line, negative < 0);
      at = next;
    }
    if (reader.found > MOST_PROBLEMS) {
      int more = reader.found - MOST_PROBLEMS;
      Position rest = new Position(list.toString(), reader.firstNotShown, 1);
      problems.add(rest, "and " + more + " more problems", "");
    }
  }

  private static boolean startsWithMark(byte[] bytes) {
    return bytes.length >= 3
        && bytes[0] == BYTE_ORDER_MARK[0]
        && bytes[1] == BYTE_ORDER_MARK[1]
        && bytes[2] == BYTE_ORDER_MARK[2];
  }

  private void line(byte[] bytes, int from, int to, int line, boolean foreign)
      throws MalformedValue {
    if (foreign) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
      } catch (CharacterCodingException e) {
        problem(line, 1, "not UTF-8", "");
        return;
      }
    }
    byte[] address = null;
    boolean first = true;
    int at = from;
    while (true) {
      while (at < to && isBlank(bytes[at])) {
        at++;
      }
      if (at == to || bytes[at] == '#') {
        return;
      }
      int end = at;
      while (end < to && !isBlank(bytes[end]) && bytes[end] != '#') {
        end++;
      }
      if (first && isHostsLine(bytes, at, end, to)) {
        address = lastAddress;
      } else if (!first && address == null) {
        int column = text(bytes, from, at).codePointCount(0, text(bytes, from, at).length()) + 1;
        problem(
            line,
            column,
            UserText.quoted(text(bytes, at, end)) + " is one name too many",
            "write one name a line, or an address and its names as in `/etc/hosts`");
        return;
      } else {
        word(bytes, at, end, line, from, address);
      }
      first = false;
      at = end;
    }
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  /** Whether the first word is an address and another word follows. */
  private boolean isHostsLine(byte[] bytes, int from, int end, int to) {
    int rest = end;
    while (rest < to && isBlank(bytes[rest])) {
      rest++;
    }
    if (rest == to || bytes[rest] == '#') {
      return false;
    }
    if (!Arrays.equals(bytes, from, end, lastAddress, 0, lastAddress.length)) {
      if (!isAddress(text(bytes, from, end))) {
        return false;
      }
      lastAddress = Arrays.copyOfRange(bytes, from, end);
    }
    return true;
  }

  private static boolean isAddress(String word) {
    int scope = word.indexOf('%');
    try {
      AddressLiteral.parse(scope < 0 ? word : word.substring(0, scope));
      return true;
    } catch (MalformedValue e) {
      return false;
    }
  }

  private void word(byte[] bytes, int from, int to, int line, int lineStart, byte[] address)
      throws MalformedValue {
    boolean below = to - from > 2 && bytes[from] == '*' && bytes[from + 1] == '.';
    int length = plain(bytes, below ? from + 2 : from, to);
    if (length > 0 && (address == null || !isOwn(length))) {
      lists.add(list, plain, 0, length, below);
    } else if (length < 0) {
      String word = text(bytes, from, to);
      if (address != null && (word.equals(text(address)) || isWildcard(word))) {
        return; // `0.0.0.0 0.0.0.0`, which hosts files of blocked names begin with
      }
      HostPattern pattern;
      try {
        pattern = HostPattern.parse(word);
      } catch (MalformedValue malformed) {
        String before = text(bytes, lineStart, from);
        int column = before.codePointCount(0, before.length()) + 1;
        problem(line, column, malformed.getMessage(), malformed.help());
        return;
      }
      byte[] name = pattern.name().getBytes(StandardCharsets.US_ASCII);
      lists.add(list, name, 0, name.length, pattern.below());
    }
  }

  private static boolean isWildcard(String word) {
    return word.equals("0.0.0.0") || word.equals("::");
  }

  private boolean isOwn(int length) {
    // Most names of lists are told apart by length and first letter already.
    return length <= LONGEST_OWN
        && "lbi".indexOf(plain[0]) >= 0
        && OWN.contains(new String(plain, 0, length, StandardCharsets.US_ASCII));
  }

  /** Copies a plain name in lower case into the buffer; its length, or -1 if it is not so plain. */
  private int plain(byte[] bytes, int from, int to) {
    int end = to > from && bytes[to - 1] == '.' ? to - 1 : to;
    int length = end - from;
    if (length < 1 || length > LONGEST_NAME) {
      return -1;
    }
    int label = 0;
    boolean letter = false;
    for (int i = 0; i < length; i++) {
      byte b = bytes[from + i];
      if (b >= 'A' && b <= 'Z') {
        b = (byte) (b + 'a' - 'A');
      }
      if ((b >= 'a' && b <= 'z') || b == '-' || b == '_') {
        letter = true;
        label++;
      } else if (b >= '0' && b <= '9') {
        label++;
      } else if (b == '.' && label > 0) {
        label = 0;
        letter = false;
      } else {
        return -1;
      }
      if (label > LONGEST_LABEL) {
        return -1;
      }
      plain[i] = b;
    }
    // A last label of digits alone, or of hexadecimal ones, makes an address for some.
    boolean hex = label > 1 && plain[length - label] == '0' && plain[length - label + 1] == 'x';
    return letter && label > 0 && !hex ? length : -1;
  }

  private void problem(int line, int column, String message, String help) {
    if (++found <= MOST_PROBLEMS) {
      problems.add(new Position(list.toString(), line, column), message, help);
    } else if (found == MOST_PROBLEMS + 1) {
      firstNotShown = line;
    }
  }

  private static String text(byte[] bytes) {
    return text(bytes, 0, bytes.length);
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
