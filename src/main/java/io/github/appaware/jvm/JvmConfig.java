package io.github.appaware.jvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JVMs that a JDK has, and the options that choose one: its file {@code lib/jvm.cfg} ({@code
 * ReadKnownVMs} and {@code CheckJvmType} in OpenJDK's {@code libjli/java.c}).
 *
 * @param feature the JDK's feature release: 17, 25
 * @param known {@code -server} and the like, and what each stands for; the first is the default
 */
public record JvmConfig(int feature, Map<String, String> known) {
  private static final String ALIAS = "ALIASED_TO";

  public JvmConfig {
    known = new LinkedHashMap<>(known);
  }

  /** What most JDKs have. */
  public static JvmConfig usual(int feature) {
    return of(feature, List.of("-server KNOWN", "-client IGNORE"));
  }

  /** Of the JDK in this directory. */
  public static JvmConfig read(int feature, Path home) {
    try {
      byte[] bytes = Files.readAllBytes(home.resolve("lib").resolve("jvm.cfg"));
      return of(feature, List.of(NativeText.raw(bytes).split("\n", -1)));
    } catch (IOException e) {
      return usual(feature);
    }
  }

  private static JvmConfig of(int feature, List<String> lines) {
    Map<String, String> known = new LinkedHashMap<>();
    for (String line : lines) {
      String[] words = line.split("[ \t]+", -1);
      if (words.length > 1 && words[0].startsWith("-")) {
        boolean alias = words[1].startsWith(ALIAS) && words.length > 2;
        known.putIfAbsent(words[0], alias ? words[2] : words[1]);
      }
    }
    return known.isEmpty() ? usual(feature) : new JvmConfig(feature, known);
  }

  /**
   * Takes out of the words what chooses a JVM. The launcher does so up to the first word that is no
   * option, and passes over the value of an option, even that of {@code -m}: what follows the main
   * module may choose the JVM as well.
   *
   * @return those that choose another JVM than the default one
   */
  List<JvmOption> takeChoices(List<JvmOption> words) {
    List<JvmOption> others = new ArrayList<>();
    int at = 0;
    while (at < words.size()) {
      String text = words.get(at).text();
      if (LauncherOption.takesNextWord(text)) {
        at += 2;
      } else if (!text.startsWith("-")) {
        break;
      } else if (known.containsKey(text)) {
        JvmOption choice = words.remove(at);
        if (!isDefault(text)) {
          others.add(choice);
        }
      } else if (text.startsWith("-XXaltjvm=") || text.startsWith("-J-XXaltjvm=")) {
        others.add(words.remove(at));
      } else {
        at++;
      }
    }
    return others;
  }

  private boolean isDefault(String name) {
    String first = known.keySet().iterator().next();
    String meaning = known.get(name);
    return name.equals(first)
        || first.equals(meaning)
        || meaning.startsWith("IGNORE")
        || meaning.startsWith("WARN");
  }
}
