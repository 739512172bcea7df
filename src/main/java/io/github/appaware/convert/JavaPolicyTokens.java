package io.github.appaware.convert;

import java.io.IOException;
import java.io.StreamTokenizer;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The tokens of a Java {@code .policy} file, as the JDK's own parser splits them. */
final class JavaPolicyTokens {
  /**
   * A word, a character of the syntax, or a string.
   *
   * @param quoted whether it is a string
   * @param line from 1
   */
  record Word(String text, boolean quoted, int line) {
    boolean is(String syntax) {
      return !quoted && text.equals(syntax);
    }
  }

  private final List<Word> words = new ArrayList<>();
  private int at;

  JavaPolicyTokens(String text) {
    StreamTokenizer tokens = new StreamTokenizer(new StringReader(text));
    tokens.resetSyntax();
    tokens.wordChars('a', 'z');
    tokens.wordChars('A', 'Z');
    tokens.wordChars('0', '9');
    tokens.wordChars('.', '.');
    tokens.wordChars('_', '_');
    tokens.wordChars('$', '$');
    tokens.wordChars(128 + 32, 255);
    tokens.whitespaceChars(0, ' ');
    tokens.quoteChar('\'');
    tokens.quoteChar('"');
    tokens.slashSlashComments(true);
    tokens.slashStarComments(true);
    try {
      for (int type = tokens.nextToken();
          type != StreamTokenizer.TT_EOF;
          type = tokens.nextToken()) {
        boolean quoted = type == '"' || type == '\'';
        boolean isText = quoted || type == StreamTokenizer.TT_WORD;
        words.add(
            new Word(isText ? tokens.sval : String.valueOf((char) type), quoted, tokens.lineno()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a string can always be read
    }
  }

  boolean atEnd() {
    return at == words.size();
  }

  Word next() {
    return words.get(at++);
  }

  Word peek() {
    return words.get(at);
  }

  /** Skips this token if it is next, and says whether it is. */
  boolean skip(String syntax) {
    boolean isNext = !atEnd() && peek().is(syntax);
    if (isNext) {
      at++;
    }
    return isNext;
  }

  /** The line of the last token that was taken. */
  int line() {
    return at == 0 ? 1 : words.get(at - 1).line();
  }
}
