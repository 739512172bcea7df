package io.github.appaware.policy.model;

import io.github.appaware.policy.model.OriginPattern.Form;
import java.util.List;

/** Reads origin patterns, each form by its own syntax. */
final class OriginPatternParser {
  private static final String BELOW = ".**";

  private OriginPatternParser() {}

  /** See {@link OriginPattern#parse}. */
  static OriginPattern parse(String text) throws MalformedValue {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new MalformedValue(
          UserText.quoted(text) + " is not an origin",
          "begin it with one of these and a colon: " + UserText.list(Form.LABELS));
    }
    Form form = form(text.substring(0, colon));
    String rest = text.substring(colon + 1);
    if (rest.isEmpty()) {
      throw new MalformedValue(
          "the origin " + UserText.quoted(text) + " is empty, so it matches nothing", "");
    }
    return switch (form) {
      case MAVEN -> maven(text, rest);
      case JAR -> jar(text, rest);
      case SHA256 -> new OriginPattern(Form.SHA256, Sha256.parse(rest), List.of());
      case PACKAGE -> dotted(Form.PACKAGE, text, rest);
      case MODULE -> dotted(Form.MODULE, text, rest);
    };
  }

  private static Form form(String label) throws MalformedValue {
    for (Form form : Form.values()) {
      if (form.label().equals(label)) {
        return form;
      }
    }
    throw new MalformedValue(
        "unknown form of origin " + UserText.quoted(label), Suggestion.help(label, Form.LABELS));
  }

  private static OriginPattern maven(String text, String rest) throws MalformedValue {
    String[] parts = rest.split(":", -1);
    boolean empty = false;
    for (String part : parts) {
      empty |= part.isEmpty();
    }
    if (parts.length < 2 || parts.length > 3 || empty) {
      throw new MalformedValue(
          UserText.quoted(text) + " is not Maven coordinates",
          "write `maven:group:artifact` or `maven:group:artifact:version`");
    }
    Glob[] globs = new Glob[parts.length];
    for (int i = 0; i < parts.length; i++) {
      globs[i] = Glob.plain(parts[i]);
    }
    return new OriginPattern(Form.MAVEN, rest, List.of(globs));
  }

  private static OriginPattern jar(String text, String rest) throws MalformedValue {
    if (rest.indexOf('/') >= 0) {
      throw new MalformedValue(
          UserText.quoted(text) + " has a slash in it, so it matches nothing",
          "`jar:` is compared with the file name alone, without its directory");
    }
    return new OriginPattern(Form.JAR, rest, List.of(Glob.fileName(rest)));
  }

  private static OriginPattern dotted(Form form, String text, String rest) throws MalformedValue {
    for (String part : rest.split("\\.", -1)) {
      if (part.isEmpty() || !part.chars().allMatch(OriginPatternParser::isNamePart)) {
        throw new MalformedValue(
            UserText.quoted(text) + " is not the name of a " + form.label(),
            "write names with dots between them; `**` at the end is all that is below");
      }
    }
    boolean below = rest.endsWith(BELOW);
    Glob whole = Glob.dotted(rest);
    return new OriginPattern(
        form,
        rest,
        below
            ? List.of(Glob.dotted(rest.substring(0, rest.length() - BELOW.length())), whole)
            : List.of(whole));
  }

  private static boolean isNamePart(int c) {
    return c == '*' || c == '?' || Character.isJavaIdentifierPart(c);
  }
}
