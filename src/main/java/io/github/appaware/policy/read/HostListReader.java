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

/**
 * Reads a {@code host-list} file: one name a line, or lines as in {@code /etc/hosts}, an address
 * and names; {@code *.name} is every name below, as in {@code host}. What follows {@code #} is a
 * comment. Lines of AdBlock and dnsmasq are read too, see {@link FilterLine}.
 *
 * <p>A line that names no host is left out and reported.
 *
 * <p>A list may have a million lines. Plain names in ASCII, which most lines are, are read from the
 * bytes, without an object; a name with anything unusual is read as a rule's {@code host} is.
 */
final class HostListReader {
  /** Of each list; a file of something else has a problem in every line. */
  private static final int MOST_PROBLEMS = 20;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final HostLists lists;
  private final HostList list;
  private final Problems problems;
  private final Problems errors;
  private final PlainName plain = new PlainName();
  private int found;
  private int firstNotShown;

  /** The line of the first filter, or 0. */
  private int filters;

  /** Most lines of a hosts file begin with the same address. */
  private byte[] lastAddress = {};

  private HostListReader(HostLists lists, HostList list, Problems problems, Problems errors) {
    this.lists = lists;
    this.list = list;
    this.problems = problems;
    this.errors = errors;
  }

  /**
   * Adds what the file holds to the list.
   *
   * @param problems gets the lines that are left out
   * @param errors gets what changes the meaning of other lines, so that the list can't be used
   * @return how many words or lines are left out
   */
  static int read(byte[] bytes, HostLists lists, HostList list, Problems problems, Problems errors)
      throws MalformedValue {
    HostListReader reader = new HostListReader(lists, list, problems, errors);
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
    return reader.found;
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
    if (isFilter(bytes, from, to) && filter(text(bytes, from, to), line)) {
      return;
    }
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
      int second = first ? next(bytes, end, to) : to;
      if (second < to && isAddress(bytes, at, end)) {
        address = lastAddress;
      } else if (second < to) {
        secondName(bytes, from, second, to, line);
        return;
      } else {
        word(bytes, at, end, line, from, address);
      }
      first = false;
      at = end;
    }
  }

  /** Whether the line has a character that no line of names has, outside its comment. */
  private static boolean isFilter(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == '#') {
        return i > from && !isBlank(bytes[i - 1]) && FilterLine.isCosmetic(text(bytes, i, to));
      }
      if (b == '|' || b == '!' || b == '@' || b == '=' || b == '[') {
        return true;
      }
    }
    return false;
  }

  /** Reads a line of AdBlock or dnsmasq; false if it is none. */
  private boolean filter(String text, int line) throws MalformedValue {
    FilterLine filter = FilterLine.parse(text);
    switch (filter.kind()) {
      case COMMENT -> {}
      case NAMES -> {
        filters = filters == 0 ? line : filters;
        for (String name : filter.names()) {
          add(name, line);
        }
      }
      case EXCEPTION -> {
        int since = filters == 0 ? line : filters;
        errors.add(
            new Position(list.toString(), line, 1),
            UserText.quoted(text.strip()) + " is an exception, which a host list can't have",
            "its filters begin at "
                + list
                + ":"
                + since
                + ":1: use a list without exceptions, and a rule that allows these names");
      }
      case OTHER ->
          problem(line, 1, UserText.quoted(text.strip()) + " is not about a host name", "");
      case NONE -> {
        return false;
      }
    }
    return true;
  }

  /** Adds a name and all names below it. */
  private void add(String name, int line) throws MalformedValue {
    HostPattern pattern;
    try {
      pattern = HostPattern.parse(name);
    } catch (MalformedValue malformed) {
      problem(line, 1, malformed.getMessage(), malformed.help());
      return;
    }
    byte[] normal = pattern.name().getBytes(StandardCharsets.US_ASCII);
    lists.add(list, normal, 0, normal.length, false);
    lists.add(list, normal, 0, normal.length, true);
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  /** A line of prose, say, of which no word is taken for a name. */
  private void secondName(byte[] bytes, int from, int second, int to, int line) {
    int end = second;
    while (end < to && !isBlank(bytes[end]) && bytes[end] != '#') {
      end++;
    }
    String before = text(bytes, from, second);
    problem(
        line,
        before.codePointCount(0, before.length()) + 1,
        UserText.quoted(text(bytes, second, end)) + " is a second name on the line",
        "write one name per line, or an address and its names as in `/etc/hosts`");
  }

  /** Where the next word begins; the end of the line if there is none. */
  private static int next(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isBlank(bytes[at])) {
      at++;
    }
    return at < to && bytes[at] == '#' ? to : at;
  }

  /** Whether the word, of which another follows, is an address. */
  private boolean isAddress(byte[] bytes, int from, int end) {
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
    boolean isPlain = plain.read(bytes, below ? from + 2 : from, to);
    if (isPlain && (address == null || !plain.isOfTheMachine())) {
      lists.add(list, plain.bytes(), 0, plain.length(), below);
    } else if (!isPlain) {
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
