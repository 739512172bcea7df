package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.appaware.target.Sctp;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.TestOnEachJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** SCTP, which few kernels have; where they have not, that the hooked classes are sound. */
@ExtendWith(ToolExtension.class)
class SctpIT {
  private static final String UNSUPPORTED =
      "connect: unsupported\nbind: unsupported\nsend: unsupported\n";

  @TempDir Path directory;
  private Tool tool;

  @JarOf(Sctp.class)
  private Path jar;

  @TestOnEachJdk
  void eachWayIsRefused(Jdk jdk) throws Exception {
    List<String> command = List.of(jdk.java(), "-Xverify:all", "-jar", jar.toString(), "9");
    Result plain = Tool.run(new ProcessBuilder(command), "");

    Result denied =
        tool.run(
            "run",
            "-q",
            "-p",
            "deny.toml",
            "--",
            command.get(0),
            command.get(1),
            command.get(2),
            command.get(3),
            command.get(4));

    if (plain.out().equals(UNSUPPORTED)) {
      assertThat(denied.out()).isEqualTo(UNSUPPORTED);
    }
    assumeFalse(plain.out().equals(UNSUPPORTED), "no SCTP on this machine");
    String why = " denied by default, no rule matches (deny.toml:3)";
    assertThat(denied.out().lines())
        .containsExactly(
            "connect: java.net.ConnectException: appaware: connect sctp to 127.0.0.1:9" + why,
            "bind: java.net.BindException: appaware: bind sctp to 127.0.0.1:0" + why,
            "send: java.net.SocketException: appaware: send sctp to 127.0.0.1:9" + why);
  }
}
