package io.github.appaware.server.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.event.BlindMode;
import io.github.appaware.event.Mode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServerOptionsTest {
  private static final Path DIRECTORY = Path.of("/run/user/1/appaware-1");

  @ParameterizedTest
  @EnumSource
  void whatWasWrittenIsRead(Mode mode) throws IOException {
    List<Path> policies =
        List.of(Path.of("p.toml"), Path.of("/etc/a b/\u00fc.toml"), Path.of("..p"));

    assertRoundTrip(
        new ServerOptions(
            DIRECTORY,
            "k3y",
            mode,
            BlindMode.DENY,
            Path.of("/tmp/log"),
            policies,
            Path.of("a"),
            new ServerOptions.UpstreamOptions(
                "tls://a:1", Path.of("c"), java.time.Duration.ofSeconds(3))));
    assertRoundTrip(
        new ServerOptions(DIRECTORY, "k3y", mode, BlindMode.DENY, null, List.of(), null, null));
  }

  private static void assertRoundTrip(ServerOptions options) throws IOException {
    assertThat(read(options.write())).isEqualTo(options);
  }

  @Test
  void aLauncherThatEndsInTheMiddleStartsNoServer() throws IOException {
    String whole =
        new ServerOptions(
                DIRECTORY,
                "k3y",
                Mode.ENFORCE,
                BlindMode.ALLOW,
                null,
                List.of(Path.of("p")),
                null,
                null)
            .write();
    assertThat(read(whole).policies()).hasSize(1);

    for (int end = whole.indexOf('\n');
        end + 1 < whole.length();
        end = whole.indexOf('\n', end + 1)) {
      String cut = whole.substring(0, end + 1);
      assertThatThrownBy(() -> read(cut))
          .as(cut)
          .isInstanceOf(IOException.class)
          .hasMessage("the launcher ended before it sent all options");
    }
  }

  @Test
  void theSocketIsInThePrivateDirectory() {
    ServerOptions options =
        new ServerOptions(
            DIRECTORY, "k3y", Mode.ENFORCE, BlindMode.ALLOW, null, List.of(), null, null);

    assertThat(options.socket()).isEqualTo(DIRECTORY.resolve("s"));
  }

  @Test
  void nobodyCanChangeThePolicies() {
    List<Path> policies = new ArrayList<>(List.of(Path.of("p")));
    ServerOptions options =
        new ServerOptions(
            DIRECTORY, "k", Mode.ENFORCE, BlindMode.ALLOW, null, policies, null, null);
    policies.clear();

    assertThat(options.policies()).hasSize(1).isUnmodifiable();
  }

  private static ServerOptions read(String text) throws IOException {
    return ServerOptions.read(new BufferedReader(new StringReader(text)));
  }
}
