package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Sites;
import io.github.appaware.target.library.Deep;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.TestOnEachJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** From where cached verdicts are used, however the JVM keeps its stacks. */
@ExtendWith(ToolExtension.class)
class SitesIT {
  /** A stack walker has 64 or more; the JVM's own form has 23. */
  private static final int BYTES_OF_FRAME = 40;

  private static final Pattern CALLER =
      Pattern.compile("\"caller\":\"io\\.github\\.appaware\\.target\\.(Sites\\.\\w+:\\d+)\"");

  @TempDir Path directory;
  private Tool tool;
  private String classPath;

  private String run(Jdk jdk, List<String> options) throws Exception {
    Files.writeString(directory.resolve("p.toml"), "version = 1\n[default]\nunknown = 'allow'\n");
    Path library =
        Programs.library(directory.resolve("lib.jar"), Deep.class, "org.example:lib:1.2");
    classPath =
        Programs.jar(directory.resolve("app.jar"), Sites.class) + File.pathSeparator + library;
    try (Socket reserved = new Socket()) { // a port at which nothing listens
      reserved.bind(new InetSocketAddress(0));
      List<String> words =
          new ArrayList<>(List.of("run", "-q", "-p", "p.toml", "--log", "log", "--", jdk.java()));
      words.addAll(options);
      words.addAll(List.of("-cp", classPath, Sites.class.getName(), "" + reserved.getLocalPort()));
      Result result = tool.run(words.toArray(String[]::new));
      assertThat(result.status()).as(result.err()).isZero();
      return result.out().strip();
    }
  }

  /** How many connects each place has, by the caller's method and line. */
  private Map<String, Integer> places() throws IOException {
    Map<String, Integer> places = new TreeMap<>();
    for (String line : Files.readAllLines(directory.resolve("log"))) {
      if (Json.text(line, "event").equals("connect")) {
        assertThat(line).contains("\"maven\":\"org.example:lib:1.2\"");
        Matcher caller = CALLER.matcher(line);
        places.merge(
            caller.find() ? caller.group(1).replaceAll("twice:", "") : "none",
            Integer.parseInt(Json.text(line, "count")),
            Integer::sum);
      }
    }
    return places;
  }

  private void assertPlaces(Jdk jdk) throws IOException {
    int alone = jdk.feature() >= 21 ? 2 * Sites.ALONE : Sites.ALONE;
    assertThat(places().values())
        .containsExactlyInAnyOrder(Sites.FIRST, Sites.SECOND, Sites.MEASURED, alone);
  }

  @TestOnEachJdk
  void eachLineOfTheApplicationHasItsCount(Jdk jdk) throws Exception {
    String bytes = run(jdk, List.of());

    assertPlaces(jdk);
    assertThat(Integer.parseInt(bytes)).as("no objects for each frame").isLessThan(BYTES_OF_FRAME);
  }

  @TestOnEachJdk
  void alsoWhereTheJvmCutsStacksOff(Jdk jdk) throws Exception {
    String unused = run(jdk, List.of("-XX:MaxJavaStackTraceDepth=20"));

    assertPlaces(jdk);
  }

  @TestOnEachJdk
  void alsoWhereThrowablesHaveNoStack(Jdk jdk) throws Exception {
    String unused = run(jdk, List.of("-XX:-StackTraceInThrowable"));

    assertPlaces(jdk);
  }
}
