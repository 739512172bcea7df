package io.github.appaware.policy.read;

import io.github.appaware.policy.model.MalformedValue;
import io.github.appaware.policy.model.UserText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlVersion;

/** Turns text into a TOML document, or the parser's errors into problems. */
final class TomlText {
  private static final String BYTE_ORDER_MARK = "\ufeff";
  private static final Pattern QUOTED =
      Pattern.compile("(Unexpected|Invalid escape sequence) '(.+?)'(, expected .*)?");

  /** A piece of syntax in a list of what was expected. */
  private static final Pattern SYNTAX = Pattern.compile("(?<= )[^\\p{Alnum}\\s,]+(?=,| |$)");

  private static final Pattern LINE = Pattern.compile("line ([0-9]{1,9}),");

  private static final Pattern REPEATED =
      Pattern.compile("(.+) (previously defined (?:as .*)?at line \\d+, column \\d+)");
  private static final Pattern NO_ARRAY =
      Pattern.compile(
          "(.+) (is not an array) \\((previously defined at line \\d+, column \\d+)\\)");

  private TomlText() {}

  /** The pieces to be parsed one after the other. */
  static List<PolicyChunks.Chunk> chunks(String text) throws MalformedValue {
    return PolicyChunks.of(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
  }

  /**
   * The document that a piece is, or nothing when there are syntax errors: what the parser made of
   * the rest can then be in the wrong table.
   */
  static Optional<TableReader> parse(String name, PolicyChunks.Chunk chunk, Problems problems) {
    TomlParseResult result = Toml.parse(chunk.text(), TomlVersion.V1_0_0);
    for (TomlParseError error : result.errors()) {
      String said = inFile(error.getMessage(), chunk.line());
      Position at =
          new Position(name, chunk.line() + error.position().line(), error.position().column());
      problems.add(at, message(said), help(said));
    }
    Position start = new Position(name, chunk.line() + 1, 1);
    return result.hasErrors()
        ? Optional.empty()
        : Optional.of(new TableReader(result, start, problems, chunk.line()));
  }

  /** Lines that an error mentions are counted from the beginning of the file. */
  private static String inFile(String error, int before) {
    return before == 0
        ? error
        : LINE.matcher(error)
            .replaceAll(line -> "line " + (before + Integer.parseInt(line.group(1))) + ",");
  }

  private static String message(String text) {
    Matcher quoted = QUOTED.matcher(text);
    if (quoted.matches()) {
      String rest = quoted.group(3) == null ? "" : quoted.group(3);
      return lowerFirst(quoted.group(1)) + " " + UserText.quoted(quoted.group(2)) + expected(rest);
    }
    Matcher repeated = REPEATED.matcher(text);
    if (repeated.matches()) {
      return UserText.quoted(repeated.group(1)) + " " + repeated.group(2);
    }
    Matcher noArray = NO_ARRAY.matcher(text);
    if (noArray.matches()) {
      return UserText.quoted(noArray.group(1)) + " " + noArray.group(2) + ", " + noArray.group(3);
    }
    return lowerFirst(expected(text));
  }

  private static String expected(String tokens) {
    return SYNTAX
        .matcher(tokens)
        .replaceAll(token -> "`" + Matcher.quoteReplacement(token.group()) + "`");
  }

  private static String help(String text) {
    if (text.endsWith("', expected a value")) {
      return "write text in quotes";
    }
    if (text.startsWith("Invalid escape sequence")) {
      return "write backslashes in 'single quotes'";
    }
    Matcher noArray = NO_ARRAY.matcher(text);
    return noArray.matches()
        ? "write " + UserText.quoted("[[" + noArray.group(1) + "]]") + " each time"
        : "";
  }

  private static String lowerFirst(String text) {
    return Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
