package io.github.appaware.report;

/**
 * HTML that is well-formed XML as well. Element and attribute names are constants of the program;
 * everything else is escaped. Not thread-safe.
 */
final class Markup {
  private final StringBuilder out = new StringBuilder(64 * 1024);

  /**
   * Begins an element.
   *
   * @param attributes names and values in turn
   */
  Markup open(String element, String... attributes) {
    begin(element, attributes);
    out.append('>');
    return this;
  }

  /** An element without content, which HTML has no end tag for. */
  Markup empty(String element, String... attributes) {
    begin(element, attributes);
    out.append("/>");
    return this;
  }

  Markup close(String element) {
    out.append("</").append(element).append('>');
    return this;
  }

  /** An element with nothing but text in it. */
  Markup leaf(String element, String text, String... attributes) {
    return open(element, attributes).text(text).close(element);
  }

  private void begin(String element, String... attributes) {
    out.append('<').append(element);
    for (int i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      out.append('"');
    }
  }

  Markup text(String text) {
    escape(text);
    return this;
  }

  /** A line break in the source, for people who read it. */
  Markup line() {
    out.append('\n');
    return this;
  }

  /** Text of the program that is no markup, such as a style sheet. */
  Markup raw(String text) {
    out.append(text);
    return this;
  }

  int length() {
    return out.length();
  }

  /** Visible ASCII stays, what is markup or another character becomes a reference to it. */
  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean markup = c == '<' || c == '>' || c == '&' || c == '"' || c == '\'';
      if ((c >= ' ' && c < 0x7f && !markup) || c == '\n') {
        out.append(c);
      } else if (markup || (Character.isDefined(c) && !isForbidden(c))) {
        out.append("&#").append((int) c).append(';');
      } else {
        out.append("&#65533;");
      }
    }
  }

  /** Characters that XML has no way to write, and those that steer or reorder text. */
  private static boolean isForbidden(char c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || c >= 0xfffe;
  }

  /** In ASCII. */
  @Override
  public String toString() {
    return out.toString();
  }
}
