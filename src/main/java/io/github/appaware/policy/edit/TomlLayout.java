package io.github.appaware.policy.edit;

import io.github.appaware.policy.edit.TomlItem.Array;
import io.github.appaware.policy.edit.TomlItem.Blank;
import io.github.appaware.policy.edit.TomlItem.Comment;
import io.github.appaware.policy.edit.TomlItem.Element;
import io.github.appaware.policy.edit.TomlItem.Entry;
import io.github.appaware.policy.edit.TomlItem.Header;
import io.github.appaware.policy.edit.TomlItem.Inline;
import io.github.appaware.policy.edit.TomlItem.Pair;
import io.github.appaware.policy.edit.TomlItem.Part;
import io.github.appaware.policy.edit.TomlItem.Remark;
import io.github.appaware.policy.edit.TomlItem.Scalar;
import io.github.appaware.policy.edit.TomlItem.Written;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses TOML text without loss: the reader keeps the values, this keeps comments, order and
 * positions as well. Only for text that the reader has accepted.
 */
final class TomlLayout {
  private final TomlScanner cursor;

  private TomlLayout(String text) {
    this.cursor = new TomlScanner(text);
  }

  /**
   * The items in their order; together they are the whole text but for a byte order mark.
   *
   * @throws EditException if the text can't be parsed, which is a defect of appaware
   */
  static List<TomlItem> of(String text) throws EditException {
    try {
      return new TomlLayout(text).items();
    } catch (IllegalStateException e) {
      throw new EditException(
          "the layout is not understood: " + e.getMessage(), "please report it");
    }
  }

  /** All comments, from the first to the last, wherever they stand. */
  static List<String> comments(List<TomlItem> items) {
    List<String> comments = new ArrayList<>();
    for (TomlItem item : items) {
      if (item instanceof Comment comment) {
        comments.add(comment.text());
      } else if (item instanceof Header header && !header.comment().isEmpty()) {
        comments.add(header.comment());
      } else if (item instanceof Entry entry) {
        collect(entry.value(), comments);
        if (!entry.comment().isEmpty()) {
          comments.add(entry.comment());
        }
      }
    }
    return comments;
  }

  private static void collect(Written value, List<String> comments) {
    if (value instanceof Array array) {
      for (Part part : array.parts()) {
        if (part instanceof Remark remark) {
          comments.add(remark.text());
        } else if (part instanceof Element element) {
          collect(element.value(), comments);
        }
      }
    }
  }

  private List<TomlItem> items() {
    List<TomlItem> items = new ArrayList<>();
    cursor.accept('\ufeff');
    while (!cursor.atEnd()) {
      items.add(item());
    }
    return items;
  }

  private TomlItem item() {
    int start = cursor.at();
    int line = cursor.line();
    cursor.skipSpace();
    if (cursor.peek() == '#') {
      String text = cursor.comment();
      endLine();
      return new Comment(start, cursor.at(), line, text);
    }
    if (cursor.atEnd() || cursor.acceptLineEnd()) {
      return new Blank(start, cursor.at(), line);
    }
    if (cursor.accept('[')) {
      boolean array = cursor.accept('[');
      String name = key();
      cursor.expect(']');
      if (array) {
        cursor.expect(']');
      }
      String comment = lastComment();
      return new Header(start, cursor.at(), line, name, array, comment);
    }
    String key = key();
    cursor.expect('=');
    cursor.skipSpace();
    Written value = value();
    String comment = lastComment();
    return new Entry(start, cursor.at(), line, key, value, comment);
  }

  private String lastComment() {
    cursor.skipSpace();
    String comment = cursor.comment();
    endLine();
    return comment;
  }

  private void endLine() {
    if (!cursor.acceptLineEnd() && !cursor.atEnd()) {
      throw new IllegalStateException("more in line " + cursor.line());
    }
  }

  private String key() {
    StringBuilder key = new StringBuilder();
    do {
      cursor.skipSpace();
      key.append(key.length() == 0 ? "" : ".").append(TomlScalar.key(cursor.keyPart()));
      cursor.skipSpace();
    } while (cursor.accept('.'));
    return key.toString();
  }

  private Written value() {
    if (cursor.accept('[')) {
      return array();
    }
    return cursor.accept('{') ? inline() : new Scalar(cursor.scalar());
  }

  private Array array() {
    List<Part> parts = new ArrayList<>();
    boolean trailing = true;
    while (true) {
      cursor.skipSpace();
      if (cursor.accept(']')) {
        return new Array(parts);
      } else if (cursor.acceptLineEnd()) {
        trailing = false;
      } else if (cursor.peek() == '#') {
        parts.add(new Remark(cursor.comment(), trailing));
      } else if (cursor.accept(',')) {
        // After a comment the comma has a line of its own, which the canonical form does not have.
        trailing = parts.isEmpty() || parts.get(parts.size() - 1) instanceof Element;
      } else {
        parts.add(new Element(value()));
        trailing = true;
      }
    }
  }

  private Inline inline() {
    List<Pair> pairs = new ArrayList<>();
    cursor.skipSpace();
    while (!cursor.accept('}')) {
      String key = key();
      cursor.expect('=');
      cursor.skipSpace();
      pairs.add(new Pair(key, value()));
      cursor.skipSpace();
      boolean more = cursor.accept(',');
      cursor.skipSpace();
      if (!more && cursor.peek() != '}') {
        throw new IllegalStateException("no `}` in line " + cursor.line());
      }
    }
    return new Inline(pairs);
  }
}
