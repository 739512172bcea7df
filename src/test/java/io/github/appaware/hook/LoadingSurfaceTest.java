package io.github.appaware.hook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
 * import. Each of these libraries is listed, with the reason why that is judged, and with those of
 * its native methods that get there; a library that an update adds, one that imports more, or a
 * native method that it adds to one of them fails the test. What calls those methods is looked at
 * by {@link SurfaceTest}.
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

  private static final String NATIVE = "Java_";

  /** Functions that are left over: no class has a native method of that name any more. */
  private static final Set<String> WITHOUT_METHOD =
      Set.of("Java_jdk_net_Sockets_isReusePortAvailable0", "Java_sun_awt_X11_XWindow_setSizeHints");

  private static final String BEHIND = "behind ";

  /**
   * A library of the list.
   *
   * @param functions which it imports
   * @param natives its native methods that get to those functions, each with the reason
   */
  private record Library(Set<String> functions, Map<String, String> natives) {}

  @Parameter Jdk jdk;

  /** What each file of the JDK that imports one of these has, by its path in the JDK. */
  private final Map<String, ElfSymbols> found = new TreeMap<>();

  private final Map<String, Library> listed = new TreeMap<>();

  @BeforeEach
  void read() throws IOException {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "libraries of another format");
    readList();
    Path home = jdk.home().toRealPath();
    for (String part : List.of("lib", "bin")) {
      try (Stream<Path> files = Files.walk(home.resolve(part))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          ElfSymbols symbols = ElfSymbols.of(file);
          symbols.imports().retainAll(FUNCTIONS);
          if (!symbols.imports().isEmpty()) {
            found.put(home.relativize(file).toString(), symbols);
          }
        }
      }
    }
  }

  private void readList() throws IOException {
    Library last = null;
    try (var in = LoadingSurfaceTest.class.getResourceAsStream("/surface/loading.txt")) {
      for (String line : new String(in.readAllBytes(), UTF_8).lines().toList()) {
        if (!line.startsWith("#")) {
          String[] cells = line.split(" \\| ", 2);
          assertThat(cells).as(line).hasSize(2);
          if (line.startsWith("  ")) {
            last.natives().put(cells[0].strip(), cells[1]);
          } else {
            List<String> words = List.of(cells[0].split(" ", -1));
            Set<String> functions = new TreeSet<>(words.subList(1, words.size()));
            last = new Library(functions, new TreeMap<>());
            listed.put(words.get(0), last);
          }
        }
      }
    }
  }

  @Test
  void everyLibraryThatLoadsCodeOrStartsProgramsIsListed() {
    assertThat(found).containsKeys("lib/server/libjvm.so", "lib/libjava.so", "lib/libjli.so");
    found.forEach(
        (file, symbols) ->
            assertThat(listed.getOrDefault(file, new Library(Set.of(), Map.of())).functions())
                .as("reasons for what " + file + " imports")
                .containsAll(symbols.imports()));
  }

  @Test
  void theImportsAreReadAsTheyAre() {
    assertThat(found.get("lib/libj2pkcs11.so").imports()).containsExactly("dlopen");
    assertThat(found.get("lib/libjava.so").imports()).contains("fork", "execve", "posix_spawn");
    assertThat(found).doesNotContainKey("lib/libzip.so");
  }

  /** By their names in the library, as far as the JVM does not get their addresses otherwise. */
  @Test
  void everyNativeMethodOfTheseLibrariesHasBeenLookedAt() throws IOException {
    Set<String> known = new HashSet<>();
    for (Native each : Native.listed()) {
      known.add(symbol(each.type(), each.name()));
    }
    List<String> unknown = new ArrayList<>();
    int checked = 0;
    for (Map.Entry<String, ElfSymbols> library : found.entrySet()) {
      for (String export : library.getValue().exports()) {
        if (export.startsWith(NATIVE)) {
          checked++;
          // An overloaded one has its types behind two underscores.
          String name = export.replaceFirst("(?<=[^_])__(?!.*__).*", "");
          if (!known.contains(export)
              && !known.contains(name)
              && !WITHOUT_METHOD.contains(export)) {
            unknown.add(library.getKey() + " " + export);
          }
        }
      }
    }
    assertThat(checked).isGreaterThan(700);
    assertThat(unknown).as("native methods that are in no line of natives.txt").isEmpty();
  }

  @Test
  void whatIsListedHereAndThereSaysTheSame() throws IOException {
    Map<String, Native> natives = new HashMap<>();
    for (Native each : Native.listed()) {
      natives.put(each.type() + "." + each.name(), each);
    }
    int hooked = 0;
    for (Library library : listed.values()) {
      for (Map.Entry<String, String> method : library.natives().entrySet()) {
        Native known = natives.get(method.getKey());
        assertThat(known).as(method.getKey()).isNotNull();
        Set<String> hooks = Set.of();
        if (method.getValue().startsWith(BEHIND)) {
          hooks = Set.of(method.getValue().substring(BEHIND.length()).split(" ", -1));
          hooked++;
        }
        assertThat(known.hooks()).as(method.getKey()).isEqualTo(hooks);
      }
    }
    assertThat(hooked).isGreaterThan(7);
  }

  /** As the Java Native Interface Specification, chapter 2, makes it. */
  private static String symbol(String type, String method) {
    return NATIVE + mangled(type) + "_" + mangled(method);
  }

  private static String mangled(String name) {
    return name.replace("_", "_1").replace("$", "_00024").replace('/', '_');
  }
}
