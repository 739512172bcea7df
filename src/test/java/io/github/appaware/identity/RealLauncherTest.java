package io.github.appaware.identity;

import static io.github.appaware.identity.Samples.ECHO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The parser and the {@code java} launcher of this JDK must read every line alike. */
class RealLauncherTest {
  @TempDir static Path directory;

  /** What the launcher did: its exit status, and the words that {@link Echo} saw. */
  private record Outcome(int status, List<String> words) {}

  @BeforeAll
  static void writeFiles() throws IOException {
    Samples.classes(directory.resolve("classes"));
    Samples.echoJar(directory.resolve("app.jar"));
    Samples.echoJar(directory.resolve("lib/app.jar"));
    Samples.write(directory.resolve("cp"), "-cp 'classes:my lib' # comment\n-Dx=\"a\\tb\"");
    Samples.write(directory.resolve("half"), "-cp");
    Samples.write(directory.resolve("main"), "-cp classes " + ECHO + " one \"two \\\n  three\"");
    Samples.write(directory.resolve("jar"), "-jar app.jar \"\" x");
    Samples.write(directory.resolve("nested"), "-cp @classes:classes " + ECHO);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "-cp classes ECHO a -cp b @cp",
        "-cp x -classpath y --class-path z --class-path=classes ECHO",
        "CLASSPATH=classes ECHO",
        "CLASSPATH=classes -cp classes: ECHO",
        "-Djava.class.path=classes ECHO",
        "-cp x -Djava.class.path=classes ECHO",
        "-Djava.class.path=x -cp classes ECHO",
        "CLASSPATH=x -Djava.class.path=y -jar app.jar a",
        "-jar -Dx=1 app.jar -jar",
        "-jar app.jar -version",
        "-cp lib/* ECHO",
        "-cp none/*:classes ECHO",
        "@cp ECHO @cp",
        "@main four",
        "@half classes ECHO",
        "@jar y",
        "@nested",
        "JDK_JAVA_OPTIONS=-cp_'classes'_-Dx=1 ECHO x",
        "JDK_JAVA_OPTIONS=@cp_-Dy ECHO",
        "JDK_JAVA_OPTIONS=-cp classes ECHO",
        "-p app.jar -m app/ECHO x",
        "-p x --module-path=app.jar --module=app/ECHO x",
        "CLASSPATH=classes -p app.jar -m app/ECHO",
        "--add-modules java.sql --limit-modules java.sql --add-exports java.base/sun.nio.ch=java.sql"
            + " --add-opens java.base/sun.nio.ch=java.sql --add-reads java.sql=java.base"
            + " --patch-module java.sql=x --upgrade-module-path x -p x -cp classes ECHO y",
        "--enable-native-access java.sql -cp classes ECHO",
        "-version",
        "-cp classes --version ECHO",
        "-cp classes -d java.base ECHO",
        "-cp classes --list-modules ECHO",
        "-cp classes --validate-modules ECHO",
        "-jar",
        "-cp -x ECHO",
        "--module=",
        "-p -m",
        "@missing ECHO",
        "JDK_JAVA_OPTIONS=-version -cp classes ECHO",
        "JDK_JAVA_OPTIONS=Main -cp classes ECHO",
        "JDK_JAVA_OPTIONS=@main -cp classes ECHO"
      })
  void agreesWithTheParser(String line) throws Exception {
    List<String> arguments = new ArrayList<>(Arrays.asList(line.replace("ECHO", ECHO).split(" ")));
    Map<String, String> environment = new TreeMap<>();
    if (arguments.get(0).matches("[A-Z_]+=.*")) {
      String[] variable = arguments.remove(0).split("=", 2);
      environment.put(variable[0], variable[1].replace('_', ' ').replace("JDK JAVA", "JDK_JAVA"));
    }

    requireAgreement(arguments, environment);
  }

  @Test
  void agreesWithTheParserAboutSourceFiles() throws Exception {
    Path file = directory.resolve("Hello.java");
    Files.writeString(
        file,
        """
        class Hello {
          public static void main(String[] a) {
            System.out.print(System.getProperty("sun.java.command").split(" ", 2)[1] + "\\0");
            System.out.print(System.getProperty("java.class.path") + "\\0" + a[0] + "\\0");
          }
        }
        """);

    requireAgreement(List.of("-cp", "classes", "Hello.java", "x"), Map.of());
  }

  @Test
  void agreesWithTheParserAboutArbitraryArgumentFiles() throws Exception {
    Random random = new Random(20261123);
    String characters = "ab \t\n\r\f\\\\\"\"'nt#";
    for (int i = 0; i < 25; i++) {
      StringBuilder text = new StringBuilder("-cp classes " + ECHO + " ");
      for (int j = 0; j < 300; j++) {
        text.append(characters.charAt(random.nextInt(characters.length())));
      }
      Files.writeString(directory.resolve("random"), text);

      requireAgreement(List.of("@random"), Map.of());
    }
  }

  private static void requireAgreement(List<String> arguments, Map<String, String> environment)
      throws Exception {
    Outcome outcome = run(arguments, environment);
    if (outcome.status() != 0) {
      assertThatExceptionOfType(TargetException.class)
          .isThrownBy(() -> JavaCommandLine.parse(arguments, environment, ArgFiles.in(directory)));
      return;
    }
    JavaCommandLine line = JavaCommandLine.parse(arguments, environment, ArgFiles.in(directory));
    if (line.kind() == JavaCommandLine.Kind.NONE) {
      assertThat(outcome.words()).hasSizeLessThanOrEqualTo(1);
      return;
    }
    List<String> command = new ArrayList<>(List.of(line.main()));
    command.addAll(line.applicationArguments());
    List<String> expected = new ArrayList<>();
    expected.add(String.join(" ", command));
    expected.add(String.join(":", line.classPath()));
    expected.addAll(line.applicationArguments());
    assertThat(outcome.words()).isEqualTo(expected);
  }

  private static Outcome run(List<String> arguments, Map<String, String> environment)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Samples.JAVA.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(directory.toFile()).redirectError(Redirect.DISCARD);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.contains("JAVA") || name.equals("CLASSPATH"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    List<String> words = new ArrayList<>(Arrays.asList(text.split("\0", -1)));
    words.remove(words.size() - 1);
    return new Outcome(process.waitFor(), words);
  }
}
