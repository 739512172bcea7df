package io.github.appaware.jvm;

import static io.github.appaware.jvm.RealLauncher.OPEN;
import static io.github.appaware.jvm.RealLauncher.PROBE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.testkit.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The parser and the {@code java} launchers on this machine must read every line alike. */
class RealLauncherTest {
  private static final int TRIES = Integer.getInteger("fuzz.lines", 30);

  @TempDir static Path directory;

  private static final List<String> LINES =
      List.of(
          "-cp classes PROBE a -cp b @cp",
          "-cp x -classpath y --class-path z --class-path=classes PROBE",
          "CLASSPATH=classes PROBE",
          "CLASSPATH=classes -cp classes: PROBE",
          "-Djava.class.path=classes PROBE",
          "-cp x -Djava.class.path=classes PROBE",
          "-Djava.class.path=x -cp classes PROBE",
          "CLASSPATH=x -Djava.class.path=y -jar app.jar a",
          "-jar -Dx=1 app.jar -jar",
          "-jar app.jar -version",
          "-cp lib/* PROBE",
          "-cp none/*:classes PROBE",
          "@cp PROBE @cp",
          "@main four",
          "@half classes PROBE",
          "@jar y",
          "@nested",
          "JDK_JAVA_OPTIONS=-cp_'classes'_-Dx=1 PROBE x",
          "JDK_JAVA_OPTIONS=@cp_-Dy PROBE",
          "JDK_JAVA_OPTIONS=-cp classes PROBE",
          "-p app.jar -m app/PROBE x",
          "-p x --module-path=app.jar --module=app/PROBE x",
          "CLASSPATH=classes -p app.jar -m app/PROBE",
          "--add-modules java.sql --limit-modules java.sql --add-exports java.base/sun.nio.ch=java.sql"
              + " --add-opens java.base/sun.nio.ch=java.sql --add-reads java.sql=java.base"
              + " --patch-module java.sql=x --upgrade-module-path x -p x -cp classes PROBE y",
          "--enable-native-access java.sql -cp classes PROBE",
          "-version",
          "-cp classes --version PROBE",
          "-cp classes -d java.base PROBE",
          "-cp classes --list-modules PROBE",
          "-cp classes --validate-modules PROBE",
          "-jar",
          "-cp -x PROBE",
          "--module=",
          "-p -m",
          "@missing PROBE",
          "JDK_JAVA_OPTIONS=-version -cp classes PROBE",
          "JDK_JAVA_OPTIONS=Main -cp classes PROBE",
          "JDK_JAVA_OPTIONS=@main -cp classes PROBE",
          "-server -client OPEN -cp classes PROBE -client",
          "OPEN -XX:VMOptionsFile=vm -Dka=2 -cp classes PROBE",
          "OPEN -XX:VMOptionsFile=vmempty -cp classes PROBE",
          "OPEN -XX:VMOptionsFile=vmzero -cp classes PROBE",
          "OPEN -XX:VMOptionsFile=vmnested -cp classes PROBE",
          "OPEN -XX:VMOptionsFile=vm -XX:VMOptionsFile=vm -cp classes PROBE",
          "OPEN -XX:VMOptionsFile=missing -cp classes PROBE",
          "JAVA_TOOL_OPTIONS=-XX:VMOptionsFile=vm OPEN -XX:VMOptionsFile=vm -cp classes PROBE",
          "OPEN -XX:Flags=flags -cp classes PROBE",
          "OPEN -XX:Flags=missing -XX:Flags=flags -cp classes PROBE",
          "OPEN -XX:Flags=missing -cp classes PROBE",
          "OPEN -XX:+IgnoreUnrecognizedVMOptions -XX:Flags=flagsquote -cp classes PROBE",
          "OPEN -XX:+IgnoreUnrecognizedVMOptions -XX:Flags=flagslong -cp classes PROBE",
          "JAVA_TOOL_OPTIONS=-Dka=1_\"-Dkb=x'_y\"'_z'_-Dka=2 OPEN -Dka=3 -cp classes PROBE",
          "JAVA_TOOL_OPTIONS='open -cp classes PROBE",
          "JAVA_TOOL_OPTIONS=''_-Dka -cp classes PROBE",
          "JAVA_TOOL_OPTIONS=-Djava.class.path=x -cp classes PROBE",
          "OPEN @zero PROBE",
          "OPEN @block PROBE",
          "OPEN -Dk -Dk=1 -Dk= -Dk==x -D=x -cp classes PROBE",
          "OPEN --add-opens= -cp classes PROBE",
          "OPEN --unknown=x -cp classes PROBE",
          "OPEN --unknown -cp classes PROBE",
          "OPEN -ms16m -mx64m -ss512k -cp classes PROBE",
          "OPEN -oss512k -cp classes PROBE",
          "OPEN -checksource -cs -noasyncgc -cp classes PROBE",
          "OPEN -debug -verifyremote -Xdiag -showversion -cp classes PROBE",
          "OPEN -Xfuture -cp classes PROBE",
          "OPEN -verbosegc -noclassgc -cp lib/app.jar PROBE",
          "OPEN -t -cp classes PROBE",
          "OPEN -tm -cp classes PROBE",
          "OPEN --show-module-resolution -cp classes PROBE",
          "OPEN -J-Dk=1 -cp classes PROBE",
          "OPEN -XXaltjvm=missing -cp classes PROBE",
          "OPEN --disable-@files -cp classes PROBE @cp",
          "OPEN -splash:x -Djava.awt.headless=true -cp classes PROBE",
          "-cp classes Hello.java x");

  @BeforeAll
  static void writeFiles() throws IOException {
    new RealLauncher(Jdk.running(), directory).writeProbe();
    write("cp", "-cp 'classes:my lib' # comment\n-Dkx=\"a\\tb\"");
    write("half", "-cp");
    write("main", "-cp classes " + PROBE + " one \"two \\\n  three\"");
    write("jar", "-jar app.jar \"\" x");
    write("nested", "-cp @classes:classes " + PROBE);
    write("vm", "-Dka=1 '-Dkb=x y' -ea");
    write("vmnested", "-Dka=1 -XX:VMOptionsFile=vm");
    write("vmzero", "-Dka=1\0ignored -Dkb=2");
    write("vmempty", "");
    write("flags", "# comment\n +AlwaysPreTouch\nMax'Heap'Size=64M # x\n+UseSerialGC");
    write("flagsquote", "'+Unknown x' y\n+Use\"Serial\"GC");
    write("flagslong", "Unknown=" + "x".repeat(2_000) + "\n+UseSerialGC");
    write("zero", "'-Dka=1\0lost'2 -Dkb\0=lost -cp classes");
    write("block", "#" + "x".repeat(4_080) + "\n-Dka=kept#lost\n-Dkb=2 -cp classes");
    write(
        "Hello.java",
        """
        class Hello {
          public static void main(String[] a) {
            String command = System.getProperty("sun.java.command").split(" ", 2)[1];
            System.out.print("\1" + "2\0" + command + "\0");
            System.out.print(System.getProperty("java.class.path") + "\0");
            System.out.print("1\0" + a[0] + "\0" + "1\0none\0" + "0\0");
          }
        }
        """);
  }

  private static void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  static Stream<Arguments> linesOfEach() {
    return Jdk.all().flatMap(jdk -> LINES.stream().map(line -> Arguments.of(jdk, line)));
  }

  static Stream<Jdk> jdks() {
    return Jdk.all();
  }

  /** A line is split at blanks; its first word may be a variable, in which {@code _} is a blank. */
  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("linesOfEach")
  void readTheLineAlike(Jdk jdk, String line) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            Arrays.asList(line.replace("PROBE", PROBE).replace("OPEN", OPEN).split(" ")));
    Map<String, String> environment = new TreeMap<>();
    if (arguments.get(0).matches("[A-Z_]+=.*")) {
      String[] variable = arguments.remove(0).split("=", 2);
      environment.put(variable[0], variable[1].replace('_', ' ').replace("JDK JAVA", "JDK_JAVA"));
    }

    new RealLauncher(jdk, directory).requireAgreement(arguments, environment);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void readArbitraryArgumentFilesAlike(Jdk jdk) throws Exception {
    Random random = new Random(20261123);
    String characters = "ab \t\n\r\f\\\\\"\"'nt#";
    for (int i = 0; i < 25; i++) {
      StringBuilder text = new StringBuilder("-cp classes " + PROBE + " ");
      for (int j = 0; j < 300; j++) {
        text.append(characters.charAt(random.nextInt(characters.length())));
      }
      Files.writeString(directory.resolve("random"), text);

      new RealLauncher(jdk, directory).requireAgreement(List.of("@random"), Map.of());
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void readArbitraryLinesFilesAndVariablesAlike(Jdk jdk) throws Exception {
    long seed = Long.getLong("fuzz.seed", System.nanoTime());
    System.out.println("RealLauncherTest: -Dfuzz.seed=" + seed + ", " + TRIES + " lines, " + jdk);
    RandomLines lines = new RandomLines(new Random(seed), directory);
    RealLauncher launcher = new RealLauncher(jdk, directory);
    int ran = 0;
    for (int i = 0; i < TRIES; i++) {
      RandomLines.Line line = lines.next();
      try {
        ran += launcher.requireAgreement(line.arguments(), line.environment()) ? 1 : 0;
      } catch (AssertionError e) {
        throw new AssertionError("line " + i + " of seed " + seed + ", files " + line.files(), e);
      }
    }

    assertThat(ran).as("lines that ran, of " + TRIES).isGreaterThan(TRIES / 2);
  }
}
