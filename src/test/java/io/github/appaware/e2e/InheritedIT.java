package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.target.Inherited;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A program whose standard input is a socket, as inetd has it. */
class InheritedIT {
  private static final Path BASH = Path.of("/bin/bash");

  @TempDir Path directory;

  static List<Jdk> jdks() {
    return Jdk.all().toList();
  }

  private Result run(Jdk jdk, String unknown, int port) throws Exception {
    Files.writeString(
        directory.resolve("p.toml"), "version = 1\n[default]\nunknown = '" + unknown + "'\n");
    Path jar = Programs.jar(directory.resolve("inherited.jar"), Inherited.class);
    ProcessBuilder tool =
        new Tool(directory)
            .builder("run", "-q", "-p", "p.toml", "--", jdk.java(), "-jar", jar.toString());
    String connect = "\"$@\" 0<>/dev/tcp/127.0.0.1/" + port;
    List<String> all = new ArrayList<>(List.of(BASH.toString(), "-c", connect, "bash"));
    all.addAll(tool.command());
    return Tool.run(tool.command(all), "");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aConnectionThatIsInheritedIsAcceptedOrNotThere(Jdk jdk) throws Exception {
    assumeTrue(Files.isExecutable(BASH), "no bash, which connects without a program");
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      int port = server.getLocalPort();

      assertThat(run(jdk, "allow", port))
          .isEqualTo(new Result(0, "connected to /127.0.0.1:" + port + "\n", ""));
      assertThat(run(jdk, "deny", port)).isEqualTo(new Result(0, "channel null\n", ""));
    }
  }
}
