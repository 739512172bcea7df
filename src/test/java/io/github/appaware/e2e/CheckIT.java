package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code policy check} of the built tool over all bad policies, and those to be warned about. */
@ExtendWith(ToolExtension.class)
class CheckIT {
  private static final Path POLICIES = Tool.HOME.resolve("src/test/resources/policy");

  /** A line of the file, and the caret below it. */
  private static final Pattern EXCERPT = Pattern.compile("(?m)^  [0-9]+ \\| .*\\n +\\| *\\^\\n");

  @TempDir Path directory;
  private Tool tool;

  @Test
  void eachBadPolicyIsRefusedWithJustItsText() throws Exception {
    Path folder = POLICIES.resolve("bad");
    List<String> names = names(folder);
    assertThat(names).hasSizeGreaterThanOrEqualTo(60);
    // One at a time, as the same problem in a file that several include is told once only.
    List<String> alone = names.stream().filter(name -> name.startsWith("include")).toList();
    List<String> others = names.stream().filter(name -> !name.startsWith("include")).toList();
    for (String name : alone) {
      assertThat(check(folder, List.of(name))).isEqualTo(new Result(1, expected(folder, name), ""));
    }
    StringBuilder all = new StringBuilder();
    for (String name : others) {
      all.append(expected(folder, name));
    }
    assertThat(check(folder, others)).isEqualTo(new Result(1, all.toString(), ""));
  }

  @Test
  void warningsAreShownAndTheStatusIsGood() throws Exception {
    Path folder = POLICIES.resolve("warned");
    StringBuilder all = new StringBuilder();
    List<String> names = names(folder);
    for (String name : names) {
      all.append(expected(folder, name));
    }
    assertThat(check(folder, names)).isEqualTo(new Result(0, all.toString(), ""));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".toml"))
          .sorted()
          .toList();
    }
  }

  private static String expected(Path folder, String name) throws IOException {
    return Files.readString(folder.resolve(name.replace(".toml", ".expected")));
  }

  /** The result without the lines that are shown of the files, and the last line, which counts. */
  private Result check(Path folder, List<String> names) throws Exception {
    List<String> words = new ArrayList<>(List.of("policy", "check"));
    words.addAll(names);
    ProcessBuilder builder = tool.builder(words.toArray(String[]::new));
    Result result = Tool.run(builder.directory(folder.toFile()), "");
    String out = EXCERPT.matcher(result.out()).replaceAll("");
    assertThat(out.length()).as("some lines of files are shown").isLessThan(result.out().length());
    long problems = out.lines().filter(line -> !line.startsWith("  help: ")).count();
    String counted = " " + problems + " ";
    assertThat(result.err()).matches("appaware: \\d+ files?, .*\\n").contains(counted);
    return new Result(result.status(), out, "");
  }
}
