package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.target.ChildFileAttacks;
import io.github.appaware.target.Kid;
import io.github.appaware.target.KidAttacks;
import io.github.appaware.target.Limits;
import io.github.appaware.target.Steps;
import io.github.appaware.testkit.EmptyPremain;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Dialog;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import io.github.appaware.testkit.Witness;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.StubMethod;
import net.bytebuddy.matcher.ElementMatchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A hostile program exchanges what its child JVMs load of the agent, where blind events are denied.
 * A listener outside is the witness.
 */
@Timeout(300)
@ExtendWith(ToolExtension.class)
class ChildFilesIT {
  private static final String DENIED = "denied by default, no rule matches";
  private static final int EXCHANGES = 40;
  private static final int TRIES = 5;

  @TempDir Path directory;
  private Tool tool;
  private Witness witness;
  private Path steps;

  static Stream<Jdk> jdks() {
    return Jdk.all();
  }

  @BeforeEach
  void prepare() throws IOException {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "sealed on Linux");
    witness = new Witness();
    steps = Programs.jar(directory.resolve("steps.jar"), Steps.class);
    Programs.jar(directory.resolve("attacks.jar"), ChildFileAttacks.class);
    Programs.jar(directory.resolve("evil.jar"), Kid.class, Kid.class);
    Path shadow = directory.resolve("shadow");
    EmptyPremain.write(shadow.resolve("template"), "appaware" + "0".repeat(32));
    EmptyPremain.write(shadow.resolve(Kid.class.getName().replace('.', '/') + ".class"), kid());
  }

  private static String kid() {
    return Kid.class.getName(); // the class path of the evil agent
  }

  @AfterEach
  void close() throws IOException {
    witness.close();
  }

  private List<String> attack(Jdk jdk, String way) {
    return List.of(
        jdk.java(),
        "-cp",
        "attacks.jar",
        ChildFileAttacks.class.getName(),
        way,
        "" + TRIES,
        "evil.jar",
        jdk.java(),
        "-cp",
        "shadow:" + steps,
        Steps.class.getName(),
        "connect 127.0.0.1 " + witness.port());
  }

  private static String[] words(List<String> first, List<String> rest) {
    List<String> all = new ArrayList<>(first);
    all.addAll(rest);
    return all.toArray(String[]::new);
  }

  private static final List<String> RUN =
      List.of("run", "-q", "--blind", "deny", "-p", "deny.toml", "--");

  @ParameterizedTest
  @MethodSource("jdks")
  void whatAChildLoadsCantBeExchanged(Jdk jdk) throws Exception {
    Result result = tool.run(words(RUN, attack(jdk, "exchange,name,held,seal")));

    requireDenied(result);
    assertThat(result.status()).isZero();
    assertThat(result.out()).contains("sealed").doesNotContain("written");
  }

  private void requireDenied(Result result) throws IOException {
    assertThat(witness.visits()).as(result.out() + result.err()).isZero();
    assertThat(result.out().lines().filter(line -> !line.equals("sealed")))
        .as(result.err())
        .hasSize(TRIES)
        .allMatch(line -> line.contains(DENIED));
  }

  /** The script's JVM is started by the environment. */
  @ParameterizedTest
  @MethodSource("jdks")
  void norOfAJvmThatAScriptStarted(Jdk jdk) throws Exception {
    tool.with("JAVA_HOME", jdk.home().toString());
    StringBuilder line = new StringBuilder();
    for (String word : attack(jdk, "exchange,name,held,seal")) {
      line.append(" '").append(word).append("'");
    }
    Path script = Files.writeString(directory.resolve("start"), "#!/bin/sh\n" + line + "\n:\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();

    Result result = tool.run(words(RUN, List.of(script.toString())));

    requireDenied(result);
  }

  /** Where the user may write appaware's own jar. */
  @ParameterizedTest
  @MethodSource("jdks")
  void norTheAgentsOwnJar(Jdk jdk) throws Exception {
    Path copy = Files.createDirectory(directory.resolve("tool"));
    Files.copy(Tool.SCRIPT, copy.resolve("appaware"));
    assertThat(copy.resolve("appaware").toFile().setExecutable(true)).isTrue();
    try (Stream<Path> files = Files.list(Tool.JAR.getParent())) {
      for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
        Files.copy(jar, copy.resolve(jar.getFileName()));
      }
    }
    Files.createSymbolicLink(copy.resolve("lib"), Tool.JAR.resolveSibling("lib"));
    writeFalseAgent(directory.resolve("evil.jar"));
    List<String> command = new ArrayList<>(List.of(copy.resolve("appaware").toString()));
    command.addAll(List.of(words(RUN, attack(jdk, "agent"))));

    Result result = Tool.run(tool.command(command), "");

    assertThat(witness.visits()).as(result.out() + result.err()).isZero();
    assertThat(result.out().lines()).as(result.err()).hasSize(TRIES);
    assertThat(result.status()).isEqualTo(125);
    assertThat(result.err())
        .contains("appaware-agent.jar`, which belongs to appaware, was changed");
  }

  /** It is read by the parent's agent before the start, and by the JDK's launcher after it. */
  @ParameterizedTest
  @MethodSource("jdks")
  void norTheManifestOfItsJar(Jdk jdk) throws Exception {
    Path library = Programs.jar(directory.resolve("natives.jar"), KidAttacks.class);
    KidAttackFiles files = new KidAttackFiles(directory.resolve("kid"), library);
    String exchange =
        String.join(
            "\t",
            "exchange",
            files.jar("harmless.jar", "X-Plain: x"),
            files.jar("open.jar", "Add-Opens: java.base/sun.nio.ch"),
            files.path("child.jar"),
            jdk.java(),
            "-jar",
            files.path("child.jar"),
            "natives",
            "" + witness.port());
    Path limits = Programs.jar(directory.resolve("limits.jar"), Limits.class);
    List<String> said = new ArrayList<>();
    try (Dialog dialog = tool.talk(words(RUN, List.of(jdk.java(), "-jar", limits.toString())))) {
      for (int i = 0; i < EXCHANGES && said.stream().noneMatch(ChildFilesIT::isOpened); i++) {
        said.add(dialog.say(exchange));
      }
    }

    assertThat(witness.visits()).as(said.toString()).isZero();
    assertThat(said).anyMatch(ChildFilesIT::isOpened);
  }

  private static boolean isOpened(String line) {
    return line.startsWith("ended 125")
        && line.contains("appaware: the jar opens packages of the JDK, which it did not when");
  }

  /** An agent whose start does nothing. */
  private static void writeFalseAgent(Path jar) throws IOException {
    String name = "io.github.appaware.agent.AgentStart";
    byte[] type =
        new ByteBuddy()
            .subclass(Object.class)
            .implement(BiConsumer.class)
            .name(name)
            .method(ElementMatchers.named("accept"))
            .intercept(StubMethod.INSTANCE)
            .make()
            .getBytes();
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(name.replace('.', '/') + ".class"));
      zip.write(type);
    }
  }
}
