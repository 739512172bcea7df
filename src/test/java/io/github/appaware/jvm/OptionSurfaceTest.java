package io.github.appaware.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.jvm.JavaCommandLine.Kind;
import io.github.appaware.testkit.Jdk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A JVM loads code, starts programs and writes files as its options and diagnostic commands say.
 * Each flag, option of the launcher and command of the JDKs on this machine is listed with what it
 * can do of these; one that an update adds fails the test, and so does one that can do something
 * and is called harmless.
 */
class OptionSurfaceTest {
  /** What a line of the lists says of something that can't. */
  private static final String NOTHING = "nothing of these";

  private static final Pattern OPTION =
      Pattern.compile("^ {1,8}(?:or +)?(-[^\\s,]+)(?:,? (-[^\\s]+))?");

  static Stream<Jdk> jdks() {
    return Jdk.all();
  }

  /** The names of a list, each with what is said about it. */
  private static Map<String, String> listed(String file) throws IOException {
    Map<String, String> listed = new LinkedHashMap<>();
    try (InputStream in = OptionSurfaceTest.class.getResourceAsStream("/surface/" + file)) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (!line.startsWith("#")) {
          String[] cells = line.split(" \\| ", 2);
          assertThat(cells).as(line).hasSize(2);
          for (String name : cells[0].split(" ", -1)) {
            assertThat(listed.put(name, cells[1])).as(name + " stands twice").isNull();
          }
        }
      }
    }
    return listed;
  }

  private static String output(Jdk jdk, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(jdk.java()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void everyFlagIsListed(Jdk jdk) throws Exception {
    Set<String> flags = new TreeSet<>();
    String printed =
        output(
            jdk,
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:+UnlockExperimentalVMOptions",
            "-XX:+PrintFlagsFinal",
            "-version");
    for (String line : printed.lines().toList()) {
      String[] words = line.strip().split("\\s+", -1);
      if (words.length > 2 && Set.of("=", ":=").contains(words[2])) {
        flags.add(words[1]);
      }
    }
    Map<String, String> listed = listed("flags.txt");

    assertThat(flags).hasSizeGreaterThan(800).contains("OnError", "SharedArchiveFile", "ErrorFile");
    Set<String> unknown = new TreeSet<>(flags);
    unknown.removeAll(listed.keySet());
    assertThat(unknown).as("flags that nobody has looked at").isEmpty();
    for (Map.Entry<String, String> flag : listed.entrySet()) {
      boolean able = !flag.getValue().equals(NOTHING) && !flag.getValue().startsWith("harmless: ");
      if (able) {
        assertThat(HarmlessFlags.effect(flag.getKey() + "=x")).as(flag + "").isNotNull();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void everyOptionOfTheLauncherIsListed(Jdk jdk) throws Exception {
    Set<String> options = new TreeSet<>();
    for (String help : List.of("--help", "--help-extra")) {
      for (String line : output(jdk, help).lines().toList()) {
        Matcher matcher = OPTION.matcher(line);
        if (matcher.find()) {
          options.add(name(matcher.group(1)));
          if (matcher.group(2) != null) {
            options.add(name(matcher.group(2)));
          }
        }
      }
    }
    Map<String, String> listed = listed("options.txt");

    assertThat(options).hasSizeGreaterThan(50).contains("-javaagent:", "--add-opens", "-splash:");
    Set<String> unknown = new TreeSet<>(options);
    unknown.removeAll(listed.keySet());
    assertThat(unknown).as("options that nobody has looked at").isEmpty();
    for (Map.Entry<String, String> option : listed.entrySet()) {
      boolean able =
          !option.getValue().equals(NOTHING) && !option.getValue().startsWith("harmless: ");
      if (able && !option.getValue().startsWith("launcher: ")) {
        String text = option.getKey() + (option.getKey().startsWith("--") ? "=x" : "x");
        assertThat(HarmlessOptions.effect(text, Kind.CLASSPATH)).as(option + "").isNotNull();
      }
    }
  }

  /** The option without what it takes: {@code -Xms<size>} is {@code -Xms}. */
  private static String name(String option) {
    return option.replaceFirst("[<\\[=].*", "").replaceFirst("(?<=:).*", "");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void everyDiagnosticCommandIsListed(Jdk jdk) throws Exception {
    String classes =
        OptionSurfaceTest.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    List<String> commands =
        output(jdk, "-cp", classes, CommandNames.class.getName()).lines().toList();
    Map<String, String> listed = listed("commands.txt");

    assertThat(commands).hasSizeGreaterThan(25).contains("JVMTI.agent_load");
    Set<String> unknown = new TreeSet<>(commands);
    unknown.removeAll(listed.keySet());
    assertThat(unknown).as("commands that nobody has looked at").isEmpty();
  }
}
