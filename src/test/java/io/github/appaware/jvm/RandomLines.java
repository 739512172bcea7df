package io.github.appaware.jvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Makes up command lines, argument files, option files and variables: random words in random
 * quotes, and some that are no longer in their quotes.
 */
final class RandomLines {
  /** A command line, the environment that it is in, and the files that either names. */
  record Line(List<String> arguments, Map<String, String> environment, Map<String, String> files) {}

  private static final String PLAIN = "abkxyz019.,:;/+-_@=%$";
  private static final String ODD = " \t\f\u000b\"'\\#@-=*\u00e9\u00fc\u65e5";

  /** All JVMs have them, in any order and number, and the program starts all the same. */
  private static final String[] OPTIONS = {
    "-ea",
    "-da:x...",
    "-esa",
    "-Xss512k",
    "-Xmx64m",
    "-Xms8m",
    "-Xint",
    "-Xmixed",
    "-XX:+UseSerialGC",
    "-XX:-UsePerfData",
    "-XX:#commented out",
    "-Xlog:gc:stderr",
    "-Xshare:auto",
    "--add-reads=java.sql=java.base",
    "-server"
  };

  /** The same with the value in the next word, or for the command line alone. */
  private static final String[][] LAUNCHER_OPTIONS = {
    {"-cp", "classes"},
    {"-classpath", "x:classes"},
    {"--class-path", "classes:"},
    {"--class-path=classes"},
    {"-cp", "lib/*:classes"},
    {"--add-modules", "java.sql"},
    {"--add-opens", "java.base/java.util=ALL-UNNAMED"},
    {"-showversion"},
    {"-Xdiag"},
    {"-p", "none"},
    {"--module-path=none"},
  };

  private static final String[] FLAGS = {
    "+UseSerialGC", "-UsePerfData", "MaxHeapSize=64M", "+Unknown", "ErrorFile=a b", "#+x"
  };

  private final Random random;
  private final Path directory;
  private final Map<String, String> files = new TreeMap<>();

  RandomLines(Random random, Path directory) {
    this.random = random;
    this.directory = directory;
  }

  Line next() throws IOException {
    files.clear();
    Map<String, String> environment = new TreeMap<>();
    if (random.nextInt(2) == 0) {
      environment.put("JAVA_TOOL_OPTIONS", variable(vmOptions(true)));
    }
    if (random.nextInt(2) == 0) {
      environment.put("_JAVA_OPTIONS", variable(vmOptions(true)));
    }
    if (random.nextInt(3) == 0) {
      List<String> words = launcherWords(random.nextInt(4));
      if (random.nextInt(2) == 0) {
        words.add("@" + file(argumentFile(launcherWords(random.nextInt(4)))));
      }
      environment.put("JDK_JAVA_OPTIONS", variable(words));
    }
    if (random.nextInt(4) == 0) {
      environment.put("CLASSPATH", "classes:" + word().replace('*', 'x').replace('\0', 'x'));
    }
    List<String> words = new ArrayList<>();
    words.add(RealLauncher.OPEN);
    words.add("-XX:+IgnoreUnrecognizedVMOptions");
    words.addAll(vmOptions(true));
    words.addAll(launcherWords(random.nextInt(5)));
    if (random.nextInt(3) == 0) {
      words.addAll(List.of("-jar", "app.jar"));
    } else {
      words.addAll(List.of("-cp", "classes", RealLauncher.PROBE));
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      words.add(word());
    }
    return new Line(inFiles(words), environment, Map.copyOf(files));
  }

  /** Some stretches of the line in argument files. */
  private List<String> inFiles(List<String> words) throws IOException {
    List<String> line = new ArrayList<>();
    int at = 0;
    boolean main = false;
    while (at < words.size()) {
      int count = Math.min(words.size() - at, 1 + random.nextInt(6));
      List<String> stretch = words.subList(at, at + count);
      if (!main && random.nextInt(3) == 0) {
        line.add("@" + file(argumentFile(stretch)));
      } else {
        line.addAll(stretch);
      }
      main |= stretch.contains("app.jar") || stretch.contains(RealLauncher.PROBE);
      at += count;
    }
    return line;
  }

  private List<String> launcherWords(int count) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      if (random.nextInt(2) == 0) {
        words.addAll(List.of(LAUNCHER_OPTIONS[random.nextInt(LAUNCHER_OPTIONS.length)]));
      } else {
        words.add(option());
      }
    }
    return words;
  }

  private List<String> vmOptions(boolean withFile) throws IOException {
    List<String> words = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      words.add(option());
    }
    words.remove("-server"); // the launcher's
    if (withFile && random.nextInt(5) == 0) {
      words.add("-XX:VMOptionsFile=" + file(variable(vmOptions(random.nextInt(20) == 0))));
    }
    if (random.nextInt(8) == 0) {
      words.add("-XX:Flags=" + file(flags()));
    }
    return words;
  }

  private String option() {
    return random.nextInt(3) == 0
        ? OPTIONS[random.nextInt(OPTIONS.length)]
        : "-Dk" + random.nextInt(4) + (random.nextInt(8) == 0 ? "" : "=" + word());
  }

  private String word() {
    StringBuilder word = new StringBuilder();
    for (int i = random.nextInt(9); i > 0; i--) {
      String from = random.nextInt(3) == 0 ? ODD : PLAIN;
      int at = from.offsetByCodePoints(0, random.nextInt(from.codePointCount(0, from.length())));
      word.appendCodePoint(from.codePointAt(at));
    }
    return word.toString();
  }

  private String flags() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      String flag = FLAGS[random.nextInt(FLAGS.length)];
      text.append(random.nextInt(4) == 0 ? flag : quoted(flag, false));
      text.append(
          random.nextInt(3) == 0 ? "\n# it's a comment\n" : random.nextBoolean() ? "\n" : " ");
    }
    return text.toString();
  }

  /** The words of a variable, or of a file of options for the JVM. */
  private String variable(List<String> words) {
    StringBuilder text = new StringBuilder(blanks(" \t\n\f\u000b", 0));
    for (String word : words) {
      text.append(random.nextInt(40) == 0 ? word : quoted(word, false));
      text.append(blanks(" \t\n\f\u000b", 1));
    }
    return text.toString();
  }

  private String argumentFile(List<String> words) {
    StringBuilder text = new StringBuilder();
    if (random.nextInt(10) == 0) {
      text.append('#').append("x".repeat(4_070 + random.nextInt(30))).append('\n');
    }
    for (String word : words) {
      text.append(random.nextInt(40) == 0 ? word : quoted(word, true));
      text.append(random.nextInt(8) == 0 ? " # it's a comment\n" : blanks(" \t\n\r\f", 1));
    }
    return text.toString();
  }

  private String blanks(String from, int least) {
    StringBuilder text = new StringBuilder();
    for (int i = least + random.nextInt(2); i > 0; i--) {
      text.append(from.charAt(random.nextInt(from.length())));
    }
    return text.toString();
  }

  /** The word in pieces, each in quotes of either kind, or bare where it can be. */
  private String quoted(String word, boolean escapes) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    do {
      int end = Math.min(word.length(), at + 1 + random.nextInt(5));
      String piece = word.substring(at, end);
      if (random.nextInt(3) > 0 && !piece.isEmpty() && isBare(piece)) {
        text.append(piece);
      } else if (escapes) {
        char quote = random.nextBoolean() ? '"' : '\'';
        text.append(quote);
        for (int i = 0; i < piece.length(); i++) {
          char c = piece.charAt(i);
          boolean escape =
              c == quote || c == '\\' || (random.nextInt(9) == 0 && "nrtf".indexOf(c) < 0);
          text.append(c == '\t' ? "\\t" : c == '\f' ? "\\f" : (escape ? "\\" : "") + c);
          text.append(random.nextInt(30) == 0 ? "\\\n  " : "");
        }
        text.append(quote);
      } else {
        for (int i = 0; i < piece.length(); i++) {
          char c = piece.charAt(i);
          char quote = c == '"' || (c != '\'' && random.nextBoolean()) ? '\'' : '"';
          text.append(quote).append(c).append(quote);
        }
        text.append(piece.isEmpty() ? "''" : "");
      }
      at = end;
    } while (at < word.length());
    return text.toString();
  }

  private static boolean isBare(String piece) {
    for (int i = 0; i < piece.length(); i++) {
      char c = piece.charAt(i);
      if (c <= ' ' || c == '"' || c == '\'' || c == '\\' || c == '#') {
        return false;
      }
    }
    return true;
  }

  private String file(String text) throws IOException {
    String name = "f" + files.size();
    files.put(name, text);
    Files.writeString(directory.resolve(name), text);
    return name;
  }
}
