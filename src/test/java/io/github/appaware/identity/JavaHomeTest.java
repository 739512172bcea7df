package io.github.appaware.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaHomeTest {
  @TempDir Path directory;

  @Test
  void recognizesTheJdkThatRunsThisTest() throws IOException {
    JavaHome java = JavaHome.of(Samples.JAVA).orElseThrow();

    assertThat(java.home()).isEqualTo(Path.of(System.getProperty("java.home")).toRealPath());
    assertThat(java.feature()).isEqualTo(Runtime.version().feature());
    assertThat(System.getProperty("java.version")).startsWith(java.version());
    assertThat(java.release()).containsKey("MODULES");
  }

  @Test
  void followsSymbolicLinksToTheJdk() throws IOException {
    Path first = Files.createSymbolicLink(directory.resolve("first"), Samples.JAVA);
    Path second = Files.createSymbolicLink(directory.resolve("second"), first);

    assertThat(JavaHome.of(second)).isEqualTo(JavaHome.of(Samples.JAVA)).isPresent();
  }

  @Test
  void takesNoScriptForAJdk() throws IOException {
    assertThat(JavaHome.of(Samples.script(directory.resolve("shims/bin/java")))).isEmpty();
    assertThat(JavaHome.of(Samples.JAVA.resolveSibling("javac"))).isEmpty();
    assertThat(JavaHome.of(directory.resolve("bin/java"))).isEmpty();
  }

  @ParameterizedTest(name = "{0} with {1} is {2}")
  @CsvSource({
    "17.0.15, lib/modules, 17",
    "25, lib/modules, 25",
    "11.0.2, jmods/java.base.jmod, 11",
    "25.0.1, modules/java.base/module-info.class, 25",
    "1.8.0_402, jre/lib/rt.jar, 8",
    "1.8.0_402, lib/rt.jar, 8",
  })
  void readsTheFeatureReleaseOfEveryImage(String version, String classes, int feature)
      throws IOException {
    Path home = image(version, classes);

    JavaHome java = JavaHome.of(home.resolve("bin/java")).orElseThrow();

    assertThat(java.version()).isEqualTo(version);
    assertThat(java.feature()).isEqualTo(feature);
  }

  @Test
  void findsTheReleaseOfTheSecondLauncherOfJavaEight() throws IOException {
    Path home = image("1.8.0_402", "jre/lib/rt.jar");

    assertThat(JavaHome.of(Samples.script(home.resolve("jre/bin/java"))).map(JavaHome::home))
        .isEqualTo(Optional.of(home));
  }

  @Test
  void wantsReleaseAndClassesBoth() throws IOException {
    assertThat(JavaHome.of(image("17", "lib/nothing").resolve("bin/java"))).isEmpty();
    assertThat(JavaHome.of(image("unknown", "lib/modules").resolve("bin/java"))).isEmpty();
    Files.delete(directory.resolve("jdk/release"));
    assertThat(JavaHome.of(directory.resolve("jdk/bin/java"))).isEmpty();
  }

  private Path image(String version, String classes) throws IOException {
    Path home = directory.toRealPath().resolve("jdk");
    Samples.script(home.resolve("bin/java"));
    Samples.write(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Linux\"\n");
    Samples.write(home.resolve(classes), "");
    return home;
  }
}
