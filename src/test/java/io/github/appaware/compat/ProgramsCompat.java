package io.github.appaware.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Tool;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code mvn -Pcompat verify} runs all programs and writes {@code target/compat.md}; {@code
 * -Dcompat.only=expression} runs those whose name has a match.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ProgramsCompat {
  private static final Path TABLE = Tool.HOME.resolve("target/compat.md");

  private final Table table = new Table();
  private final List<Subject> subjects = new ArrayList<>();
  private Servers servers;
  private ClassPaths paths;
  private Path scratch;
  private int runs;

  @BeforeAll
  void build(@TempDir Path directory) throws Exception {
    scratch = directory;
    servers = new Servers(Files.createDirectories(directory.resolve("servers")));
    Pattern only = Pattern.compile(System.getProperty("compat.only", ""));
    List<Program> programs = selected(only);
    paths = ClassPaths.of(Tool.HOME.resolve("target/compat"), programs);
    for (Program program : programs) {
      if (program.has("name")) {
        subjects.add(new Library(program, paths, servers));
      }
    }
    subjects.add(new MavenRun(Files.createDirectories(directory.resolve("maven"))));
    subjects.add(new JShell(directory.resolve("jshell")));
    subjects.removeIf(each -> !only.matcher(each.name()).find());
    assertThat(subjects).isNotEmpty();
  }

  /** The programs, and the servers that some of them need. */
  private static List<Program> selected(Pattern only) {
    List<Program> all = Program.all();
    List<Program> selected = new ArrayList<>(all);
    selected.removeIf(each -> !each.has("name") || !only.matcher(each.get("name")).find());
    List<String> needs = selected.stream().map(each -> each.get("needs")).toList();
    all.stream()
        .filter(each -> each.has("server") && needs.contains(each.get("server")))
        .forEach(selected::add);
    return selected;
  }

  List<Arguments> all() {
    return subjects.stream()
        .flatMap(subject -> Jdk.all().map(jdk -> Arguments.of(subject, jdk)))
        .toList();
  }

  @ParameterizedTest(name = "{0} on {1}", autoCloseArguments = false)
  @MethodSource
  void all(Subject subject, Jdk jdk) throws Exception {
    Finding finding = find(subject, jdk);
    table.add(finding);
    Files.writeString(TABLE, table.text());

    Assumptions.assumeTrue(finding.skipped().isEmpty(), finding.skipped());
    assertThat(finding.differences()).isEmpty();
    assertThat(finding.escapes()).isEmpty();
  }

  private Finding find(Subject subject, Jdk jdk) throws IOException, InterruptedException {
    if (subject instanceof Library library) {
      String missing = Servers.missing(library.program().get("needs"));
      if (!missing.isEmpty()) {
        return Finding.skipped(subject, jdk.feature(), missing);
      }
      servers.start(library.program(), paths);
    }
    Path directory = Files.createDirectories(scratch.resolve(Integer.toString(++runs)));
    return Comparison.of(directory, subject, jdk);
  }

  @AfterAll
  void tell() throws IOException {
    new PrintStream(System.out, true, StandardCharsets.UTF_8).println(table.text());
    for (Subject subject : subjects) {
      subject.close();
    }
    servers.close();
  }
}
