package io.github.appaware;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.testkit.ShowsLimit;
import io.github.appaware.testkit.Tool;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the README, and a page in full, say it does not protect from, and the tests that show it.
 */
class LimitsTest {
  private static final String BEGINNING = "Without the guard it does **not** protect from\n\n";

  /** The lines of the list, each in one line. */
  private static List<String> limits(String document) throws IOException {
    String text = Files.readString(Tool.HOME.resolve(document));
    int from = text.indexOf(BEGINNING) + BEGINNING.length();
    String list = text.substring(from, text.indexOf("\n\n", from));
    List<String> limits = new ArrayList<>();
    for (String line : list.replace("\n  ", " ").lines().toList()) {
      assertThat(line).startsWith("- ");
      limits.add(line.substring(2));
    }
    return limits;
  }

  /** How the lines begin that tests show. */
  private static Set<String> shown() throws IOException, URISyntaxException {
    Path classes =
        Path.of(LimitsTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Set<String> shown = new TreeSet<>();
    try (Stream<Path> files = Files.walk(classes.resolve("io/github/appaware"))) {
      for (Path file : files.filter(LimitsTest::isOfTests).toList()) {
        String name = classes.relativize(file).toString().replace('/', '.');
        for (Method method : methods(name.substring(0, name.length() - ".class".length()))) {
          ShowsLimit limit = method.getAnnotation(ShowsLimit.class);
          if (limit != null) {
            shown.addAll(List.of(limit.value()));
          }
        }
      }
    }
    return shown;
  }

  private static boolean isOfTests(Path file) {
    return file.toString().endsWith("IT.class") || file.toString().endsWith("Test.class");
  }

  private static Method[] methods(String type) {
    try {
      return Class.forName(type, false, LimitsTest.class.getClassLoader()).getDeclaredMethods();
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "src/site/markdown/limits.md"})
  void everyLimitHasATestAndEveryTestALimit(String document) throws Exception {
    List<String> limits = limits(document);
    Set<String> shown = shown();

    assertThat(limits).hasSizeGreaterThan(10);
    assertThat(limits)
        .allSatisfy(
            limit ->
                assertThat(shown)
                    .as("tests that show: " + limit)
                    .anyMatch(beginning -> limit.startsWith(beginning)));
    assertThat(shown)
        .allSatisfy(
            beginning ->
                assertThat(limits)
                    .as("lines that begin: " + beginning)
                    .anyMatch(limit -> limit.startsWith(beginning)));
  }
}
