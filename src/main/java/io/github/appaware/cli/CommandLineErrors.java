package io.github.appaware.cli;

import io.github.appaware.policy.model.Suggestion;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Words what is wrong with a command line. Picocli's own messages are not used where they hold the
 * user's text, as they put it between quotes that it may contain.
 */
final class CommandLineErrors {
  private CommandLineErrors() {}

  /** What is wrong, in the user's own words. */
  static String message(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched);
    }
    if (failure instanceof MissingParameterException missing) {
      return missing(missing);
    }
    if (failure instanceof OverwrittenOptionException overwritten) {
      return "more than one " + name(overwritten.getOverwritten());
    }
    if (failure.getArgSpec() != null && failure.getValue() != null) {
      return invalid(failure);
    }
    String message = failure.getMessage();
    return Character.toLowerCase(message.charAt(0)) + message.substring(1);
  }

  private static String unmatched(UnmatchedArgumentException failure) {
    String word = failure.getUnmatched().get(0);
    if (isOption(word)) {
      return "unknown option `" + optionName(word) + "`";
    }
    boolean hasCommands = !failure.getCommandLine().getSubcommands().isEmpty();
    return (hasCommands ? "unknown command `" : "unexpected argument `") + word + "`";
  }

  private static String missing(MissingParameterException failure) {
    List<String> missing = new ArrayList<>();
    for (ArgSpec each : failure.getMissing()) {
      if (each.isOption() && !each.required()) {
        return "missing " + each.paramLabel() + " after " + name(each);
      }
      missing.add(each.isOption() ? option(each) : "`" + each.paramLabel() + "`");
    }
    return "missing " + String.join(", ", missing);
  }

  private static String option(ArgSpec option) {
    return "`" + ((OptionSpec) option).longestName() + " " + option.paramLabel() + "`";
  }

  /** A converter of ours says it all; of others, only what they are for is known. */
  private static String invalid(ParameterException failure) {
    if (failure.getCause() instanceof TypeConversionException ours
        && ours.getMessage().startsWith(WordConverter.UNKNOWN)) {
      return ours.getMessage();
    }
    Class<?> type = failure.getArgSpec().type();
    String expected = type == int.class || type == Integer.class ? ": expected an integer" : "";
    return "invalid value `"
        + failure.getValue()
        + "` for "
        + name(failure.getArgSpec())
        + expected;
  }

  private static String name(ArgSpec arg) {
    return "`" + (arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel()) + "`";
  }

  /** What to do about it. */
  static String help(ParameterException failure) {
    CommandSpec spec = failure.getCommandLine().getCommandSpec();
    if (failure instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().get(0);
      String near = isOption(word) ? near(optionName(word), options(spec)) : command(word, spec);
      if (!near.isEmpty()) {
        return near;
      }
      if (spec.name().equals(CommandLineProgram.NAME)
          && unmatched.getUnmatched().contains("java")) {
        return "programs are started by `appaware run`";
      }
    }
    return "see `" + spec.qualifiedName(" ") + " --help`";
  }

  private static boolean isOption(String word) {
    return word.length() > 1 && word.startsWith("-");
  }

  private static String optionName(String word) {
    int value = word.indexOf('=');
    return value < 0 ? word : word.substring(0, value);
  }

  private static List<String> options(CommandSpec spec) {
    List<String> names = new ArrayList<>();
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        names.add(option.longestName());
      }
    }
    return names;
  }

  private static String command(String word, CommandSpec spec) {
    List<String> names = new ArrayList<>();
    for (CommandLine each : spec.subcommands().values()) {
      names.add(each.getCommandName());
    }
    String near = near(word, names);
    return near.isEmpty() ? abbreviated(word, names) : near;
  }

  private static String near(String word, List<String> known) {
    String help = known.isEmpty() ? "" : Suggestion.help(word, known);
    return help.startsWith("did you mean ") ? help : "";
  }

  /** The one command that has all letters of the word in this order: {@code ls} is list. */
  private static String abbreviated(String word, List<String> known) {
    String found = "";
    for (String name : known) {
      if (isAbbreviation(word, name)) {
        if (!found.isEmpty()) {
          return "";
        }
        found = "did you mean `" + name + "`?";
      }
    }
    return found;
  }

  private static boolean isAbbreviation(String word, String name) {
    if (word.length() < 2 || word.charAt(0) != name.charAt(0)) {
      return false;
    }
    int at = 0;
    for (int i = 0; i < word.length(); i++) {
      at = name.indexOf(word.charAt(i), at) + 1;
      if (at == 0) {
        return false;
      }
    }
    return true;
  }
}
