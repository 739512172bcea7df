package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Callers;
import io.github.appaware.target.Library;
import io.github.appaware.target.library.Client;
import io.github.appaware.testkit.Digest;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.TestOnEachJdk;
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
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The code inside the application that caused an event. */
@ExtendWith(ToolExtension.class)
class OriginIT {
  @TempDir Path directory;
  private Tool tool;
  private Path application;
  private Path library;

  @BeforeEach
  void prepare() throws IOException {
    application = Programs.jar(directory.resolve("app.jar"), Callers.class).toRealPath();
    library =
        Programs.library(directory.resolve("lib-1.2.jar"), Library.class, "org.example:lib:1.2")
            .toRealPath();
  }

  private Result run(Jdk jdk, String policy, List<String> ways) throws Exception {
    Files.writeString(directory.resolve("p.toml"), "version = 1\n" + policy);
    List<String> words = new ArrayList<>(List.of("run", "-q", "-p", "p.toml", "--log", "log"));
    String path = application + File.pathSeparator + library;
    words.addAll(List.of("--", jdk.java(), "-cp", path, Callers.class.getName()));
    words.addAll(ways);
    return tool.run(words.toArray(String[]::new));
  }

  @TestOnEachJdk
  void theRecordNamesTheLibraryThreeFramesDeep(Jdk jdk) throws Exception {
    List<Listener> listeners = new ArrayList<>();
    try {
      List<String> ways = new ArrayList<>();
      for (String way : List.of("own", "library", "reflection", "pool", "virtual")) {
        if (!way.equals("virtual") || jdk.feature() >= 21) {
          Listener listener = new Listener();
          listeners.add(listener);
          ways.add(way + "=" + listener.port());
        }
      }

      Result result = run(jdk, "[default]\nunknown = 'allow'\n", ways);

      assertThat(result.err()).isEmpty();
      assertThat(result.out().lines()).allMatch(line -> line.endsWith(": connected"));
      for (String way : ways) {
        String name = way.substring(0, way.indexOf('='));
        assertThat(origin(way))
            .as(way)
            .matches(
                name.equals("own")
                    ? expected(application, "", "Callers.connect", "main")
                    : expected(
                        library,
                        "\"maven\":\"org.example:lib:1.2\",",
                        "Library$Deepest.connect",
                        name.equals("pool") ? "pool" : "main"));
      }
    } finally {
      for (Listener listener : listeners) {
        listener.close();
      }
    }
  }

  /**
   * Each library that uses an endpoint has a line, however often the verdict came from the cache,
   * and the counts add up.
   */
  @TestOnEachJdk
  void everyLibraryThatUsedAnEndpointIsOnRecord(Jdk jdk) throws Exception {
    Path other =
        Programs.library(directory.resolve("other-2.0.jar"), Client.class, "org.example:other:2.0");
    try (Listener listener = new Listener()) {
      int port = listener.port();
      List<String> ways = new ArrayList<>();
      for (String way : List.of("library", "client", "own", "library", "client", "pool", "own")) {
        ways.add(way + "=" + port);
      }
      for (String options : List.of("allow", "deny", "allow observe", "deny observe")) {
        Files.deleteIfExists(directory.resolve("log"));
        Files.writeString(
            directory.resolve("p.toml"),
            "version = 1\n[default]\nunknown = '" + options.split(" ", -1)[0] + "'\n");
        List<String> words = new ArrayList<>(List.of("run", "-q", "-p", "p.toml", "--log", "log"));
        words.addAll(options.endsWith("observe") ? List.of("--mode", "observe") : List.of());
        String path =
            String.join(
                File.pathSeparator, "" + application, "" + library, "" + other.toRealPath());
        words.addAll(List.of("--", jdk.java(), "-cp", path, Callers.class.getName()));
        words.addAll(ways);
        assertThat(tool.run(words.toArray(String[]::new)).status()).as(options).isZero();

        List<String> lines = connections();
        String verdict = options.equals("deny") ? "deny" : "allow";
        assertThat(lines).as(options).allMatch(line -> line.contains("verdict\":\"" + verdict));
        assertThat(sum(lines, "\"jar\":\"" + library + "\"")).as(options).isEqualTo(3);
        assertThat(sum(lines, "\"maven\":\"org.example:other:2.0\"")).as(options).isEqualTo(2);
        assertThat(sum(lines, "\"jar\":\"" + application + "\"")).as(options).isEqualTo(2);
        assertThat(sum(lines, "\"caller\":\"io.github.appaware.target.Callers."))
            .as("with the application's own frame beside the library's: " + options)
            .isEqualTo(5);
        assertThat(sum(lines, "")).as(options).isEqualTo(ways.size());
      }
    }
  }

  private List<String> connections() throws IOException {
    return Files.readAllLines(directory.resolve("log")).stream()
        .filter(line -> line.contains("\"event\":\"connect\""))
        .toList();
  }

  private static long sum(List<String> lines, String having) {
    return lines.stream()
        .filter(line -> line.contains(having))
        .mapToLong(line -> Long.parseLong(line.replaceAll(".*\"count\":(\\d+).*", "$1")))
        .sum();
  }

  private static String expected(Path jar, String maven, String frame, String thread)
      throws Exception {
    String text =
        "{\"jar\":\""
            + jar
            + "\",\"sha256\":\""
            + Digest.sha256(jar)
            + "\","
            + maven
            + "\"frame\":\"io.github.appaware.target."
            + frame
            + ":";
    return java.util.regex.Pattern.quote(text)
        + "\\d+\"(,\"caller\":\"io.github.appaware.target.Callers[^\"]*\")?(,\"thread\":\""
        + thread
        + "\")?}"; // a virtual thread has no name
  }

  /** The origin in the record's line about the connection that this way made. */
  private String origin(String way) throws IOException {
    String port = "\"port\":" + way.substring(way.indexOf('=') + 1) + ",";
    List<String> lines = connections().stream().filter(line -> line.contains(port)).toList();
    assertThat(lines).hasSize(1);
    String line = lines.get(0);
    int begin = line.indexOf("\"origin\":") + "\"origin\":".length();
    return line.substring(begin, line.indexOf(",\"verdict\"", begin));
  }
}
