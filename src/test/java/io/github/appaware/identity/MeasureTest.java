package io.github.appaware.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.appaware.event.Application;
import io.github.appaware.event.Application.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasureTest {
  @TempDir Path temporary;
  private Path directory;

  @BeforeEach
  void writeFiles() throws IOException {
    directory = temporary.toRealPath();
    Samples.echoJar(directory.resolve("app.jar"));
    Samples.classes(directory.resolve("classes"));
  }

  @Test
  void measuresAJvmAsItWouldHaveBeenIdentified() throws Exception {
    List<String> command = List.of(Samples.JAVA.toString(), "-jar", "app.jar", "wait", "", "x y");
    Target expected = new Identifier(Map.of(), directory).identify(command);
    Process process = start(command, Map.of());
    try {
      Target target = Identifier.measure(process.pid());

      Application application = target.application();
      assertThat(application).isEqualTo(expected.application().withProcess(process.pid(), ""));
      assertThat(target.command()).isEqualTo(command);
      assertThat(target.java()).isEqualTo(expected.java());
      assertThat(target.line()).isEqualTo(expected.line());
      assertThat(target.executable()).isEqualTo(Samples.JAVA.toRealPath());
    } finally {
      end(process);
    }
  }

  @Test
  void readsTheEnvironmentOfTheProcess() throws Exception {
    Map<String, String> environment = Map.of("JDK_JAVA_OPTIONS", "-cp classes");
    Process process = start(List.of(Samples.JAVA.toString(), Samples.ECHO, "wait"), environment);
    try {
      Application application = Identifier.measure(process.pid()).application();

      assertThat(application.kind()).isEqualTo(Kind.CLASSPATH);
      assertThat(application.file()).isEqualTo(Samples.ECHO);
      assertThat(application.path()).isEqualTo(directory.resolve("classes").toString());
    } finally {
      end(process);
    }
  }

  @Test
  void aChildWithInjectedCodeHasNoHashAndSaysWhy() throws Exception {
    Map<String, String> environment = Map.of("_JAVA_OPTIONS", "-XX:On'Error'=ls");
    String own = "-XX:OnOutOfMemoryError=ls";
    List<String> command = List.of(Samples.JAVA.toString(), own, "-jar", "app.jar", "wait");
    Process process = start(command, environment);
    try {
      long pid = process.pid();
      Path elsewhere = directory.resolve("elsewhere");

      Target child = Identifier.measureChild(pid, new OwnOptions(Set.of(own), Map.of(), directory));
      assertThat(child.notice())
          .isEqualTo(
              "`app.jar` has no SHA-256: `-XX:OnError=ls` in `_JAVA_OPTIONS` runs a command");
      assertThat(child.application().sha256()).isEmpty();

      child = Identifier.measureChild(pid, new OwnOptions(Set.of(own), environment, directory));
      assertThat(child).isEqualTo(Identifier.measure(pid));
      assertThat(child.application().sha256()).hasSize(64);

      child = Identifier.measureChild(pid, new OwnOptions(Set.of(own), environment, elsewhere));
      assertThat(child.application().sha256()).isEmpty();
    } finally {
      end(process);
    }
  }

  @Test
  void refusesAJvmWhoseJarIsGone() throws Exception {
    Process process = start(List.of(Samples.JAVA.toString(), "-jar", "app.jar", "wait"), Map.of());
    try {
      Files.delete(directory.resolve("app.jar"));

      assertThatExceptionOfType(TargetException.class)
          .isThrownBy(() -> Identifier.measure(process.pid()))
          .withMessage("`app.jar`: no such file");
    } finally {
      end(process);
    }
  }

  @Test
  void measuresANativeProgramEvenWhenItsFileIsGone() throws Exception {
    Path cat = Files.copy(Path.of("/bin/cat").toRealPath(), directory.resolve("copy"));
    String sha256 = Hashes.sha256(cat, Samples.budget());
    Process process = start(List.of(cat.toString(), "-", "-"), Map.of());
    try {
      // An answer proves that the program runs, and not still the one that starts it.
      process.getOutputStream().write('x');
      process.getOutputStream().flush();
      assertThat(process.getInputStream().read()).isEqualTo('x');

      Application application = Identifier.measure(process.pid()).application();
      assertThat(application.kind()).isEqualTo(Kind.NATIVE);
      assertThat(application.file()).isEqualTo("copy");
      assertThat(application.path()).isEqualTo(cat.toString());
      assertThat(application.sha256()).isEqualTo(sha256);
      assertThat(application.pid()).isEqualTo(process.pid());
      assertThat(application.directory()).isEqualTo(directory.toString());

      Files.delete(cat);
      assertThat(Identifier.measure(process.pid()).application().sha256()).isEqualTo(sha256);
    } finally {
      end(process);
    }
  }

  @Test
  void refusesAProcessThatIsGone() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();

    assertThatExceptionOfType(TargetException.class)
        .isThrownBy(() -> Identifier.measure(process.pid()))
        .withMessage("process " + process.pid() + " is gone")
        .satisfies(e -> assertThat(e.status()).isEqualTo(125));
  }

  /** Starts it; a JVM is up when it has printed something. */
  private Process start(List<String> command, Map<String, String> environment) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.contains("JAVA"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (command.get(0).endsWith("java")) {
      assertThat(process.getInputStream().read()).isPositive();
    }
    return process;
  }

  private static void end(Process process) throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }
}
