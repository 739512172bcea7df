package io.github.appaware.jvm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A command line without argument files: their words stand in their places, so that what the
 * launcher reads is what was checked, even if the files change in between.
 *
 * @param arguments what follows {@code java}
 * @param variable the value of {@code JDK_JAVA_OPTIONS}; null if there is none
 */
public record FlatArguments(List<String> arguments, String variable) {
  /** Characters of one word: Linux takes 128 KiB (MAX_ARG_STRLEN in execve(2)). */
  private static final int LONGEST_WORD = 30_000;

  /** Characters of all words: Linux takes a quarter of the stack's limit, usually 2 MiB. */
  private static final int LONGEST = 200_000;

  public FlatArguments {
    arguments = List.copyOf(arguments);
  }

  /**
   * Reads the files.
   *
   * @param environment of the process, complete
   * @throws OptionException where the launcher would stop, and where the words are too long or too
   *     odd for a command line
   */
  public static FlatArguments of(
      List<String> arguments, Map<String, String> environment, OptionFiles files)
      throws OptionException {
    String variable = environment.get(ArgumentExpansion.VARIABLE);
    if (!namesFiles(arguments) && (variable == null || variable.indexOf('@') < 0)) {
      return new FlatArguments(arguments, variable);
    }
    List<String> words = texts(ArgumentExpansion.of(arguments, environment, files));
    int options = ArgumentExpansion.of(List.of(), environment, files).size();
    String value = variable == null ? null : quoted(words.subList(0, options));
    FlatArguments flat = new FlatArguments(words.subList(options, words.size()), value);
    flat.verify(words, environment);
    return flat;
  }

  private static boolean namesFiles(List<String> arguments) {
    for (String argument : arguments) {
      if (argument.startsWith("@")) {
        return true;
      }
    }
    return false;
  }

  /** The launcher must make the same of it, and read no file for it. */
  private void verify(List<String> words, Map<String, String> environment) throws OptionException {
    int length = 0;
    for (String word : words) {
      length += word.length();
      if (word.length() > LONGEST_WORD || length > LONGEST) {
        throw new OptionException("the argument files are too long for a command line");
      }
    }
    Map<String, String> changed = new HashMap<>(environment);
    changed.put(ArgumentExpansion.VARIABLE, variable);
    if (!texts(ArgumentExpansion.of(arguments, changed, new NoFiles())).equals(words)) {
      throw new OptionException("the argument files can't be written as a command line");
    }
  }

  private static List<String> texts(List<JvmOption> options) {
    List<String> texts = new ArrayList<>();
    for (JvmOption option : options) {
      texts.add(option.text());
    }
    return texts;
  }

  private static String quoted(List<String> words) {
    StringBuilder text = new StringBuilder();
    for (String word : words) {
      text.append(text.length() == 0 ? "" : " ").append(OptionText.escaped(word));
    }
    return text.toString();
  }

  private static final class NoFiles implements OptionFiles {
    @Override
    public byte[] bytes(String name, String option) throws OptionException {
      throw new OptionException(OptionException.quoted(option) + " names a file");
    }

    @Override
    public boolean exists(String name) {
      return false;
    }

    @Override
    public List<String> jars(String directory) {
      return List.of();
    }
  }
}
