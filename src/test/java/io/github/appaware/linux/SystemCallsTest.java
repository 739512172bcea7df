package io.github.appaware.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Native;
import io.github.appaware.testkit.Jdk;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The real calls, each in a JVM of its own: {@link SystemCallsProgram} does them and says what it
 * saw. Every JDK on the machine, by both ways where it has both.
 */
class SystemCallsTest {
  private static final String NATIVE = "--enable-native-access=ALL-UNNAMED";

  @TempDir Path directory;

  private record Result(int status, List<String> out, String err) {}

  private record Way(Jdk jdk, String kind) {
    @Override
    public String toString() {
      return kind + " on " + jdk;
    }
  }

  static Stream<Way> ways() {
    return Jdk.all()
        .flatMap(
            jdk ->
                jdk.feature() < 22
                    ? Stream.of(new Way(jdk, "usual"), new Way(jdk, "jna"))
                    : Stream.of(
                        new Way(jdk, "usual"), new Way(jdk, "jna"), new Way(jdk, "foreign")));
  }

  @BeforeEach
  void onLinux() {
    assumeTrue(Linux.isHere(), "not Linux");
  }

  private Result run(Way way, List<String> options, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(way.jdk().java()));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath()));
    command.addAll(List.of(SystemCallsProgram.class.getName(), way.kind(), directory.toString()));
    command.addAll(List.of(arguments));
    Path out = directory.resolve("out.txt");
    Path err = directory.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    Process process = builder.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return new Result(
          process.exitValue(),
          Files.readAllLines(out, StandardCharsets.UTF_8),
          Files.readString(err));
    } finally {
      process.destroyForcibly();
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    }
  }

  private static String classPath() {
    return Stream.of(SystemCalls.class, SystemCallsProgram.class, Native.class)
        .map(each -> each.getProtectionDomain().getCodeSource().getLocation())
        .map(place -> Path.of(place.getPath()).toString())
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static List<String> flags(Way way) {
    return way.jdk().feature() < 22 ? List.of() : List.of(NATIVE);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void everyCallDoesWhatItSaysAndTheJvmPrintsNoWarning(Way way) throws Exception {
    Result result = run(way, flags(way));

    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .containsExactly(
            "available",
            "pidfd: running, then gone",
            "signal to one that is gone: nothing",
            "no such process: no such process",
            "kill: 143",
            "group 0: refused",
            "dumpable: 0, then 1",
            "memory: content",
            "change: refused",
            "change: refused",
            "change: refused",
            "memory: content",
            "sealed once",
            "subreaper: adopted",
            "reap while it runs: nothing",
            "reap: 7",
            "reap by signal: 9",
            "reap again: nothing",
            "the JDK's own child: 5",
            "end");
    assertThat(result.status()).isZero();
    assertThat(directory).as("what JNA was unpacked to").isEmptyDirectory();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void aChildDiesWithTheThreadThatStartedItWhenItAskedFor(Way way) throws Exception {
    assertThat(run(way, flags(way), "parent-death").out()).containsExactly("died of signal 15");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void whoListensIsToldAsTheTablesDo(Way way) throws Exception {
    assertThat(run(way, flags(way), "listeners").out())
        .containsExactly(
            "none: 0",
            "127.0.0.1: true at 127.0.0.1",
            "::1: true at 0:0:0:0:0:0:0:1",
            "0.0.0.0: true at 0:0:0:0:0:0:0:0");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void withoutTheFlagThereIsAReasonAndNoWarning(Way way) throws Exception {
    assumeTrue(way.jdk().feature() >= 22 && !way.kind().equals("jna"), "no flag is needed");

    Result result = run(way, List.of());

    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .containsExactly(
            "unavailable: native access is off in this JVM; " + NATIVE + " turns it on");
  }

  @Test
  void whereJnaCantUnpackItsLibraryTheReasonNamesEveryDirectory() throws Exception {
    Way way = new Way(Jdk.running(), "jna");
    Path absent = directory.resolve("absent");

    Result result = run(way, List.of("-Djava.io.tmpdir=" + absent), "absent");

    assertThat(result.out().get(0))
        .startsWith("unavailable: JNA's native library can't be loaded; " + absent)
        .matches(".*; \\Q" + absent + "\\E.*; \\Q" + absent + "\\E.*");
  }

  @Test
  void theSecondDirectoryIsTakenWhereTheFirstCantBeUsed() throws Exception {
    Way way = new Way(Jdk.running(), "jna");

    Result result = run(way, List.of("-Djava.io.tmpdir=" + directory), "absent");

    assertThat(result.out()).contains("available").endsWith("end");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void anotherSystemOrArchitectureIsUnavailable(Way way) throws Exception {
    assumeTrue(way.kind().equals("usual"), "chosen before the way");

    assertThat(run(way, List.of("-Dos.name=Mac OS X")).out())
        .containsExactly("unavailable: this is not Linux");
    assertThat(run(way, List.of("-Dos.arch=pdp11")).out())
        .containsExactly("unavailable: unknown architecture `pdp11`");
  }

  @Test
  void whatIsUnavailableSaysSoForEachCall() throws IOException {
    SystemCalls none = new UnavailableCalls("why");

    assertThat(none.unavailable()).contains("why");
    for (var call :
        List.<ThrowingCallable>of(
            none::becomeSubreaper,
            () -> none.memory("x"),
            () -> none.setDumpable(false),
            () -> none.setParentDeathSignal(9),
            () -> none.kill(1, 0),
            () -> none.open(1),
            () -> none.reap(1))) {
      assertThatThrownBy(call).isInstanceOf(UnavailableException.class).hasMessage("why");
    }
  }
}
