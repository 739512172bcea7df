package io.github.appaware.compat;

import io.github.appaware.testkit.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file of {@code src/compat} and what the comments at its head say.
 *
 * <pre>
 * // name: what the table calls it
 * // maven: group:artifact:version[:classifier], what is shown in the table
 * // also: the same, what it needs besides
 * // needs: a server that the test starts: redis, postgresql or kafka
 * // server: this is that server
 * // client: no, when it can't be sent to a port of the test's
 * // peer: udp, when it sends datagrams to that port
 * // jvm: options
 * // fat-jar: the main class of the loader of a jar with jars in it
 * // proxies: the kinds that it can be told to go through: socks, connect
 * // table: what the table of clients calls it, which goes to the names that it is given
 * </pre>
 */
record Program(String type, List<String> lines) {
  static final Path SOURCES = Tool.HOME.resolve("src/compat/java");

  private static final Path PACKAGE = SOURCES.resolve("compat");

  Program {
    lines = List.copyOf(lines);
  }

  /** All, also the servers. */
  static List<Program> all() {
    return having("name", "server");
  }

  /** Those that go to names. */
  static List<Program> clients() {
    return having("table", "table");
  }

  private static List<Program> having(String key, String other) {
    try (Stream<Path> files = Files.list(PACKAGE)) {
      return files
          .map(file -> file.getFileName().toString().replaceFirst("\\.java$", ""))
          .sorted()
          .map(Program::named)
          .filter(each -> each.has(key) || each.has(other))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Program named(String type) {
    try {
      return new Program(type, Files.readAllLines(PACKAGE.resolve(type + ".java")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first value; empty when there is none. */
  String get(String key) {
    return values(key).stream().findFirst().orElse("");
  }

  boolean has(String key) {
    return !values(key).isEmpty();
  }

  List<String> values(String key) {
    String start = "// " + key + ": ";
    return lines.stream()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()).strip())
        .toList();
  }

  /** What is extra comes first: the logger that says nothing has to win over others' interfaces. */
  List<String> dependencies() {
    List<String> all = new ArrayList<>(values("also"));
    all.addAll(values("maven"));
    return all;
  }

  Path source() {
    return PACKAGE.resolve(type + ".java");
  }

  String main() {
    return "compat." + type;
  }
}
