package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Callers;
import io.github.appaware.target.Steps;
import io.github.appaware.target.library.Client;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Programs under the sample policies, as far as loopback tells. */
@ExtendWith(ToolExtension.class)
class SamplesIT {
  private static final Path SAMPLES = Tool.HOME.resolve("sample-policies");

  @TempDir Path directory;
  private Tool tool;

  @BeforeEach
  void prepare() throws IOException {
    Programs.jar(directory.resolve("app.jar"), Steps.class);
  }

  private Result run(String sample, String... steps) throws Exception {
    List<String> words = new ArrayList<>(List.of("run", "-q", "-p", SAMPLES + "/" + sample));
    words.addAll(List.of("--", "java", "-jar", "app.jar"));
    words.addAll(List.of(steps));
    return tool.run(words.toArray(String[]::new));
  }

  /** What becomes of a connection to this machine. */
  private void assertLoopback(String sample, String expected) throws Exception {
    try (Listener open = new Listener()) {
      Result result = run(sample, "connect 127.0.0.1 " + open.port());
      assertThat(result.err())
          .isEqualTo(
              expected.contains("no one to ask")
                  ? "appaware: no one to ask: events that the policy does not decide are denied\n"
                  : "");
      assertThat(result.out().strip())
          .isEqualTo(
              expected.replace("PORT", "" + open.port()).replace("FILE", SAMPLES + "/" + sample));
      assertThat(open.connections()).isEqualTo(expected.startsWith("connected") ? 1 : 0);
    }
  }

  private static String denied(String why) {
    return "java.net.ConnectException: appaware: connect tcp to 127.0.0.1:PORT denied " + why;
  }

  @Test
  void builds() throws Exception {
    assertLoopback("maven-ci.toml", "connected PORT");
    assertLoopback("gradle-ci.toml", "connected PORT");
  }

  @Test
  void whatMayNothing() throws Exception {
    assertLoopback("deny-all.toml", denied("by default, no rule matches (FILE:11)"));
    assertLoopback("spring-boot-postgresql.toml", denied("by default, no rule matches (FILE:14)"));
    assertLoopback("no-metadata-no-private.toml", denied("by rule \"inside\" (FILE:20)"));
  }

  @Test
  void whatNobodyCanBeAskedAboutIsDenied() throws Exception {
    assertLoopback(
        "ask-everything.toml",
        denied("because the policy says ask and there is no one to ask (FILE:11)"));
  }

  @Test
  void whatIsOnAListCannotBeLookedUp() throws Exception {
    assertLoopback("no-telemetry.toml", "connected PORT");

    Result result = run("no-telemetry.toml", "resolve www.telemetry.example");

    assertThat(result.out())
        .isEqualTo(
            "java.net.UnknownHostException: appaware: resolve www.telemetry.example denied by rule"
                + " \"no-telemetry\" ("
                + SAMPLES
                + "/no-telemetry.toml:15)\n");
  }

  /** The sample's own port needs no special rights, but may be taken: another one is put there. */
  @Test
  void onlyTheLibraryMayConnect() throws Exception {
    Path application = Programs.jar(directory.resolve("callers.jar"), Callers.class);
    Path library =
        Programs.library(
            directory.resolve("okhttp-4.12.0.jar"),
            Client.class,
            "com.squareup.okhttp3:okhttp:4.12.0");
    try (Listener open = new Listener()) {
      String sample = Files.readString(SAMPLES.resolve("one-library-only.toml"));
      assertThat(sample).contains("8443]");
      Files.writeString(
          directory.resolve("sample.toml"), sample.replace("8443]", open.port() + "]"));
      Result result =
          tool.run(
              "run",
              "-q",
              "-p",
              "sample.toml",
              "--",
              "java",
              "-cp",
              application + File.pathSeparator + library,
              Callers.class.getName(),
              "own=" + open.port(),
              "client=" + open.port());

      assertThat(result.err()).isEmpty();
      assertThat(result.out())
          .isEqualTo(
              "own: java.net.ConnectException: appaware: connect tcp to 127.0.0.1:"
                  + open.port()
                  + " denied by default, no rule matches (sample.toml:14)\n"
                  + "client: connected\n");
    }
  }
}
