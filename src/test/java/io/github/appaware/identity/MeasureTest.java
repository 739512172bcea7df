package io.github.appaware.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.appaware.event.Application;
import io.github.appaware.event.Application.Kind;
import io.github.appaware.target.Kid;
import io.github.appaware.testkit.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
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

  /** The run's jar is this one. */
  private record Agent(Path jar, boolean isOpen) implements OwnOptions.AgentJars {
    @Override
    public boolean isOpen(long pid, Path name) {
      return isOpen && isNamed(name);
    }

    @Override
    public boolean isNamed(Path name) {
      return name.equals(jar);
    }

    @Override
    public boolean isOption(String option) {
      return false;
    }
  }

  private List<String> withAgent(Path agent, String... words) {
    List<String> command = new ArrayList<>(List.of(Samples.JAVA.toString(), "-javaagent:" + agent));
    command.addAll(List.of(words));
    return command;
  }

  private Path agent() throws IOException {
    return Programs.jar(directory.resolve("kid.jar"), Kid.class, Kid.class);
  }

  @Test
  void aChildWithInjectedCodeHasNoHashAndSaysWhy() throws Exception {
    Map<String, String> environment = Map.of("_JAVA_OPTIONS", "-XX:On'Error'=ls");
    Agent agent = new Agent(agent(), true);
    Process process = start(withAgent(agent.jar(), "-jar", "app.jar", "wait"), environment);
    try {
      long pid = process.pid();
      Path elsewhere = directory.resolve("elsewhere");

      Target child = Identifier.measureChild(pid, new OwnOptions(agent, Map.of(), directory));
      assertThat(child.notice())
          .isEqualTo(
              "`app.jar` has no SHA-256: `-XX:OnError=ls` in `_JAVA_OPTIONS` runs a command");
      assertThat(child.application().sha256()).isEmpty();

      child = Identifier.measureChild(pid, new OwnOptions(agent, environment, directory));
      assertThat(child).isEqualTo(Identifier.measure(pid));
      assertThat(child.application().sha256()).hasSize(64);

      child = Identifier.measureChild(pid, new OwnOptions(agent, environment, elsewhere));
      assertThat(child.application().sha256()).isEmpty();
    } finally {
      end(process);
    }
  }

  @Test
  void aChildWhoseNamesMayMeanOtherHostsSaysSo() throws Exception {
    Agent agent = new Agent(agent(), true);
    OwnOptions own = new OwnOptions(agent, Map.of(), directory);
    List<String> hosts =
        withAgent(agent.jar(), "-Djdk.net.hosts.file=x", "-jar", "app.jar", "wait");
    assertThat(names(hosts, Map.of(), own))
        .isEqualTo("`-Djdk.net.hosts.file=x` changes what names resolve to");
    List<String> plain = withAgent(agent.jar(), "-jar", "app.jar", "wait");
    assertThat(names(plain, Map.of(), own)).isEmpty();
    Map<String, String> aliases = Map.of("HOSTALIASES", "x");
    assertThat(names(plain, aliases, own))
        .isEqualTo("`HOSTALIASES=x` changes what names resolve to");
    assertThat(names(plain, aliases, new OwnOptions(agent, aliases, directory))).isEmpty();
  }

  @Test
  void aChildWithFileSystemsOfItsOwnMayHaveOtherNames() throws Exception {
    List<String> apart = new ArrayList<>(List.of("unshare", "--user", "--map-root-user", "-m"));
    Assumptions.assumeTrue(canRun(apart), "no namespaces for this user");
    Agent agent = new Agent(agent(), true);
    apart.addAll(withAgent(agent.jar(), "-jar", "app.jar", "wait"));
    assertThat(names(apart, Map.of(), new OwnOptions(agent, Map.of(), directory)))
        .isEqualTo("file systems of its own may change what names resolve to");
  }

  private static boolean canRun(List<String> prefix) throws Exception {
    List<String> command = new ArrayList<>(prefix);
    command.add("true");
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false; // no such program
    }
  }

  private String names(List<String> command, Map<String, String> environment, OwnOptions own)
      throws Exception {
    Process process = start(command, environment);
    try {
      return Identifier.measureChild(process.pid(), own).application().namesChangedBy();
    } finally {
      end(process);
    }
  }

  @Test
  void aProcessThatDoesNotHaveTheRunsAgentIsNoChild() throws Exception {
    Agent agent = new Agent(agent(), false);
    OwnOptions own = new OwnOptions(agent, Map.of(), directory);
    Process process = start(withAgent(agent.jar(), "-jar", "app.jar", "wait"), Map.of());
    Process other = start(List.of(Samples.JAVA.toString(), "-jar", "app.jar", "wait"), Map.of());
    try {
      assertThat(Identifier.hasAgent(process.pid(), own)).isTrue();
      assertThat(Identifier.hasAgent(other.pid(), own)).isFalse();
      for (long pid : new long[] {process.pid(), other.pid()}) {
        assertThatExceptionOfType(TargetException.class)
            .isThrownBy(() -> Identifier.measureChild(pid, own))
            .withMessage("process " + pid + " was not started with the agent of this run");
      }
    } finally {
      end(process);
      end(other);
    }
  }

  /** The jar of that name is the one that was pinned; the process runs the one before it. */
  @Test
  void aJarThatIsNotTheOneThatIsOpenIsFound() throws Exception {
    Path jar = directory.resolve("app.jar");
    Agent agent = new Agent(agent(), true);
    OwnOptions own = new OwnOptions(agent, Map.of(), directory);
    Path good = Files.copy(agent.jar(), directory.resolve("good.jar"));
    Process process = start(withAgent(agent.jar(), "-jar", "app.jar", "wait"), Map.of());
    try {
      long pid = process.pid();
      assertThat(Identifier.measureChild(pid, own).application().sha256()).hasSize(64);

      Files.move(good, jar, StandardCopyOption.REPLACE_EXISTING);

      assertThatExceptionOfType(TargetException.class)
          .isThrownBy(() -> Identifier.measureChild(pid, own))
          .withMessage(
              "`%s` is not the file of that name that process %d has open, so `app.jar` is not"
                  + " what was identified",
              jar, pid)
          .matches(TargetException::isReplaced);
    } finally {
      end(process);
    }
  }

  @Test
  void aJarThatIsWrittenInPlaceWhileItsProcessRunsHasNoHash() throws Exception {
    Agent agent = new Agent(agent(), true);
    OwnOptions own = new OwnOptions(agent, Map.of(), directory);
    Process process = start(withAgent(agent.jar(), "-jar", "app.jar", "wait"), Map.of());
    try {
      Path jar = directory.resolve("app.jar");
      Files.write(jar, Files.readAllBytes(jar));

      Target child = Identifier.measureChild(process.pid(), own);

      assertThat(child.application().sha256()).isEmpty();
      assertThat(child.notice())
          .isEqualTo("`app.jar` has no SHA-256: `%s` was changed when it had begun", jar);
    } finally {
      end(process);
    }
  }

  @Test
  void whatIsStartedIsComparedWithWhatWasIdentified() throws Exception {
    Path jar = directory.resolve("app.jar");
    Path other = Files.copy(jar, directory.resolve("other.jar"));
    List<String> command = withAgent(agent(), "-jar", "app.jar", "wait");
    Target target = new Identifier(Map.of(), directory).identify(command);
    Process process = start(command, Map.of());
    Process echo = start(List.of("/bin/cat"), Map.of());
    try {
      Identifier.verify(target, process.pid());
      assertThatExceptionOfType(TargetException.class)
          .isThrownBy(() -> Identifier.verify(target, echo.pid()))
          .withMessageContaining("runs another program than")
          .matches(TargetException::isReplaced);

      Files.move(other, jar, StandardCopyOption.REPLACE_EXISTING);

      assertThatExceptionOfType(TargetException.class)
          .isThrownBy(() -> Identifier.verify(target, process.pid()))
          .withMessageContaining("was changed after it was hashed")
          .matches(TargetException::isReplaced);
    } finally {
      end(process);
      end(echo);
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
    if (command.contains(Samples.JAVA.toString())) {
      assertThat(process.getInputStream().read()).isPositive();
    }
    return process;
  }

  private static void end(Process process) throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }
}
