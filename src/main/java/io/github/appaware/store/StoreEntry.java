package io.github.appaware.store;

import io.github.appaware.event.Text;
import io.github.appaware.policy.edit.TakenIds;
import io.github.appaware.policy.model.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** A key of the store and its value. Immutable but for the ids, which are read once. */
final class StoreEntry {
  private static final int MAX_BYTES = 16 << 20;
  private static final Pattern POLICY = Pattern.compile("/policy/[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
  private static final Pattern ANSWER = Pattern.compile("/answers/[A-Za-z0-9][A-Za-z0-9-]{0,63}");
  private static final String SUFFIX = ".toml";

  /** What a key is for. */
  enum Kind {
    /** Stored by an operator. */
    POLICY,
    /** Saved by a server. */
    ANSWER,
    /** Written with each change that appaware makes. */
    HEAD,
    /** Not appaware's. */
    UNKNOWN
  }

  private final Kind kind;
  private final String name;
  private final long revision;
  private final String text;
  private final Problem problem;
  private TakenIds ids;

  private StoreEntry(Kind kind, String name, long revision, String text, Problem problem) {
    this.kind = kind;
    this.name = name;
    this.revision = revision;
    this.text = text;
    this.problem = problem;
  }

  /** A key, without the prefix, and its value. */
  static StoreEntry of(String prefix, String key, Keys.Value value) {
    Kind kind = kind(key);
    String name = name(prefix, key);
    if (kind == Kind.HEAD) {
      return new StoreEntry(kind, name, value.revision(), "", null);
    }
    if (kind == Kind.UNKNOWN) {
      String help =
          "there are policy/NAME.toml, for NAME of letters, digits, `.`, `_` and `-`, and answers/ID";
      return bad(kind, name, value, "no key of appaware's", help);
    }
    if (value.bytes().length() > MAX_BYTES) {
      return bad(kind, name, value, "larger than " + (MAX_BYTES >> 20) + " MiB", "");
    }
    try {
      byte[] bytes = value.bytes().getBytes(StandardCharsets.ISO_8859_1);
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new StoreEntry(kind, name, value.revision(), text, null);
    } catch (CharacterCodingException e) {
      return bad(kind, name, value, "not UTF-8", "");
    }
  }

  private static StoreEntry bad(
      Kind kind, String name, Keys.Value value, String what, String help) {
    return new StoreEntry(kind, name, value.revision(), "", new Problem(name, 0, 0, what, help));
  }

  private static Kind kind(String key) {
    if (key.equals(StoreContents.HEAD)) {
      return Kind.HEAD;
    }
    if (key.endsWith(SUFFIX)
        && POLICY.matcher(key.substring(0, key.length() - SUFFIX.length())).matches()) {
      return Kind.POLICY;
    }
    return ANSWER.matcher(key).matches() ? Kind.ANSWER : Kind.UNKNOWN;
  }

  /** Its name in messages and reasons. */
  static String name(String prefix, String key) {
    return "etcd:" + Text.printable(prefix + key);
  }

  /** A text as the store has it. */
  static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  Kind kind() {
    return kind;
  }

  String name() {
    return name;
  }

  long revision() {
    return revision;
  }

  String text() {
    return text;
  }

  /** Null if it could be read as text. */
  Problem problem() {
    return problem;
  }

  /** Read once: each answer is checked against thousands of entries. */
  synchronized TakenIds ids() {
    if (ids == null) {
      ids = TakenIds.of(text);
    }
    return ids;
  }
}
