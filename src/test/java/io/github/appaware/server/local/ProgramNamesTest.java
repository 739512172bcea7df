package io.github.appaware.server.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramNamesTest {
  @ParameterizedTest
  @CsvSource({
    "java -cp a.jar:b.jar org.gradle.launcher.daemon.bootstrap.GradleDaemon 8.5, GradleDaemon",
    "java -Xmx1g --add-opens java.base/java.lang=ALL-UNNAMED -jar /opt/app-1.jar x, app-1.jar",
    "java -p mods -m com.acme/com.acme.Main, Main",
    "java @options Main, Main",
    "java Hello.java, Hello.java",
    "java -version, ''",
    "java -jar, ''",
    "java, ''",
  })
  void aJvmRunsAClassOrAJar(String command, String program) {
    assertThat(ProgramNames.of("java", List.of(command.split(" ", -1)))).isEqualTo(program);
  }

  @Test
  void otherProgramsAreTheirFile() {
    assertThat(ProgramNames.of("postgres", List.of("postgres", "-D", "/var/lib"))).isEmpty();
    assertThat(ProgramNames.of("java", List.of())).isEmpty();
  }

  @Test
  void longNamesAreCut() {
    assertThat(ProgramNames.of("java", List.of("java", "x".repeat(500)))).hasSize(103);
  }
}
