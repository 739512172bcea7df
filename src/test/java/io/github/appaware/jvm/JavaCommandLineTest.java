package io.github.appaware.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * In the tables a command line is split at blanks, and words like NAME=value are its environment.
 */
class JavaCommandLineTest {
  private static final FakeFiles FILES =
      new FakeFiles(
          Map.ofEntries(
              Map.entry("Hello.java", ""),
              Map.entry("script", ""),
              Map.entry("cp", "-cp a:b"),
              Map.entry("half", "-cp"),
              Map.entry("quoted", "-cp 'my lib:b' -Dx=\"1 2\" # comment"),
              Map.entry("main", "-cp a Main one"),
              Map.entry("nested", "-cp @cp Main"),
              Map.entry("jar", "-jar app.jar x"),
              Map.entry("jarname", "app.jar"),
              Map.entry("dashjar", "-Dx -jar"),
              Map.entry("empty", "# nothing\n"),
              Map.entry("stop", "--disable-@files"),
              Map.entry("vm", "-Xmx1g"),
              Map.entry("f", "+UseSerialGC")),
          Map.of("lib/", List.of("a.jar", "b.JAR"), "", List.of("here.jar")));

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Main                                          | CLASSPATH | Main     | .       |
          Main a -b                                     | CLASSPATH | Main     | .       | a,-b
          -cp a:b Main x                                | CLASSPATH | Main     | a:b     | x
          -classpath a Main                             | CLASSPATH | Main     | a       |
          --class-path a Main                           | CLASSPATH | Main     | a       |
          --class-path=a Main                           | CLASSPATH | Main     | a       |
          -cp x -cp a Main                              | CLASSPATH | Main     | a       |
          -cp a Main -cp b                              | CLASSPATH | Main     | a       | -cp,b
          -cp a: Main                                   | CLASSPATH | Main     | a:      |
          -cp lib/* Main                                | CLASSPATH | Main     | lib/a.jar:lib/b.JAR |
          -cp *:x Main                                  | CLASSPATH | Main     | here.jar:x |
          -cp none/*:x* Main                            | CLASSPATH | Main     | none/*:x* |
          CLASSPATH=a:lib/* Main                        | CLASSPATH | Main     | a:lib/a.jar:lib/b.JAR |
          CLASSPATH=a -cp b Main                        | CLASSPATH | Main     | b       |
          -Djava.class.path=a Main                      | CLASSPATH | Main     | a       |
          -cp b -Djava.class.path=lib/* Main            | CLASSPATH | Main     | lib/*   |
          -Djava.class.path=a -cp b Main                | CLASSPATH | Main     | b       |
          -jar app.jar                                  | JAR       | app.jar  | app.jar |
          -jar app.jar -cp x                            | JAR       | app.jar  | app.jar | -cp,x
          -Xmx1g -cp a -jar app.jar y                   | JAR       | app.jar  | app.jar | y
          -jar -Dx=1 app.jar                            | JAR       | app.jar  | app.jar |
          -Xshare:dump -Xshare:auto -jar app.jar        | JAR       | app.jar  | app.jar |
          -Djava.class.path=a -jar app.jar              | JAR       | app.jar  | app.jar |
          -jar Hello.java                               | JAR       | Hello.java | Hello.java |
          CLASSPATH=a -jar app.jar                      | JAR       | app.jar  | app.jar |
          -m mod                                        | MODULE    | mod      | none    |
          -p mods -m mod/pkg.Main x                     | MODULE    | mod/pkg.Main | none |  x
          --module-path mods --module mod -x            | MODULE    | mod      | none    | -x
          --module-path=mods --module=mod/M x           | MODULE    | mod/M    | none    | x
          -cp a -m mod                                  | MODULE    | mod      | a       |
          CLASSPATH= -m mod                             | MODULE    | mod      | none    |
          CLASSPATH=a -m mod                            | MODULE    | mod      | a       |
          -jar -m mod app.jar                           | MODULE    | mod      | none    | app.jar
          --upgrade-module-path up Main                 | CLASSPATH | Main     | .       |
          --add-modules java.sql Main                   | CLASSPATH | Main     | .       |
          --limit-modules java.base Main                | CLASSPATH | Main     | .       |
          --add-exports a/b=c Main                      | CLASSPATH | Main     | .       |
          --add-opens a/b=c Main                        | CLASSPATH | Main     | .       |
          --add-opens=a/b=c Main                        | CLASSPATH | Main     | .       |
          --add-reads a=b Main                          | CLASSPATH | Main     | .       |
          --patch-module m=x Main                       | CLASSPATH | Main     | .       |
          --enable-native-access M Main                 | CLASSPATH | Main     | .       |
          -XX:Flags=f -XX:VMOptionsFile=vm Main         | CLASSPATH | Main     | .       |
          -server -verbose:gc -ea:x -javaagent:y Main   | CLASSPATH | Main     | .       |
          --dry-run Main                                | CLASSPATH | Main     | .       |
          -showversion Main                             | CLASSPATH | Main     | .       |
          Hello.java x                                  | SOURCE    | Hello.java | .     | x
          -cp a Hello.java                              | SOURCE    | Hello.java | a     |
          --source 17 script x                          | SOURCE    | script   | .       | x
          --source=17 script                            | SOURCE    | script   | .       |
          -jar --source 17 script                       | SOURCE    | script   | .       |
          Missing.java                                  | CLASSPATH | Missing.java | .   |
          @cp Main                                      | CLASSPATH | Main     | a:b     |
          @quoted Main                                  | CLASSPATH | Main     | my lib:b |
          @main two                                     | CLASSPATH | Main     | a       | one,two
          -Dx @main                                     | CLASSPATH | Main     | a       | one
          @half a Main                                  | CLASSPATH | Main     | a       |
          @half @jarname Main                           | CLASSPATH | Main     | app.jar |
          @jar y                                        | JAR       | app.jar  | app.jar | x,y
          -jar @jarname                                 | JAR       | app.jar  | app.jar |
          @dashjar app.jar                              | JAR       | app.jar  | app.jar |
          @empty Main                                   | CLASSPATH | Main     | .       |
          Main @cp                                      | CLASSPATH | Main     | .       | @cp
          -jar app.jar @cp                              | JAR       | app.jar  | app.jar | @cp
          @@cp                                          | CLASSPATH | @cp      | .       |
          @                                             | CLASSPATH | @        | .       |
          @nested                                       | CLASSPATH | Main     | @cp     |
          --disable-@files @cp                          | CLASSPATH | @cp      | .       |
          @stop @cp                                     | CLASSPATH | @cp      | .       |
          -cp @@cp Main                                 | CLASSPATH | Main     | @cp     |
          JDK_JAVA_OPTIONS=-cp_a Main                   | CLASSPATH | Main     | a       |
          JDK_JAVA_OPTIONS=-cp_a -cp b Main             | CLASSPATH | Main     | b       |
          JDK_JAVA_OPTIONS=-cp_'a_b' Main               | CLASSPATH | Main     | a b     |
          JDK_JAVA_OPTIONS=_-cp__"a"b_ Main             | CLASSPATH | Main     | ab      |
          JDK_JAVA_OPTIONS=@cp Main                     | CLASSPATH | Main     | a:b     |
          JDK_JAVA_OPTIONS=--disable-@files @cp         | CLASSPATH | @cp      | .       |
          JDK_JAVA_OPTIONS=-cp a Main                   | CLASSPATH | Main     | a       |
          -version                                      | NONE      |          | .       |
          -cp a --version Main                          | NONE      |          | a       | Main
          --help                                        | NONE      |          | .       |
          -X                                            | NONE      |          | .       |
          -jar -version                                 | NONE      |          | .       |
          --list-modules                                | NONE      |          | .       |
          --list-modules Main                           | NONE      |          | .       |
          --describe-module java.base                   | NONE      |          | .       |
          -d java.base Main                             | NONE      |          | .       |
          --validate-modules -p mods                    | NONE      |          | .       |
          -Dx=1                                         | NONE      |          | .       |
          """)
  void readsTheLineAsTheLauncherDoes(
      String line, JavaCommandLine.Kind kind, String main, String path, String arguments)
      throws OptionException {
    JavaCommandLine result = parse(line);

    assertThat(result.kind()).isEqualTo(kind);
    assertThat(result.main()).isEqualTo(main == null ? "" : main);
    assertThat(result.classPath().isEmpty() ? "none" : String.join(":", result.classPath()))
        .isEqualTo(path);
    assertThat(result.applicationArguments())
        .containsExactly(arguments == null ? new String[0] : arguments.split(","));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          -jar                               | `-jar` needs a jar file
          -jar a:b.jar                       | `a:b.jar`: `-jar` can't run a path with `:`
          -jar -cp x app.jar                 | `-cp` is between `-jar` and the jar
          -jar --class-path=x app.jar        | `--class-path=x` is between `-jar` and the jar
          -cp                                | `-cp` needs a value
          -cp -x Main                        | `-cp` needs a value
          -m                                 | `-m` needs a value
          --module=                          | `--module=` needs a value
          -p -x                              | `-p` needs a value
          --module-path= Main                | `--module-path=` needs a value
          --add-modules                      | `--add-modules` needs a value
          --source                           | `--source` needs a value
          -d                                 | `-d` needs a value
          --source 17 -jar x.jar             | `-jar` can't follow `--source`
          --source 17 -m mod                 | `-m` can't follow `--source`
          @missing Main                      | `@missing`: no such file
          -version @missing                  | `@missing`: no such file
          JDK_JAVA_OPTIONS=-jar Main         | `-jar` is not allowed in `JDK_JAVA_OPTIONS`
          JDK_JAVA_OPTIONS=-version Main     | `-version` is not allowed in `JDK_JAVA_OPTIONS`
          JDK_JAVA_OPTIONS=@jar Main         | `-jar` is not allowed in `JDK_JAVA_OPTIONS`
          JDK_JAVA_OPTIONS=--module=m Main   | `--module=m` is not allowed in `JDK_JAVA_OPTIONS`
          JDK_JAVA_OPTIONS=Other Main        | `Other` in `JDK_JAVA_OPTIONS` names a main class
          JDK_JAVA_OPTIONS=@main Main        | `@main` in `JDK_JAVA_OPTIONS` names a main class
          JDK_JAVA_OPTIONS='-cp Main         | `JDK_JAVA_OPTIONS` has an unclosed quote
          """)
  void refusesWhatTheLauncherRefusesOrWhatCannotBeMeasured(String line, String message) {
    assertThatExceptionOfType(OptionException.class)
        .isThrownBy(() -> parse(line))
        .withMessage(message);
  }

  @Test
  void readsOptionsBehindSourceFromOneWordOfAShebangLine() throws OptionException {
    JavaCommandLine line = parse(List.of("--source 17 --class-path a", "script", "x"), Map.of());

    assertThat(line.kind()).isEqualTo(JavaCommandLine.Kind.SOURCE);
    assertThat(line.main()).isEqualTo("script");
    assertThat(line.classPath()).containsExactly("a");
  }

  @Test
  void keepsJvmOptionsApartFromWhatBelongsToTheApplication() throws OptionException {
    JavaCommandLine line = parse("JDK_JAVA_OPTIONS=-Da -Xmx1g @quoted -jar app.jar -Xms1g");

    assertThat(line.jvmOptions())
        .containsExactly("-Da", "-Xmx1g", "-cp", "my lib:b", "-Dx=1 2", "-jar");
    assertThat(line.applicationArguments()).containsExactly("-Xms1g");
  }

  @Test
  void knowsWhetherTheClassPathWasAskedFor() throws OptionException {
    assertThat(parse("Main").classPathGiven()).isFalse();
    assertThat(parse("-cp . Main").classPathGiven()).isTrue();
    assertThat(parse("CLASSPATH=. Main").classPathGiven()).isTrue();
  }

  @Test
  void collectsWhereElseTheJvmTakesClassesFrom() throws OptionException {
    JavaCommandLine line =
        parse(
            "-Xbootclasspath/a:boot:boot2 -javaagent:agent.jar=x=y --patch-module java.base=p1:p2"
                + " --patch-module=m=p3 --upgrade-module-path up -p a:b Main");

    assertThat(line.injected())
        .containsExactly("boot", "boot2", "agent.jar", "p1", "p2", "p3", "up");
    assertThat(line.modulePath()).containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void takesAnEmptyClassPathForTheWorkingDirectory(String path) throws OptionException {
    JavaCommandLine line = parse(List.of("-cp", path, "Main"), Map.of());

    assertThat(line.classPath()).containsExactly(path);
  }

  private static JavaCommandLine parse(String line) throws OptionException {
    List<String> arguments = new ArrayList<>(Arrays.asList(line.split(" ")));
    Map<String, String> environment = new LinkedHashMap<>();
    while (arguments.get(0).matches("[A-Z_]+=.*")) {
      String[] variable = arguments.remove(0).split("=", 2);
      boolean blanks = variable[0].equals("JDK_JAVA_OPTIONS");
      environment.put(variable[0], blanks ? variable[1].replace('_', ' ') : variable[1]);
    }
    return parse(arguments, environment);
  }

  private static JavaCommandLine parse(List<String> arguments, Map<String, String> environment)
      throws OptionException {
    return JvmOptions.parse(arguments, environment, FILES, JvmConfig.usual(17)).line();
  }
}
