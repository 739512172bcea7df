package io.github.appaware.policy.edit;

import io.github.appaware.policy.edit.TomlItem.Array;
import io.github.appaware.policy.edit.TomlItem.Blank;
import io.github.appaware.policy.edit.TomlItem.Comment;
import io.github.appaware.policy.edit.TomlItem.Element;
import io.github.appaware.policy.edit.TomlItem.Entry;
import io.github.appaware.policy.edit.TomlItem.Header;
import io.github.appaware.policy.edit.TomlItem.Inline;
import io.github.appaware.policy.edit.TomlItem.Part;
import io.github.appaware.policy.edit.TomlItem.Remark;
import io.github.appaware.policy.edit.TomlItem.Scalar;
import io.github.appaware.policy.edit.TomlItem.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes a layout in the canonical form: no indentation, within a table, the equals signs in one
 * column and the comments after values in another; one empty line before each header and the
 * comment directly above it; an array on one line if it fits and has no comments.
 *
 * <p>Order, numbers, times and the text of comments stay as they are.
 */
final class TomlFormatter {
  private static final String GAP = "  ";

  private final List<TomlItem> items;
  private final List<String> lines = new ArrayList<>();

  /** Of the table that is being written. */
  private int keyWidth;

  private int commentColumn;

  private TomlFormatter(List<TomlItem> items) {
    this.items = items;
  }

  /** The lines, without their ends. */
  static List<String> format(List<TomlItem> items) {
    TomlFormatter formatter = new TomlFormatter(items);
    formatter.run();
    return formatter.lines;
  }

  private void run() {
    measure(0);
    boolean gap = false;
    TomlItem last = null;
    for (int i = 0; i < items.size(); i++) {
      TomlItem item = items.get(i);
      if (item instanceof Blank) {
        gap = true;
        continue;
      }
      boolean first = last == null || (last instanceof Header && !beginsTable(i));
      if (!first && (gap || beginsTable(i))) {
        lines.add("");
      }
      write(item, i);
      gap = false;
      last = item;
    }
  }

  private void write(TomlItem item, int i) {
    if (item instanceof Comment comment) {
      lines.add(comment.text());
    } else if (item instanceof Header header) {
      String name = header.array() ? "[[" + header.name() + "]]" : "[" + header.name() + "]";
      lines.add(header.comment().isEmpty() ? name : name + GAP + header.comment());
      measure(i + 1);
    } else if (item instanceof Entry entry) {
      List<String> own = lines(entry);
      String end = own.get(own.size() - 1);
      if (!entry.comment().isEmpty()) {
        int column = isOneLine(own) ? commentColumn : 0;
        end += " ".repeat(Math.max(GAP.length(), column - end.length())) + entry.comment();
      }
      lines.addAll(own.subList(0, own.size() - 1));
      lines.add(end);
    }
  }

  /** Whether it is a header, or the first of the comments directly above one. */
  private boolean beginsTable(int i) {
    if (i > 0 && items.get(i - 1) instanceof Comment) {
      return false;
    }
    int next = i;
    while (next < items.size() && items.get(next) instanceof Comment) {
      next++;
    }
    return next < items.size() && items.get(next) instanceof Header;
  }

  /** The columns of the table whose entries begin there. */
  private void measure(int from) {
    keyWidth = 0;
    commentColumn = 0;
    List<Entry> entries = new ArrayList<>();
    for (int i = from; i < items.size() && !(items.get(i) instanceof Header); i++) {
      if (items.get(i) instanceof Entry entry) {
        entries.add(entry);
        keyWidth = Math.max(keyWidth, entry.key().length());
      }
    }
    for (Entry entry : entries) {
      List<String> own = lines(entry);
      if (!entry.comment().isEmpty() && isOneLine(own)) {
        commentColumn = Math.max(commentColumn, own.get(0).length() + GAP.length());
      }
    }
  }

  private static boolean isOneLine(List<String> lines) {
    return lines.size() == 1 && lines.get(0).indexOf('\n') < 0;
  }

  private List<String> lines(Entry entry) {
    String start = TomlLine.start(entry.key(), keyWidth);
    return entry.value() instanceof Array array
        ? lines(array, start, "")
        : List.of(start + text(entry.value()));
  }

  private static List<String> lines(Array array, String start, String indent) {
    if (!hasRemarks(array)) {
      return TomlLine.array(start, elements(array));
    }
    List<String> lines = new ArrayList<>(List.of(start + "["));
    String deeper = indent + GAP;
    for (Part part : array.parts()) {
      if (part instanceof Remark remark && remark.trailing()) {
        lines.add(lines.remove(lines.size() - 1) + GAP + remark.text());
      } else if (part instanceof Remark remark) {
        lines.add(deeper + remark.text());
      } else if (part instanceof Element element) {
        List<String> own =
            element.value() instanceof Array inner
                ? lines(inner, deeper, deeper)
                : List.of(deeper + text(element.value()));
        lines.addAll(own.subList(0, own.size() - 1));
        lines.add(own.get(own.size() - 1) + ",");
      }
    }
    lines.add(indent + "]");
    return lines;
  }

  private static boolean hasRemarks(Written value) {
    return value instanceof Array array
        && array.parts().stream()
            .anyMatch(part -> !(part instanceof Element element) || hasRemarks(element.value()));
  }

  private static List<String> elements(Array array) {
    List<String> texts = new ArrayList<>();
    for (Part part : array.parts()) {
      if (part instanceof Element element) {
        texts.add(text(element.value()));
      }
    }
    return texts;
  }

  /** On one line. */
  private static String text(Written value) {
    if (value instanceof Scalar scalar) {
      return TomlScalar.value(scalar.raw());
    }
    if (value instanceof Inline inline) {
      return inline.pairs().isEmpty()
          ? "{}"
          : inline.pairs().stream()
              .map(pair -> pair.key() + " = " + text(pair.value()))
              .collect(Collectors.joining(", ", "{ ", " }"));
    }
    return "[" + String.join(", ", elements((Array) value)) + "]";
  }
}
