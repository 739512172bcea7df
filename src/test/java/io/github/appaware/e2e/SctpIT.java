package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.appaware.target.Sctp;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SCTP, which few kernels have; where they have not, that the hooked classes are sound. */
class SctpIT {
  private static final String UNSUPPORTED =
      "connect: unsupported\nbind: unsupported\nsend: unsupported\n";

  @TempDir Path directory;

  static List<Jdk> jdks() {
    return Jdk.all().toList();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void eachWayIsRefused(Jdk jdk) throws Exception {
    Path jar = Programs.jar(directory.resolve("sctp.jar"), Sctp.class);
    List<String> command = List.of(jdk.java(), "-Xverify:all", "-jar", jar.toString(), "9");
    Result plain = Tool.run(new ProcessBuilder(command), "");
    Files.writeString(directory.resolve("p.toml"), "version = 1\n[default]\nunknown = 'deny'\n");

    Result denied =
        new Tool(directory)
            .run(
                "run",
                "-q",
                "-p",
                "p.toml",
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
    String why = " denied by default, no rule matches (p.toml:3)";
    assertThat(denied.out().lines())
        .containsExactly(
            "connect: java.net.ConnectException: appaware: connect sctp to 127.0.0.1:9" + why,
            "bind: java.net.BindException: appaware: bind sctp to 127.0.0.1:0" + why,
            "send: java.net.SocketException: appaware: send sctp to 127.0.0.1:9" + why);
  }
}
