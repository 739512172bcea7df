package io.github.appaware.identity;

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
              Map.entry("evil", "-Djava.class.path=evil")),
          Map.of("lib/", List.of("a.jar", "b.JAR"), "", List.of("here.jar")));

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Main                                          | CLASSPATH | Main     | .       |     | 0
          Main a -b                                     | CLASSPATH | Main     | .       | a,-b| 0
          -cp a:b Main x                                | CLASSPATH | Main     | a:b     | x   | 2
          -classpath a Main                             | CLASSPATH | Main     | a       |     | 2
          --class-path a Main                           | CLASSPATH | Main     | a       |     | 2
          --class-path=a Main                           | CLASSPATH | Main     | a       |     | 1
          -cp x -cp a Main                              | CLASSPATH | Main     | a       |     | 4
          -cp a Main -cp b                              | CLASSPATH | Main     | a       | -cp,b | 2
          -cp a: Main                                   | CLASSPATH | Main     | a:      |     | 2
          -cp lib/* Main                                | CLASSPATH | Main     | lib/a.jar:lib/b.JAR | | 2
          -cp *:x Main                                  | CLASSPATH | Main     | here.jar:x | |  2
          -cp none/*:x* Main                            | CLASSPATH | Main     | none/*:x* |   | 2
          CLASSPATH=a:lib/* Main                        | CLASSPATH | Main     | a:lib/a.jar:lib/b.JAR | | 0
          CLASSPATH=a -cp b Main                        | CLASSPATH | Main     | b       |     | 2
          -Djava.class.path=a Main                      | CLASSPATH | Main     | a       |     | 1
          -cp b -Djava.class.path=lib/* Main            | CLASSPATH | Main     | lib/*   |     | 3
          -Djava.class.path=a -cp b Main                | CLASSPATH | Main     | b       |     | 3
          -jar app.jar                                  | JAR       | app.jar  | app.jar |     | 0
          -jar app.jar -cp x                            | JAR       | app.jar  | app.jar | -cp,x | 0
          -Xmx1g -cp a -jar app.jar y                   | JAR       | app.jar  | app.jar | y   | 3
          -jar -Dx=1 app.jar                            | JAR       | app.jar  | app.jar |     | 2
          -Xshare:dump -Xshare:auto -jar app.jar        | JAR       | app.jar  | app.jar |     | 2
          -Djava.class.path=a -jar app.jar              | JAR       | app.jar  | app.jar |     | 1
          -jar Hello.java                               | JAR       | Hello.java | Hello.java | | 0
          CLASSPATH=a -jar app.jar                      | JAR       | app.jar  | app.jar |     | 0
          -m mod                                        | MODULE    | mod      | none    |     | 0
          -p mods -m mod/pkg.Main x                     | MODULE    | mod/pkg.Main | none |  x  | 2
          --module-path mods --module mod -x            | MODULE    | mod      | none    | -x  | 2
          --module-path=mods --module=mod/M x           | MODULE    | mod/M    | none    | x   | 1
          -cp a -m mod                                  | MODULE    | mod      | a       |     | 2
          CLASSPATH= -m mod                             | MODULE    | mod      | none    |     | 0
          CLASSPATH=a -m mod                            | MODULE    | mod      | a       |     | 0
          -jar -m mod app.jar                           | MODULE    | mod      | none    | app.jar | 1
          --upgrade-module-path up Main                 | CLASSPATH | Main     | .       |     | 2
          --add-modules java.sql Main                   | CLASSPATH | Main     | .       |     | 2
          --limit-modules java.base Main                | CLASSPATH | Main     | .       |     | 2
          --add-exports a/b=c Main                      | CLASSPATH | Main     | .       |     | 2
          --add-opens a/b=c Main                        | CLASSPATH | Main     | .       |     | 2
          --add-opens=a/b=c Main                        | CLASSPATH | Main     | .       |     | 1
          --add-reads a=b Main                          | CLASSPATH | Main     | .       |     | 2
          --patch-module m=x Main                       | CLASSPATH | Main     | .       |     | 2
          --enable-native-access M Main                 | CLASSPATH | Main     | .       |     | 2
          -XX:Flags=f -XX:VMOptionsFile=vm Main         | CLASSPATH | Main     | .       |     | 2
          -server -verbose:gc -ea:x -javaagent:y Main   | CLASSPATH | Main     | .       |     | 4
          --dry-run Main                                | CLASSPATH | Main     | .       |     | 1
          -showversion Main                             | CLASSPATH | Main     | .       |     | 1
          Hello.java x                                  | SOURCE    | Hello.java | .     | x   | 0
          -cp a Hello.java                              | SOURCE    | Hello.java | a     |     | 2
          --source 17 script x                          | SOURCE    | script   | .       | x   | 2
          --source=17 script                            | SOURCE    | script   | .       |     | 1
          -jar --source 17 script                       | SOURCE    | script   | .       |     | 3
          Missing.java                                  | CLASSPATH | Missing.java | .   |     | 0
          @cp Main                                      | CLASSPATH | Main     | a:b     |     | 1
          @quoted Main                                  | CLASSPATH | Main     | my lib:b |    | 1
          @main two                                     | CLASSPATH | Main     | a       | one,two | 0
          -Dx @main                                     | CLASSPATH | Main     | a       | one | 1
          @half a Main                                  | CLASSPATH | Main     | a       |     | 2
          @half @jarname Main                           | CLASSPATH | Main     | app.jar |     | 2
          @jar y                                        | JAR       | app.jar  | app.jar | x,y | 0
          -jar @jarname                                 | JAR       | app.jar  | app.jar |     | 0
          @dashjar app.jar                              | JAR       | app.jar  | app.jar |     | 0
          @empty Main                                   | CLASSPATH | Main     | .       |     | 1
          Main @cp                                      | CLASSPATH | Main     | .       | @cp | 0
          -jar app.jar @cp                              | JAR       | app.jar  | app.jar | @cp | 0
          @@cp                                          | CLASSPATH | @cp      | .       |     | 0
          @                                             | CLASSPATH | @        | .       |     | 0
          @nested                                       | CLASSPATH | Main     | @cp     |     | 0
          --disable-@files @cp                          | CLASSPATH | @cp      | .       |     | 1
          @stop @cp                                     | CLASSPATH | @cp      | .       |     | 1
          -cp @@cp Main                                 | CLASSPATH | Main     | @cp     |     | 2
          JDK_JAVA_OPTIONS=-cp_a Main                   | CLASSPATH | Main     | a       |     | 0
          JDK_JAVA_OPTIONS=-cp_a -cp b Main             | CLASSPATH | Main     | b       |     | 2
          JDK_JAVA_OPTIONS=-cp_'a_b' Main               | CLASSPATH | Main     | a b     |     | 0
          JDK_JAVA_OPTIONS=_-cp__"a"b_ Main             | CLASSPATH | Main     | ab      |     | 0
          JDK_JAVA_OPTIONS=@cp Main                     | CLASSPATH | Main     | a:b     |     | 0
          JDK_JAVA_OPTIONS=--disable-@files @cp         | CLASSPATH | @cp      | .       |     | 0
          JDK_JAVA_OPTIONS=-cp a Main                   | CLASSPATH | Main     | a       |     | 1
          -version                                      | NONE      |          | .       |     | 0
          -cp a --version Main                          | NONE      |          | a       | Main | 2
          --help                                        | NONE      |          | .       |     | 0
          -X                                            | NONE      |          | .       |     | 0
          -jar -version                                 | NONE      |          | .       |     | 1
          --list-modules                                | NONE      |          | .       |     | 0
          --list-modules Main                           | NONE      |          | .       |     | 1
          --describe-module java.base                   | NONE      |          | .       |     | 0
          -d java.base Main                             | NONE      |          | .       |     | 2
          --validate-modules -p mods                    | NONE      |          | .       |     | 1
          -Dx=1                                         | NONE      |          | .       |     | 0
          """)
  void readsTheLineAsTheLauncherDoes(
      String line, JavaCommandLine.Kind kind, String main, String path, String arguments, int at)
      throws TargetException {
    JavaCommandLine result = parse(line);

    assertThat(result.kind()).isEqualTo(kind);
    assertThat(result.main()).isEqualTo(main == null ? "" : main);
    assertThat(result.classPath().isEmpty() ? "none" : String.join(":", result.classPath()))
        .isEqualTo(path);
    assertThat(result.applicationArguments())
        .containsExactly(arguments == null ? new String[0] : arguments.split(","));
    assertThat(result.mainIndex()).isEqualTo(at);
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
          _JAVA_OPTIONS=-Djava.class.path=x Main | `_JAVA_OPTIONS` sets `-Djava.class.path=`: what runs would not be what was hashed
          JAVA_TOOL_OPTIONS=--module-path=x Main | `JAVA_TOOL_OPTIONS` sets `--module-path`: what runs would not be what was hashed
          -XX:VMOptionsFile=evil Main        | `-XX:VMOptionsFile=evil` sets `-Djava.class.path=`: what runs would not be what was hashed
          """)
  void refusesWhatTheLauncherRefusesOrWhatCannotBeMeasured(String line, String message) {
    assertThatExceptionOfType(TargetException.class)
        .isThrownBy(() -> parse(line))
        .withMessage(message)
        .satisfies(e -> assertThat(e.status()).isEqualTo(125));
  }

  @Test
  void readsOptionsBehindSourceFromOneWordOfAShebangLine() throws TargetException {
    JavaCommandLine line =
        JavaCommandLine.parse(
            List.of("--source 17 --class-path a", "script", "x"), Map.of(), FILES);

    assertThat(line.kind()).isEqualTo(JavaCommandLine.Kind.SOURCE);
    assertThat(line.main()).isEqualTo("script");
    assertThat(line.classPath()).containsExactly("a");
    assertThat(line.mainIndex()).isEqualTo(1);
  }

  @Test
  void keepsJvmOptionsApartFromWhatBelongsToTheApplication() throws TargetException {
    JavaCommandLine line = parse("JDK_JAVA_OPTIONS=-Da -Xmx1g @quoted -jar app.jar -Xms1g");

    assertThat(line.jvmOptions())
        .containsExactly("-Da", "-Xmx1g", "-cp", "my lib:b", "-Dx=1 2", "-jar");
    assertThat(line.applicationArguments()).containsExactly("-Xms1g");
  }

  @Test
  void knowsWhetherTheClassPathWasAskedFor() throws TargetException {
    assertThat(parse("Main").classPathGiven()).isFalse();
    assertThat(parse("-cp . Main").classPathGiven()).isTrue();
    assertThat(parse("CLASSPATH=. Main").classPathGiven()).isTrue();
  }

  @Test
  void collectsWhereElseTheJvmTakesClassesFrom() throws TargetException {
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
  void takesAnEmptyClassPathForTheWorkingDirectory(String path) throws TargetException {
    JavaCommandLine line = JavaCommandLine.parse(List.of("-cp", path, "Main"), Map.of(), FILES);

    assertThat(line.classPath()).containsExactly(path);
  }

  private static JavaCommandLine parse(String line) throws TargetException {
    List<String> arguments = new ArrayList<>(Arrays.asList(line.split(" ")));
    Map<String, String> environment = new LinkedHashMap<>();
    while (arguments.get(0).matches("[A-Z_]+=.*")) {
      String[] variable = arguments.remove(0).split("=", 2);
      boolean blanks = variable[0].equals("JDK_JAVA_OPTIONS");
      environment.put(variable[0], blanks ? variable[1].replace('_', ' ') : variable[1]);
    }
    return JavaCommandLine.parse(arguments, environment, FILES);
  }
}
