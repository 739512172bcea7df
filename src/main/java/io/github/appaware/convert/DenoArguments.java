package io.github.appaware.convert;

import java.util.List;
import java.util.Set;

/**
 * What the words of a command are to Deno (its {@code cli/args/flags.rs}): it reads its own flags
 * until the name of the program, which gets all words after that.
 *
 * @param subcommand {@code run} where there is none; empty if the command is not one of Deno's
 * @param flags the words that Deno reads for a program that it runs, or all words if the command is
 *     not one of Deno's
 * @param program what the program gets
 * @param isCertain whether the program's name can't be the value of the flag before it
 */
record DenoArguments(
    String subcommand, List<String> flags, List<String> program, boolean isCertain) {
  private static final String DENO = "deno";
  private static final String RUN = "run";
  private static final String EVAL = "eval";
  private static final String SERVE = "serve";

  /** Those that run a program with the permissions that their flags give it. */
  private static final Set<String> RUNNING =
      words("run serve test bench compile eval repl install jupyter x");

  private static final Set<String> OTHER =
      words(
          "add approve-scripts audit bundle cache check clean completions coverage "
              + "create deploy doc fmt help info init lint lsp outdated publish remove "
              + "sandbox task types uninstall update upgrade vendor why");

  /** Those that take several files, among flags. */
  private static final Set<String> OF_FILES = Set.of("test", "bench");

  /** Flags whose value is the next word. */
  private static final Set<String> WITH_VALUE =
      words(
          "-c -L -o --cert --conditions --config --exclude --ext --filter --host "
              + "--icon --import-map --include --junit-path --location --log-level --name "
              + "--output --port --preload --reporter --require --root --seed --target");

  /** Flags without one. */
  private static final Set<String> WITHOUT_VALUE =
      words(
          "-q -r -f -g --cached-only --check --force --frozen --global --inspect "
              + "--inspect-brk --inspect-wait --no-check --no-config --no-lock --no-npm "
              + "--no-prompt --no-remote --parallel --quiet --reload --watch");

  DenoArguments {
    flags = List.copyOf(flags);
    program = List.copyOf(program);
  }

  static DenoArguments of(List<String> words) {
    int at = 0;
    while (at < words.size() && !isDeno(words.get(at))) {
      at++;
    }
    if (at == words.size()) {
      return new DenoArguments("", words, List.of(), true);
    }
    int start = at + 1;
    String subcommand = "";
    for (at = start; at < words.size(); at++) {
      String word = words.get(at);
      if (WITH_VALUE.contains(word)) {
        at++;
      } else if (word.equals("--")) {
        break;
      } else if (!word.startsWith("-") || word.equals("-")) {
        if (subcommand.isEmpty() && (RUNNING.contains(word) || OTHER.contains(word))) {
          subcommand = word;
        } else if (!OF_FILES.contains(subcommand)) {
          break;
        }
      }
    }
    if (OTHER.contains(subcommand)) {
      return new DenoArguments(subcommand, List.of(), List.of(), true);
    }
    int end = Math.min(at, words.size());
    return new DenoArguments(
        subcommand.isEmpty() ? RUN : subcommand,
        words.subList(start, end),
        words.subList(end, words.size()),
        end == start || isWithoutValue(words.get(end - 1)));
  }

  private static Set<String> words(String text) {
    return Set.of(text.split(" ", -1));
  }

  private static boolean isDeno(String word) {
    return word.equals(DENO) || word.endsWith("/" + DENO);
  }

  private static boolean isWithoutValue(String word) {
    return !word.startsWith("-")
        || word.contains("=")
        || DenoPermissions.isPermission(word)
        || WITHOUT_VALUE.contains(word)
        || word.startsWith("--unstable");
  }

  /** Whether it runs a program. */
  boolean runs() {
    return RUNNING.contains(subcommand);
  }

  /** Whether the program may do everything, whatever the flags say. */
  boolean isEval() {
    return subcommand.equals(EVAL);
  }

  /** Whether the program may also listen where {@link #listens} says. */
  boolean serves() {
    return subcommand.equals(SERVE);
  }

  /** The endpoint of a server. */
  String listens() {
    return value("--host", "0.0.0.0") + ":" + value("--port", "8000");
  }

  private String value(String flag, String usual) {
    String value = usual;
    for (int i = 0; i < flags.size(); i++) {
      if (flags.get(i).startsWith(flag + "=")) {
        value = flags.get(i).substring(flag.length() + 1);
      } else if (flags.get(i).equals(flag) && i + 1 < flags.size()) {
        value = flags.get(i + 1);
      }
    }
    return value;
  }
}
