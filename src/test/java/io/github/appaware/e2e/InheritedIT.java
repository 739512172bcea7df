package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.target.Inherited;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.TestOnEachJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A program whose standard input is a socket, as inetd has it. */
@ExtendWith(ToolExtension.class)
class InheritedIT {
  private static final Path BASH = Path.of("/bin/bash");

  @TempDir Path directory;
  private Tool tool;

  @JarOf(Inherited.class)
  private Path jar;

  private Result run(Jdk jdk, String unknown, int port) throws Exception {
    ProcessBuilder builder =
        tool.builder(
            "run", "-q", "-p", unknown + ".toml", "--", jdk.java(), "-jar", jar.toString());
    String connect = "\"$@\" 0<>/dev/tcp/127.0.0.1/" + port;
    List<String> all = new ArrayList<>(List.of(BASH.toString(), "-c", connect, "bash"));
    all.addAll(builder.command());
    return Tool.run(builder.command(all), "");
  }

  @TestOnEachJdk
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
