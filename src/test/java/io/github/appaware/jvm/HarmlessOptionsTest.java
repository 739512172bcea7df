package io.github.appaware.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.testkit.Jdk;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HarmlessOptionsTest {
  private static final FakeFiles FILES =
      new FakeFiles(
          Map.of(
              "vm", "-Dx -javaagent:a.jar",
              "flags", "+UseG1GC OnError=x",
              "harmless", "-ea -Xmx1g"),
          Map.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Xmx1g -Xms1g -Xmn1m -Xss1m -Xint -Xcomp -Xbatch -Xrs",
        "-ea -ea:x... -da:y -esa -dsa -enableassertions:z",
        "-Dx -Dx=y -Dfile.encoding=x -Dhttp.proxyHost=x -Djavax.net.ssl.trustStore=x",
        "-Djava.io.tmpdir=x -Djava.awt.headless=true -Djava.net.preferIPv4Stack=true",
        "-Djava.security.egd=file:/dev/urandom -Djava.security.manager=allow",
        "-XX:+UseG1GC -XX:-UseG1GC -XX:MaxHeapSize=1g -XX:MaxRAMPercentage=50.0",
        "-XX:+UnlockDiagnosticVMOptions -XX:+IgnoreUnrecognizedVMOptions -XX:#+NoFlag",
        "-XX:+DisableAttachMechanism -XX:+BytecodeVerificationRemote",
        "-Xlog -Xlog:gc -Xlog:gc*:stderr:time -Xlog:gc::time -Xlog:disable -verbose:gc",
        "-Xshare:off -Xshare:auto -Xverify:all -Xcheck:jni --enable-preview",
        "--add-modules java.sql,jdk.attach --add-modules=ALL-SYSTEM --add-reads a=b",
        "--add-exports jdk.compiler/com.sun.tools.javac.util=ALL-UNNAMED",
        "-server -client -verbosegc -ms1m -showversion",
        "-XX:VMOptionsFile=harmless @harmless"
      })
  void leavesAloneWhatIsHarmless(String options) throws OptionException {
    assertThat(findings(options)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          -javaagent:a.jar=x                | `-javaagent:a.jar=x` injects code
          -agentlib:instrument=a.jar        | `-agentlib:instrument=a.jar` injects code
          -agentlib:jdwp=x                  | `-agentlib:jdwp=x` loads native code
          -agentpath:/x                     | `-agentpath:/x` loads native code
          -Xrunx                            | `-Xrunx` loads native code
          -Djdk.net.hosts.file=x            | `-Djdk.net.hosts.file=x` changes what names resolve to
          -Djdk.net.hosts.file              | `-Djdk.net.hosts.file` changes what names resolve to
          -Duser.dir=/x                     | `-Duser.dir=/x` replaces classes
          -Dpath.separator=,                | `-Dpath.separator=,` replaces classes
          -Djava.security.egd=http://x      | `-Djava.security.egd=http://x` is not known to be harmless
          -Djava.security.manager           | `-Djava.security.manager` is not known to be harmless
          -Djava.unknown                    | `-Djava.unknown` is not known to be harmless
          -Dcom.sun.management.jmxremote    | `-Dcom.sun.management.jmxremote` injects code
          -XX:OnError=x                     | `-XX:OnError=x` runs a command
          -XX:OnOutOfMemoryError:=x         | `-XX:OnOutOfMemoryError:=x` runs a command
          -XX:+EnableJVMCI                  | `-XX:+EnableJVMCI` loads native code
          -XX:AOTCache=x                    | `-XX:AOTCache=x` replaces classes
          -XX:-BytecodeVerificationRemote   | `-XX:-BytecodeVerificationRemote` switches off the verification of code
          -XX:UseG1GCx=1                    | `-XX:UseG1GCx=1` is not known to be harmless
          -XX:StartFlightRecording          | `-XX:StartFlightRecording` is not known to be harmless
          -noverify                         | `-Xverify:none` switches off the verification of code
          -Xlog:gc:file=x                   | `-Xlog:gc:file=x` is not known to be harmless
          -Xlog:gc:x                        | `-Xlog:gc:x` is not known to be harmless
          -Xloggc:x                         | `-Xloggc:x` is not known to be harmless
          -Xbootclasspath/a:x               | `-Xbootclasspath/a:x` replaces classes
          --patch-module m=x                | `--patch-module=m=x` replaces classes
          -p x                              | `--module-path=x` replaces classes
          --add-modules evil                | `--add-modules=evil` replaces classes
          --add-opens java.base/x=ALL-UNNAMED | `--add-opens=java.base/x=ALL-UNNAMED` opens the JDK's own classes
          --enable-native-access=ALL-UNNAMED | `--enable-native-access=ALL-UNNAMED` loads native code
          -XXaltjvm=x                       | `-XXaltjvm=x` starts another JVM
          -J-XXaltjvm=x                     | `-J-XXaltjvm=x` starts another JVM
          -zero                             | `-zero` starts another JVM
          JDK_ALTERNATE_VM=x                | `-XXaltjvm=x` in `JDK_ALTERNATE_VM` starts another JVM
          -splash:x                         | `-splash:x` loads native code
          -XX:VMOptionsFile=vm              | `-javaagent:a.jar` in `vm` injects code
          -XX:Flags=flags                   | `-XX:OnError=x` in `flags` runs a command
          @vm                               | `-javaagent:a.jar` in `@vm` injects code
          JAVA_TOOL_OPTIONS=-java'agent:x'  | `-javaagent:x` in `JAVA_TOOL_OPTIONS` injects code
          _JAVA_OPTIONS="-javaagent:x"      | `-javaagent:x` in `_JAVA_OPTIONS` injects code
          JDK_JAVA_OPTIONS=@vm              | `-javaagent:a.jar` in `@vm` injects code
          """)
  void reportsTheRestAndWhatItDoes(String options, String finding) throws OptionException {
    assertThat(findings(options)).containsExactly(finding);
  }

  @Test
  void takesWhatFollowsTheMainModuleForAChoiceOfTheJvmAsTheLauncherDoes() throws OptionException {
    JvmOptions options =
        JvmOptions.parse(
            List.of("-m", "mod/Main", "-XXaltjvm=x", "arg"), Map.of(), FILES, JvmConfig.usual(17));

    assertThat(HarmlessOptions.findings(options)).hasSize(1);
    assertThat(options.line().applicationArguments()).containsExactly("arg");
  }

  @Test
  void readsTheVariableOfTheCacheWhereThatIsMade() throws OptionException {
    Map<String, String> environment = Map.of("JDK_AOT_VM_OPTIONS", "'-javaagent:x'");

    assertThat(agents(environment, "-XX:AOTMode=create", 25)).containsExactly("-javaagent:x");
    assertThat(agents(environment, "-XX:AOTMode=auto", 25)).isEmpty();
    assertThat(agents(environment, "-XX:AOTMode=create", 17)).isEmpty();
  }

  private static List<String> agents(Map<String, String> environment, String option, int feature)
      throws OptionException {
    return JvmOptions.parse(List.of(option, "Main"), environment, FILES, JvmConfig.usual(feature))
        .agents()
        .stream()
        .map(JvmOption::text)
        .toList();
  }

  static Stream<Jdk> jdks() {
    return Jdk.all();
  }

  /** Texts are names of files, commands and classes more often than not. */
  @ParameterizedTest
  @MethodSource("jdks")
  void callsNoFlagHarmlessThatNamesSomethingToLoadOrToRun(Jdk jdk) throws Exception {
    Process process =
        new ProcessBuilder(
                jdk.java(),
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:+PrintFlagsFinal",
                "-version")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Set<String> texts = new TreeSet<>();
    int flags = 0;
    for (String line : text.lines().toList()) {
      String[] words = line.strip().split("\\s+", -1);
      if (words.length > 2 && Set.of("=", ":=").contains(words[2])) {
        flags++;
        boolean isText = words[0].startsWith("ccstr");
        if (isText && HarmlessFlags.effect(words[1] + "=x") == null) {
          texts.add(words[1]);
        }
      }
    }

    assertThat(flags).isGreaterThan(500);
    assertThat(Set.of("ErrorFile", "HeapDumpPath", "NativeMemoryTracking", "ShenandoahGCMode"))
        .containsAll(texts);
  }

  private static List<String> findings(String line) throws OptionException {
    List<String> words = Arrays.asList((line + " -cp x Main").split(" "));
    Map<String, String> environment = Map.of();
    if (words.get(0).matches("[A-Z_]+=.*")) {
      String[] variable = words.get(0).split("=", 2);
      environment = Map.of(variable[0], variable[1]);
      words = words.subList(1, words.size());
    }
    JvmConfig config = line.startsWith("-zero") ? zero() : JvmConfig.usual(17);
    return HarmlessOptions.findings(JvmOptions.parse(words, environment, FILES, config)).stream()
        .map(HarmlessOptions.Finding::describe)
        .toList();
  }

  private static JvmConfig zero() {
    Map<String, String> known = new LinkedHashMap<>();
    known.put("-server", "KNOWN");
    known.put("-zero", "KNOWN");
    return new JvmConfig(17, known);
  }
}
