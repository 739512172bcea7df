package io.github.appaware.policy.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.policy.explain.Warnings;
import io.github.appaware.policy.model.PolicyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every message that the reader can give has an example: the sources are searched for the places
 * that make messages, and each must have been made by one of the bad policies or of those to be
 * warned about. A new message without an example turns this test red.
 */
class MessagesTest {
  private static final Path SOURCES = Path.of("src/main/java/io/github/appaware/policy");
  private static final Path TESTS = Path.of("src/test/java/io/github/appaware");
  private static final Path POLICIES = Path.of("src/test/resources/policy");

  /** What makes messages, and which of its arguments the message is. */
  private static final Map<String, Integer> MAKERS =
      Map.of(
          "new MalformedValue(", 0,
          "problems.add(", 1,
          "warnings.add(", 1,
          ".problem(", 1,
          " problem(", 1,
          " nothing(", 1,
          "add(at(", 1,
          "  at(", 1);

  /** Of other rooms' questions, not of policies: their messages are tested where they are. */
  private static final Set<String> NOT_THE_READER =
      Set.of(
          "EventParser.java",
          "OriginParser.java",
          "PeerParser.java",
          "TunnelParser.java",
          "TomlString.java",
          "PolicyEntry.java");

  /** What needs more than a file in a folder: the test that has the words. */
  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("too large to be parsed at once", "policy/read/PolicyChunksTest.java"),
          Map.entry("`rule` is not an array of tables", "policy/read/PolicyChunksTest.java"),
          Map.entry("not a regular file", "policy/read/PolicyFilesTest.java"),
          Map.entry(
              "a file of the kernel, which may have no end", "policy/read/PolicyFilesTest.java"),
          Map.entry("larger than ", "policy/read/PolicyFilesTest.java"),
          Map.entry("permission denied", "policy/read/PolicyFilesTest.java"),
          Map.entry("can't be read: ", "policy/read/PolicyFilesTest.java"),
          Map.entry("too many names", "policy/read/HostListTest.java"),
          Map.entry("a stored policy can't name files", "policy/read/IncludeTest.java"),
          Map.entry(" files include one another", "policy/read/IncludeTest.java"),
          Map.entry(" files", "policy/read/IncludeTest.java"));

  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  @Test
  void everyMessageOfTheReaderHasAnExample() throws IOException {
    List<String> given = given();
    Set<String> without = new TreeSet<>();
    Map<String, List<String>> messages = messages();
    assertThat(messages).hasSizeGreaterThan(60);
    messages.forEach(
        (place, parts) -> {
          Pattern pattern =
              Pattern.compile(parts.stream().map(Pattern::quote).collect(Collectors.joining(".*")));
          String last = parts.get(parts.size() - 1);
          if (given.stream().noneMatch(message -> pattern.matcher(message).find())
              && !isElsewhere(last)) {
            without.add(place + ": " + String.join("...", parts));
          }
        });
    assertThat(without).isEmpty();
  }

  private static boolean isElsewhere(String words) {
    String test = ELSEWHERE.get(words);
    if (test == null) {
      return false;
    }
    try {
      return Files.readString(TESTS.resolve(test)).contains(words.strip());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> given() throws IOException {
    List<String> given = new ArrayList<>();
    for (Path file : policies("bad")) {
      try {
        PolicyReader.read(List.of(file));
      } catch (PolicyException e) {
        e.problems().forEach(problem -> given.add(problem.message()));
      }
    }
    for (Path file : policies("warned")) {
      try {
        Warnings.of(PolicyReader.read(List.of(file)), Instant.parse("2026-06-01T12:00:00Z"))
            .forEach(warning -> given.add(warning.message()));
      } catch (PolicyException e) {
        throw new AssertionError(file + " must be good", e);
      }
    }
    return given;
  }

  private static List<Path> policies(String folder) throws IOException {
    try (Stream<Path> files = Files.list(POLICIES.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(".toml")).sorted().toList();
    }
  }

  /** The plain parts of each message, by the place that makes it. */
  private static Map<String, List<String>> messages() throws IOException {
    Map<String, List<String>> messages = new LinkedHashMap<>();
    List<Path> files;
    try (Stream<Path> all = Files.walk(SOURCES)) {
      files = all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
    for (Path file : files) {
      if (!NOT_THE_READER.contains(file.getFileName().toString())) {
        String text = Files.readString(file).replaceAll("(?s)/\\*.*?\\*/|(?m)^ *//.*$", "");
        MAKERS.forEach(
            (maker, index) -> {
              for (int at = text.indexOf(maker); at >= 0; at = text.indexOf(maker, at + 1)) {
                List<String> parts = parts(argument(text, at + maker.length(), index));
                if (!parts.isEmpty()) {
                  messages.put(file.getFileName() + ":" + line(text, at), parts);
                }
              }
            });
      }
    }
    return messages;
  }

  private static long line(String text, int at) {
    return text.substring(0, at).lines().count();
  }

  /**
   * The text of one argument of the call whose first argument begins there, without what stands in
   * parentheses in it.
   */
  private static String argument(String text, int begin, int index) {
    int depth = 0;
    int number = 0;
    boolean quoted = false;
    StringBuilder argument = new StringBuilder();
    for (int i = begin; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quoted) {
        argument.append(number == index && depth == 0 ? text.substring(i, i + 2) : "");
        i++;
        continue;
      }
      quoted ^= c == '"' && text.charAt(i - 1) != '\'';
      depth += quoted ? 0 : "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
      if (depth < 0) {
        break;
      }
      if (c == ',' && depth == 0 && !quoted) {
        number++;
      } else if (number == index && depth == 0) {
        argument.append(c);
      }
    }
    return argument.toString();
  }

  private static List<String> parts(String argument) {
    return LITERAL
        .matcher(argument)
        .results()
        .map((MatchResult found) -> found.group(1).replace("\\\"", "\""))
        .filter(part -> part.matches("(?s).*[a-z]{2}.*"))
        .toList();
  }
}
