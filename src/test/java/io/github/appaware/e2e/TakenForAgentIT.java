package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.FalseAgent;
import io.github.appaware.target.Kid;
import io.github.appaware.target.Steps;
import io.github.appaware.testkit.Await;
import io.github.appaware.testkit.Digest;
import io.github.appaware.testkit.EmptyPremain;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Dialog;
import io.github.appaware.testkit.Tool.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Classes in the agent's place, code that says it is the agent, and files that are exchanged under
 * it. A listener outside is the witness.
 */
class TakenForAgentIT {
  private static final String FIXED = "io.github.appaware.agent.Premain";
  private static final String DENIED = "denied by default, no rule matches";

  @TempDir Path directory;
  private Path steps;

  static Stream<Jdk> jdks() {
    return Jdk.all();
  }

  @BeforeEach
  void prepare() throws IOException {
    steps = Programs.jar(directory.resolve("steps.jar"), Steps.class);
    Programs.jar(directory.resolve("kid.jar"), Kid.class);
    write("p.toml", "version = 1\n[default]\nunknown = 'deny'\n");
    write("allow.toml", "version = 1\n[default]\nunknown = 'allow'\n");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  private Path jar(String file, Map<String, byte[]> entries) throws IOException {
    Path jar = directory.resolve(file);
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return jar;
  }

  private Path shadow(String file, String... names) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    for (String name : names) {
      entries.put(name.replace('.', '/') + ".class", EmptyPremain.named(name));
    }
    return jar(file, entries);
  }

  private static byte[] manifest(String classPath) {
    StringBuilder lines = new StringBuilder();
    String line = "Class-Path: " + classPath;
    for (; line.length() > 70; line = " " + line.substring(70)) {
      lines.append(line, 0, 70).append("\r\n");
    }
    return ("Manifest-Version: 1.0\r\n" + lines + line + "\r\n\r\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** All ways to the shadow that the JVM has and a scan may read otherwise, in one class path. */
  private String shadowedClassPath(String... names) throws IOException {
    Path shadow = shadow("shadow.jar", names);
    shadow("SHADOW2.JAR", names);
    Path classes = directory.resolve("classes");
    for (String name : names) {
      Path file = classes.resolve(name.replace('.', '/') + ".class");
      Files.createDirectories(file.getParent());
      Files.write(file, EmptyPremain.named(name));
    }
    Files.createDirectories(directory.resolve("with blank"));
    Files.copy(shadow, directory.resolve("with blank/s.jar"), StandardCopyOption.REPLACE_EXISTING);
    String url = directory.toRealPath().toUri().getRawPath();
    String index =
        "JarIndex-Version: 1.0\n\nindexed.jar\n\nshadow.jar\nio/github/appaware/agent\n\n";
    jar(
        "indexed.jar",
        Map.of(
            "META-INF/MANIFEST.MF",
            manifest("dep.jar"),
            "META-INF/INDEX.LIST",
            index.getBytes(StandardCharsets.UTF_8)));
    jar("dep.jar", Map.of("META-INF/MANIFEST.MF", manifest("shadow.jar#x")));
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(
        "META-INF/MANIFEST.MF",
        manifest(
            "dep.jar shadow.jar#x file://localhost"
                + url
                + "shadow.jar FILE:SHADOW2.JAR ./x/../shadow.jar shadow.jar?y with%20blank/s.jar"
                + " classes/ file:"
                + url
                + "shadow.jar"));
    jar("many.jar", entries);
    jar("upper.jar", Map.of("META-INF/manifest.mf", manifest("shadow.jar")));
    return "many.jar:upper.jar:indexed.jar:shadow.jar:classes:" + steps.getFileName();
  }

  private Path run(Tool tool) throws IOException {
    return tool.left().get(0);
  }

  /** The jar of the run and the name of its class, as a hostile program would find them. */
  private static String sharedName(Path run) throws IOException {
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(run, "*.jar")) {
      String file = jars.iterator().next().getFileName().toString();
      return "appaware" + file.substring(0, file.length() - ".jar".length());
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aClassInTheAgentsPlaceIsNotLoaded(Jdk jdk) throws Exception {
    String classPath = shadowedClassPath(FIXED);
    try (Listener listener = new Listener()) {
      Result result =
          new Tool(directory)
              .run(
                  "run",
                  "-q",
                  "--blind",
                  "deny",
                  "-p",
                  "p.toml",
                  "--",
                  jdk.java(),
                  "-cp",
                  classPath,
                  Steps.class.getName(),
                  "connect 127.0.0.1 " + listener.port());

      assertThat(result.out()).as(result.err()).contains(DENIED);
      assertThat(listener.connections()).isZero();
    }
  }

  /** A hostile parent knows the name that the run's jar has, but not the one of its child's. */
  @ParameterizedTest
  @MethodSource("jdks")
  void aChildsAgentHasANameOfItsOwnAndNothingThatTheTargetWrote(Jdk jdk) throws Exception {
    Tool tool = new Tool(directory);
    String connect = "\t" + Steps.class.getName() + "\tconnect 127.0.0.1 ";
    try (Listener listener = new Listener();
        Dialog dialog = kid(tool, jdk, "p.toml", "deny")) {
      assertThat(dialog.say("-version")).startsWith("ended 0");
      String classPath = "-cp\t" + shadowedClassPath(FIXED, sharedName(run(tool)));
      assertThat(dialog.say(classPath + connect + listener.port())).contains(DENIED);
      // The file that all other children are started with is replaced, and written in place.
      try (DirectoryStream<Path> jars = Files.newDirectoryStream(run(tool), "*.jar")) {
        for (Path jar : jars) {
          Files.write(jar, Files.readAllBytes(shadow("evil.jar", FIXED)));
        }
      }
      String changed = "which belongs to appaware, was changed during the run";
      assertThat(dialog.say(classPath + connect + listener.port()))
          .startsWith("ended 125")
          .contains(changed);
      assertThat(dialog.say("JAVA_TOOL_OPTIONS=-ea\t" + classPath + connect + listener.port()))
          .startsWith("ended 125");
      assertThat(listener.connections()).isZero();
      assertThat(dialog.end()).isEqualTo(125);
      assertThat(dialog.err()).contains(changed);
    }
  }

  private Dialog kid(Tool tool, Jdk jdk, String policy, String blind) throws IOException {
    return tool.talk(
        "run", "-q", "--blind", blind, "-p", policy, "--", jdk.java(), "-jar", "kid.jar");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void whatTheTargetWroteIntoTheCacheIsNotLoaded(Jdk jdk) throws Exception {
    Tool tool = new Tool(directory).with("XDG_CACHE_HOME", directory.resolve("cache").toString());
    try (Dialog dialog = kid(tool, jdk, "allow.toml", "allow")) {
      assertThat(dialog.say("-version")).startsWith("ended 0");
      try (Stream<Path> files = Files.list(directory.resolve("cache/appaware/woven"))) {
        for (Path bundle : files.toList()) {
          Files.write(bundle, Files.readAllBytes(bundle));
        }
      }
      assertThat(dialog.say("-version"))
          .startsWith("ended 125")
          .contains("which belongs to appaware, was changed during the run");
      assertThat(dialog.end()).isEqualTo(125);
      assertThat(dialog.err()).contains("appaware: the run has failed: `");
    }
  }

  /** Only with blind programs allowed: the shell takes the agent's variable away. */
  @ParameterizedTest
  @MethodSource("jdks")
  void codeThatSaysItIsTheAgentIsNotAndAJvmWithoutOneFailsTheRun(Jdk jdk) throws Exception {
    Tool tool = new Tool(directory);
    Path program = Programs.jar(directory.resolve("false.jar"), FalseAgent.class);
    String script =
        "read run; exec 3<&0; env -i %s -cp %s:%s %s \"$run\" <&3 & wait; echo over"
            .formatted(jdk.java(), program, Tool.JAR, FalseAgent.class.getName());
    try (Dialog dialog = tool.talk("run", "-q", "-p", "p.toml", "--", "/bin/sh", "-c", script)) {
      Await.until(() -> !tool.left().isEmpty() && Files.exists(run(tool).resolve("s")));
      Await.until(
          () -> {
            try (Stream<Path> files = Files.list(run(tool))) {
              return files.anyMatch(file -> file.toString().endsWith(".jar"));
            }
          });

      assertThat(dialog.say(run(tool).toString()))
          .startsWith("Refused[")
          .contains("was not started with the agent of this run");
      Await.until(() -> dialog.err().contains("is a JVM without the agent"));
      dialog.tell("");
      assertThat(dialog.hear()).isEqualTo("over");
      assertThat(dialog.await()).isEqualTo(125);
    }
  }

  /** Both directions: the pinned jar is measured, the other one runs; and the other way round. */
  @ParameterizedTest
  @MethodSource("jdks")
  void aJarThatIsExchangedWhenItIsOpenIsNotThePinnedOne(Jdk jdk) throws Exception {
    Path good = Programs.jar(directory.resolve("good.jar"), Kid.class);
    write(
        "pinned.toml",
        """
        version = 1
        [default]
        unknown = 'deny'
        [[app]]
        id = 'billing'
        file = 'billing.jar'
        sha256 = ['%s']
        [[rule]]
        action = 'allow'
        app = 'billing'
        """
            .formatted(Digest.sha256(good)));
    try (Listener listener = new Listener();
        Dialog dialog = kid(new Tool(directory), jdk, "pinned.toml", "allow")) {
      Path jar = directory.resolve("billing.jar");
      Files.copy(steps, jar);
      dialog.tell("-jar\t" + jar + "\tconnect 127.0.0.1 " + listener.port());
      Await.until(() -> isOpenBy(dialog.process().descendants().toList(), jar));
      Files.move(good, jar, StandardCopyOption.REPLACE_EXISTING);

      String said = dialog.hear();

      assertThat(said).doesNotContain("connected");
      assertThat(listener.connections()).isZero();
      dialog.end();
    }
  }

  private static boolean isOpenBy(List<ProcessHandle> processes, Path file) {
    for (ProcessHandle process : processes) {
      Path descriptors = Path.of("/proc/" + process.pid() + "/fd");
      try (DirectoryStream<Path> all = Files.newDirectoryStream(descriptors)) {
        for (Path each : all) {
          if (Files.readSymbolicLink(each).equals(file.toRealPath())) {
            return true;
          }
        }
      } catch (IOException | RuntimeException e) {
        // It has ended, or closed it.
      }
    }
    return false;
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aJvmThatEndsWithoutItsAgentKeepsItsStatusWhereNothingRan(Jdk jdk) throws Exception {
    Tool tool = new Tool(directory);
    Map<String, Integer> expected = new LinkedHashMap<>();
    expected.put("-version", 0);
    expected.put("--help", 0);
    expected.put("-fullversion", 0);
    expected.put("-XX:+PrintFlagsInitial", 0);
    expected.put("-Xlog:help", 0);
    expected.put("-Xbad", 1);
    expected.put("NoSuchClass", 1);
    List<Integer> seen = new ArrayList<>();
    for (String option : expected.keySet()) {
      Result result =
          tool.run("run", "-q", "--mode", "enforce", "-p", "p.toml", "--", jdk.java(), option);
      seen.add(result.status());
      assertThat(result.err()).as(option).doesNotContain("appaware:");
    }
    assertThat(seen).containsExactlyElementsOf(expected.values());
  }
}
