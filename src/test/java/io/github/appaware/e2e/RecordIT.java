package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Pairs;
import io.github.appaware.target.Senders;
import io.github.appaware.target.library.Client;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.TestOnNewestJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.File;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.bytebuddy.ByteBuddy;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The record of a run with many libraries that use many endpoints, in every mode. */
@ExtendWith(ToolExtension.class)
class RecordIT {
  private static final int LIBRARIES = 20;

  private static final String POLICY =
      """
      version = 1
      [default]
      unknown = 'ask'
      [[rule]]
      id = 'never'
      action = 'deny'
      address = '127.7.0.16/28'
      [[rule]]
      id = 'always'
      action = 'allow'
      address = '127.7.0.32/28'
      [[rule]]
      id = 'perhaps'
      action = 'ask'
      address = '127.7.0.48/28'
      """;

  /** The library's jar and the frame of the application that led there. */
  private static final Pattern LIBRARY =
      Pattern.compile(
          "\"origin\":\\{\"jar\":\"[^\"]*/lib(\\d+)\\.jar\".*"
              + "\"caller\":\"io\\.github\\.appaware\\.target\\.Pairs\\.connect:");

  private static final Pattern SENDER =
      Pattern.compile("\"origin\":\\{\"jar\":\"[^\"]*/lib(\\d+)\\.jar\"");

  private static final Pattern WOULD = Pattern.compile("\"reason\":\\{\"kind\":\"(would-\\w+)\"");

  @TempDir Path directory;
  private Tool tool;

  @JarOf(Pairs.class)
  private Path jar;

  /** Each a jar with one class of a package of its own. */
  private List<String> libraries(StringBuilder classPath) throws IOException {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < LIBRARIES; i++) {
      String name = "lib" + i + ".Client";
      Path library = directory.resolve("lib" + i + ".jar");
      new ByteBuddy().redefine(Client.class).name(name).make().toJar(library.toFile());
      classPath.append(File.pathSeparator).append(library);
      names.add(name);
    }
    return names;
  }

  /** What becomes of an endpoint whose last number is this; the manual has the table. */
  private static String verdict(String mode, int last) {
    boolean denied = last >> 4 == 1;
    boolean allowed = last >> 4 == 2;
    if (mode.equals("audit")) {
      return allowed ? "allow" : denied ? "would-deny" : "would-ask";
    }
    boolean passes = mode.equals("observe") ? !denied : allowed; // there is no one to ask
    return passes ? "allow" : "deny";
  }

  @TestOnNewestJdk
  void everyLibraryAndEndpointThatMetIsALineInEveryMode(Jdk jdk) throws Exception {
    Files.writeString(directory.resolve("p.toml"), POLICY);
    StringBuilder classPath = new StringBuilder(jar.toString());
    List<String> libraries = libraries(classPath);
    try (Socket reserved = new Socket()) { // a port at which nothing listens
      reserved.bind(new InetSocketAddress(0));
      List<String> modes = List.of("observe", "audit", "ask", "enforce");
      for (String mode : jdk.feature() == 17 ? modes : List.of("enforce")) {
        List<String> words =
            new ArrayList<>(List.of("run", "-q", "--mode", mode, "-p", "p.toml", "--log", mode));
        words.addAll(List.of("--", jdk.java(), "-XX:TieredStopAtLevel=1", "-cp"));
        words.addAll(List.of(classPath.toString(), Pairs.class.getName()));
        words.add(Integer.toString(reserved.getLocalPort()));
        words.addAll(libraries);
        Result result = tool.run(words.toArray(String[]::new));
        assertThat(result.status()).as(result.err()).isZero();
        assertRecord(mode, Integer.parseInt(result.out().strip()));
      }
    }
  }

  @TestOnNewestJdk
  void everyLibrarysDatagramsAreItsOwnOnOneThreadToo(Jdk jdk) throws Exception {
    Files.writeString(directory.resolve("p.toml"), "version = 1\n[default]\nunknown = 'allow'\n");
    StringBuilder classPath =
        new StringBuilder(Programs.jar(directory.resolve("senders.jar"), Senders.class).toString());
    List<String> libraries = libraries(classPath).subList(0, 3);
    try (DatagramSocket receiver = new DatagramSocket(0, InetAddress.getByName("127.7.0.1"))) {
      List<String> words = new ArrayList<>(List.of("run", "-q", "-p", "p.toml", "--log", "log"));
      words.addAll(List.of("--", jdk.java(), "-cp", classPath.toString(), Senders.class.getName()));
      words.add(Integer.toString(receiver.getLocalPort()));
      words.addAll(libraries);
      Result result = tool.run(words.toArray(String[]::new));
      assertThat(result.status()).as(result.err()).isZero();
    }
    Map<String, Integer> found = new TreeMap<>();
    for (String line : Files.readAllLines(directory.resolve("log"))) {
      if (Json.text(line, "event").equals("send")) {
        Matcher library = SENDER.matcher(line);
        assertThat(library.find()).as(line).isTrue();
        found.merge(library.group(1), Integer.parseInt(Json.text(line, "count")), Integer::sum);
      }
    }
    assertThat(found).isEqualTo(Map.of("0", Senders.TURNS, "1", Senders.TURNS, "2", Senders.TURNS));
  }

  private void assertRecord(String mode, int calls) throws IOException {
    Map<String, Integer> expected = new HashMap<>();
    for (int library = 0; library < LIBRARIES; library++) {
      for (int endpoint = 0; endpoint < Pairs.ENDPOINTS; endpoint++) {
        String key = library + " " + Pairs.address(endpoint) + " " + verdict(mode, endpoint + 1);
        expected.put(key, Pairs.times(library, endpoint));
      }
    }
    List<String> lines = Files.readAllLines(directory.resolve(mode));
    Map<String, Integer> found = new HashMap<>();
    int events = 0;
    for (String line : lines) {
      assertThat(line.length()).isLessThan(2_000);
      if (Json.text(line, "event").equals("connect")) {
        Matcher library = LIBRARY.matcher(line);
        assertThat(library.find()).as(line).isTrue();
        String address = Json.text(line, "address");
        Matcher would = WOULD.matcher(line);
        String verdict = would.find() ? would.group(1) : Json.text(line, "verdict");
        int count = Integer.parseInt(Json.text(line, "count"));
        found.merge(library.group(1) + " " + address + " " + verdict, count, Integer::sum);
        events += count;
      }
    }
    assertThat(found).as(mode).isEqualTo(expected);
    assertThat(events).as(mode).isEqualTo(calls);
    assertThat(lines).as(mode).hasSizeBetween(expected.size(), calls + 10);
  }
}
