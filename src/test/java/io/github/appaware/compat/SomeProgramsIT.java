package io.github.appaware.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Tool;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The part of {@link ProgramsCompat} that each build can afford: blocking, and nio. */
@TestInstance(Lifecycle.PER_CLASS)
class SomeProgramsIT {
  private ClassPaths paths;

  @BeforeAll
  void build() throws Exception {
    List<Program> programs = Stream.of("OkHttp", "NettyNio").map(Program::named).toList();
    paths = ClassPaths.of(Tool.HOME.resolve("target/compat-some"), programs);
  }

  @ParameterizedTest
  @ValueSource(strings = {"OkHttp", "NettyNio"})
  void aRealLibraryIsTheSameWhenAllowedAndStoppedWhenDenied(String name, @TempDir Path directory)
      throws Exception {
    Program program = Program.named(name);

    Finding finding = Comparison.of(directory, new Library(program, paths, null), Jdk.running());

    assertThat(finding.differences()).isEmpty();
    assertThat(finding.escapes()).isEmpty();
    assertThat(finding.denied()).containsExactly("bind", "connect");
  }
}
