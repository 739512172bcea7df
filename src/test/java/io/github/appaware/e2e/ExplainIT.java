package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Callers;
import io.github.appaware.target.Steps;
import io.github.appaware.target.library.Client;
import io.github.appaware.testkit.Digest;
import io.github.appaware.testkit.Json;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code policy explain} of the built tool gives the verdicts that a run recorded. */
@ExtendWith(ToolExtension.class)
class ExplainIT {
  @TempDir Path directory;
  private Tool tool;

  @Test
  void eachVerdictOnRecordIsTheExplainedOne() throws Exception {
    Path library =
        Programs.library(directory.resolve("lib-1.2.jar"), Client.class, "org.example:lib:1.2");
    Path callers = Programs.jar(directory.resolve("callers.jar"), Callers.class);
    Path steps = Programs.jar(directory.resolve("steps.jar"), Steps.class);
    try (Listener one = new Listener();
        Listener two = new Listener()) {
      Files.writeString(
          directory.resolve("p.toml"),
          """
          version = 1
          default = { unknown = "deny" }
          [[app]]
          id = "steps"
          sha256 = "%s"
          [[rule]]
          id = "library"
          action = "allow"
          origin = "maven:org.example:*"
          [[rule]]
          id = "steps"
          action = "allow"
          app = "steps"
          address = "loopback"
          port = %d
          [[rule]]
          id = "local-names"
          action = "allow"
          event = "resolve"
          host = "localhost"
          [[rule]]
          id = "stronger"
          action = "deny"
          port = %d
          priority = 1
          """
              .formatted(Digest.sha256(steps), one.port(), two.port()));
      run(
          "java",
          "-jar",
          "steps.jar",
          "connect 127.0.0.1 " + one.port(),
          "send " + one.port(),
          "connect localhost " + two.port(),
          "resolve other.example",
          "listen 0");
      String path = callers + File.pathSeparator + library;
      run(
          "java",
          "-cp",
          path,
          Callers.class.getName(),
          "own=" + one.port(),
          "client=" + one.port(),
          "client=" + two.port());
    }

    List<String> record = Files.readAllLines(directory.resolve("log"));
    List<String> verdicts = new ArrayList<>();
    for (String line : record) {
      String verdict = Json.text(line, "verdict");
      Result explained = explain(line);
      assertThat(explained.out())
          .as(line)
          .contains("\"verdict\":\"" + verdict + "\"")
          .contains(reason(line));
      assertThat(explained.status()).isEqualTo(verdict.equals("allow") ? 0 : 1);
      verdicts.add(verdict);
    }
    assertThat(verdicts).hasSizeGreaterThanOrEqualTo(8).contains("allow", "deny");
  }

  private void run(String... command) throws Exception {
    List<String> words =
        new ArrayList<>(List.of("run", "-q", "-p", "p.toml", "--log", "log", "--"));
    words.addAll(List.of(command));
    Result result = tool.run(words.toArray(String[]::new));
    assertThat(result.status()).as(result.err()).isZero();
  }

  /** {@code "rule":"x","at":"p.toml:6"}, or what stands there for the default. */
  private static String reason(String line) {
    int at = line.indexOf("\"at\":", line.indexOf("\"reason\""));
    return line.substring(at, line.indexOf('}', at));
  }

  private Result explain(String line) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("policy", "explain", "-p", "p.toml", "--json"));
    words.addAll(List.of("--app", inner(line, "app", "file")));
    words.addAll(List.of("--sha256", inner(line, "app", "sha256")));
    String maven = inner(line, "origin", "maven");
    if (!maven.isEmpty()) {
      words.addAll(List.of("--origin", "maven:" + maven));
    }
    String host = Json.text(line, "host");
    String address = Json.text(line, "address");
    String event = Json.text(line, "event");
    if (!host.isEmpty() && !address.isEmpty()) {
      words.addAll(List.of("--address", address));
    }
    words.add(event);
    String far = host.isEmpty() ? address : host;
    if (!event.equals("resolve")) {
      words.add(Json.text(line, "protocol"));
      far = (far.indexOf(':') >= 0 ? "[" + far + "]" : far) + ":" + Json.text(line, "port");
    }
    words.add(far);
    return tool.run(words.toArray(String[]::new));
  }

  private static String inner(String line, String object, String field) {
    int begin = line.indexOf("\"" + object + "\":{");
    String text = begin < 0 ? "" : line.substring(begin, line.indexOf('}', begin));
    int at = text.indexOf("\"" + field + "\":\"");
    if (at < 0) {
      return "";
    }
    int from = at + field.length() + 4;
    return text.substring(from, text.indexOf('"', from));
  }
}
