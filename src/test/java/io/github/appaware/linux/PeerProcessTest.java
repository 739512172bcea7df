package io.github.appaware.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.testkit.Jdk;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In a JVM of every JDK on the machine: {@link PeerProcessProgram} says what it saw. */
class PeerProcessTest {
  @TempDir Path directory;

  static Stream<Jdk> jdks() {
    return Jdk.all();
  }

  @BeforeEach
  void onLinux() {
    assumeTrue(Linux.isHere(), "not Linux");
  }

  private List<String> run(Jdk jdk, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of(jdk.java()));
    command.addAll(List.of(options));
    String classPath =
        Stream.of(PeerProcess.class, PeerProcessProgram.class)
            .map(each -> each.getProtectionDomain().getCodeSource().getLocation().getPath())
            .collect(Collectors.joining(File.pathSeparator));
    command.addAll(List.of("-cp", classPath, PeerProcessProgram.class.getName()));
    command.add(directory.resolve("s").toString());
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    return new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .toList();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void theKernelsWordIsTakenWithoutNativeCodeOfOurs(Jdk jdk) throws Exception {
    assertThat(run(jdk, PeerProcess.JVM_OPTION))
        .containsExactly(
            "a child: true",
            "both ends of a pair: true",
            "closed: ClosedChannelException",
            "TCP: IOException");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void whereItCantBeHadTheReasonIsTold(Jdk jdk) throws Exception {
    assertThat(run(jdk))
        .containsExactly("unavailable: the JVM was started without " + PeerProcess.JVM_OPTION);
    assertThat(run(jdk, "-Dos.name=Mac OS X")).containsExactly("unavailable: this is not Linux");
    assertThat(run(jdk, "-Dos.arch=pdp11"))
        .containsExactly("unavailable: unknown architecture `pdp11`");
  }
}
