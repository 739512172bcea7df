package io.github.appaware.convert;

import java.util.ArrayList;
import java.util.List;

/**
 * The commands in a line or a script of a shell, each with its words: without quotes, comments and
 * what joins commands. Expansions are left as they are. A quoted word ends with its line.
 */
final class ShellCommands {
  /**
   * One command.
   *
   * @param line where it begins, from 1
   */
  record Command(int line, List<String> words) {
    Command {
      words = List.copyOf(words);
    }
  }

  private final String text;
  private final List<Command> commands = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private List<String> words = new ArrayList<>();
  private boolean inWord;
  private int at;
  private int line = 1;
  private int begin = 1;

  private ShellCommands(String text) {
    this.text = text;
    // `#!/usr/bin/env -S deno run` is a command.
    this.at = text.startsWith("#!") ? 2 : 0;
  }

  static List<Command> of(String text) {
    ShellCommands shell = new ShellCommands(text);
    while (shell.at < text.length()) {
      shell.next();
    }
    shell.endCommand();
    return shell.commands;
  }

  private void next() {
    char c = text.charAt(at++);
    switch (c) {
      case '\'', '"' -> quoted(c);
      case '\\' -> escaped();
      case '#' -> {
        if (inWord) {
          append(c);
        } else {
          skipComment();
        }
      }
      case '\n' -> {
        endCommand();
        line++;
      }
      case ' ', '\t', '\r' -> endWord();
      case ';', '|', '(', ')' -> endCommand();
      case '&' -> {
        if (inWord && word.charAt(word.length() - 1) == '>') {
          append(c); // 2>&1
        } else {
          endCommand();
        }
      }
      default -> append(c);
    }
  }

  private void append(char c) {
    if (words.isEmpty() && !inWord) {
      begin = line;
    }
    inWord = true;
    word.append(c);
  }

  /** In single quotes, nothing is escaped. */
  private void quoted(char quote) {
    inWord = true;
    while (at < text.length() && text.charAt(at) != '\n') {
      char c = text.charAt(at++);
      if (c == quote) {
        return;
      }
      boolean isEscape = c == '\\' && quote == '"' && at < text.length() && text.charAt(at) != '\n';
      append(isEscape ? text.charAt(at++) : c);
    }
  }

  /** At the end of a line, the command goes on. */
  private void escaped() {
    if (text.startsWith("\r\n", at)) {
      at++;
    }
    if (at == text.length()) {
      return;
    }
    if (text.charAt(at) == '\n') {
      line++;
      at++;
    } else {
      append(text.charAt(at++));
    }
  }

  private void skipComment() {
    while (at < text.length() && text.charAt(at) != '\n') {
      at++;
    }
  }

  private void endWord() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }

  private void endCommand() {
    endWord();
    if (!words.isEmpty()) {
      commands.add(new Command(begin, words));
      words = new ArrayList<>();
    }
  }
}
