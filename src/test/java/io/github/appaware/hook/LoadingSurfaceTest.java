package io.github.appaware.hook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A JDK loads libraries and starts programs by functions of the C library that its own libraries
 * import. Each of these libraries is listed, with the reason why that is judged; a library that an
 * update adds, or one that imports more, fails the test.
 */
@ParameterizedClass
@EnumSource
class LoadingSurfaceTest {
  private static final Set<String> FUNCTIONS =
      Set.of(
          "dlopen",
          "dlmopen",
          "fork",
          "vfork",
          "clone",
          "clone3",
          "execl",
          "execlp",
          "execle",
          "execv",
          "execvp",
          "execvpe",
          "execve",
          "fexecve",
          "execveat",
          "posix_spawn",
          "posix_spawnp",
          "system",
          "popen",
          "wordexp",
          "syscall");

  @Parameter Jdk jdk;

  /** What each file of the JDK imports of these, by its path in the JDK. */
  private final Map<String, Set<String>> imports = new TreeMap<>();

  @BeforeEach
  void read() throws IOException {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "libraries of another format");
    Path home = jdk.home().toRealPath();
    for (String part : List.of("lib", "bin")) {
      try (Stream<Path> files = Files.walk(home.resolve(part))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Set<String> found = ElfImports.of(file);
          found.retainAll(FUNCTIONS);
          if (!found.isEmpty()) {
            imports.put(home.relativize(file).toString(), found);
          }
        }
      }
    }
  }

  private static Map<String, Set<String>> listed() throws IOException {
    Map<String, Set<String>> listed = new TreeMap<>();
    try (var in = LoadingSurfaceTest.class.getResourceAsStream("/surface/loading.txt")) {
      for (String line : new String(in.readAllBytes(), UTF_8).lines().toList()) {
        if (!line.startsWith("#")) {
          String[] cells = line.split(" \\| ", 2);
          assertThat(cells).as(line).hasSize(2);
          List<String> words = List.of(cells[0].split(" ", -1));
          listed.put(words.get(0), new TreeSet<>(words.subList(1, words.size())));
        }
      }
    }
    return listed;
  }

  @Test
  void everyLibraryThatLoadsCodeOrStartsProgramsIsListed() throws IOException {
    Map<String, Set<String>> listed = listed();

    assertThat(imports).containsKeys("lib/server/libjvm.so", "lib/libjava.so", "lib/libjli.so");
    imports.forEach(
        (file, functions) ->
            assertThat(listed.getOrDefault(file, Set.of()))
                .as("reasons for what " + file + " imports")
                .containsAll(functions));
  }

  @Test
  void theImportsAreReadAsTheyAre() {
    assertThat(imports.get("lib/libj2pkcs11.so")).containsExactly("dlopen");
    assertThat(imports.get("lib/libjava.so")).contains("fork", "execve", "posix_spawn");
    assertThat(imports).doesNotContainKey("lib/libzip.so");
  }
}
