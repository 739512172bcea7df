package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.target.HardPlaces;
import io.github.appaware.target.LongNames;
import io.github.appaware.target.Mocking;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.TestOnEachJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Unusual places in the program, unusual JVMs, and other agents beside ours. */
@ExtendWith(ToolExtension.class)
class HardPlacesIT {
  private static final String DENIED = "appaware: connect tcp to 127.0.0.1:";

  @TempDir Path directory;
  private Tool tool;

  @JarOf(HardPlaces.class)
  private Path jar;

  private Result run(String policy, List<String> command) throws Exception {
    List<String> all = new ArrayList<>(List.of("run", "-q", "-p", policy, "--"));
    all.addAll(command);
    return tool.run(all.toArray(String[]::new));
  }

  @TestOnEachJdk
  void everyPlaceConnectsAsWithoutUsAndTheJvmsChecksFindNothing(Jdk jdk) throws Exception {
    try (ServerSocket peer = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress())) {
      List<String> command =
          List.of(
              jdk.java(), "-Xcheck:jni", "-jar", jar.toString(), "" + peer.getLocalPort(), "all");
      Result plain = Tool.run(new ProcessBuilder(command), "");
      Result watched = run("allow.toml", command);

      assertThat(plain.out().lines())
          .containsExactly(
              "class initialiser: connected",
              "cleaner: connected",
              "stack's end: connected",
              "interrupted thread: connected, still interrupted: true",
              "thread that is born dying: connected",
              "200 threads: connected 200",
              "once: connected",
              "parent-last loader: done",
              "shutdown hook: connected");
      assertThat(watched.out()).isEqualTo(plain.out());
      assertThat(withoutTheStacksEnd(watched.err())).isEqualTo(plain.err());
      assertThat(watched.status()).isZero();
    }
  }

  @TestOnEachJdk
  void socketsWithLongNamesAreReachedAsWithoutUs(Jdk jdk) throws Exception {
    Path names = Programs.jar(directory.resolve("names.jar"), LongNames.class);
    List<String> command = List.of(jdk.java(), "-jar", names.toString());
    Result plain = Tool.run(tool.command(command), "");
    Result watched = run("allow.toml", command);

    assertThat(plain.out()).contains("100 x: true\n", "106 x: true\n", "Unix domain path too long");
    assertThat(watched.out()).isEqualTo(plain.out());
    assertThat(watched.status()).as(watched.err()).isZero();
  }

  /** What the JDK prints where a class is loaded for which no agent can be asked any more. */
  private static String withoutTheStacksEnd(String text) {
    return text.replaceAll(
        "(?m)^\\*\\*\\* java.lang.instrument ASSERTION FAILED .* transform method call .*\\R", "");
  }

  @Test
  void tenThousandVirtualThreadsConnectAtOnce() throws Exception {
    Jdk newest = Jdk.all().reduce((older, newer) -> newer).orElseThrow();
    assumeTrue(newest.feature() >= 21, "no JDK of 21 or later, which has virtual threads");
    try (ServerSocket peer = new ServerSocket(0, 20_000, InetAddress.getLoopbackAddress())) {
      Thread hangUp = new Thread(() -> hangUp(peer), "hang-up");
      hangUp.start();
      Result result =
          run(
              "allow.toml",
              List.of(newest.java(), "-jar", jar.toString(), "" + peer.getLocalPort(), "virtual"));

      assertThat(result.out()).isEqualTo("virtual threads: connected 10000\n");
      assertThat(result.err()).isEmpty();
    }
  }

  private static void hangUp(ServerSocket peer) {
    try {
      while (true) {
        peer.accept().close();
      }
    } catch (IOException e) {
      // Closed: the end of the test.
    }
  }

  /** One shell starts them all, as one run each would take longer. */
  @TestOnEachJdk
  void everyKindOfJvmIsWatched(Jdk jdk) throws Exception {
    List<String> kinds =
        new ArrayList<>(
            List.of(
                "-XX:+UseSerialGC",
                "-XX:+UseParallelGC",
                "-XX:+UseG1GC",
                "-XX:+UseZGC",
                "-Xint",
                "-Xshare:off",
                "-XX:-UseCompressedOops",
                "-XX:SharedArchiveFile=" + archive(jdk)));
    if (jdk.feature() < 24) {
      kinds.add("-Djava.security.manager=allow");
      kinds.add("-Djava.security.manager -Djava.security.policy==" + permissions());
    }
    StringBuilder script = new StringBuilder();
    try (Listener listener = new Listener()) {
      for (String kind : kinds) {
        script.append(
            "'%s' %s -cp '%s' %s %d once%n"
                .formatted(jdk.java(), kind, jar, HardPlaces.class.getName(), listener.port()));
      }
      Path file = Files.writeString(directory.resolve("kinds.sh"), script);
      Result result = run("deny.toml", List.of("/bin/sh", file.toString()));

      assertThat(result.out().lines().filter(line -> line.startsWith("once: " + DENIED)))
          .as(result.out() + result.err())
          .hasSize(kinds.size());
      assertThat(listener.connections()).isZero();
    }
  }

  /** For the application's classes, created in a run without the agent. */
  private Path archive(Jdk jdk) throws Exception {
    Path archive = directory.resolve("application.jsa");
    Result made =
        Tool.run(
            new ProcessBuilder(
                jdk.java(),
                "-XX:ArchiveClassesAtExit=" + archive,
                "-cp",
                jar.toString(),
                HardPlaces.class.getName(),
                "1",
                "once"),
            "");
    assertThat(archive).as(made.out() + made.err()).exists();
    return archive;
  }

  private Path permissions() throws IOException {
    return Files.writeString(
        directory.resolve("all.policy"), "grant { permission java.security.AllPermission; };\n");
  }

  @Test
  void aSmallImageIsWatchedAndOneThatTakesNoAgentsIsRefused() throws Exception {
    Path with = image("with", "java.base,java.instrument");
    Path without = image("without", "java.base");
    try (Listener listener = new Listener()) {
      List<String> rest = List.of("-jar", jar.toString(), "" + listener.port(), "once");
      List<String> watched = new ArrayList<>(List.of(with.toString()));
      watched.addAll(rest);
      Result result = run("deny.toml", watched);
      assertThat(result.out()).as(result.err()).startsWith("once: " + DENIED);

      List<String> refused = new ArrayList<>(List.of(without.toString()));
      refused.addAll(rest);
      Result none = run("deny.toml", refused);
      assertThat(none.status()).as(none.out() + none.err()).isEqualTo(125);
      assertThat(none.out()).isEmpty();
      assertThat(none.err())
          .contains("belongs to an image without the module java.instrument")
          .contains("help: link the image with `--add-modules java.instrument`");
      assertThat(listener.connections()).isZero();
    }
  }

  private Path image(String name, String modules) {
    ToolProvider jlink = ToolProvider.findFirst("jlink").orElse(null);
    assumeTrue(jlink != null, "this JDK has no jlink");
    Path image = directory.resolve(name);
    int status =
        jlink.run(System.out, System.err, "--add-modules", modules, "--output", image.toString());
    assertThat(status).isZero();
    return image.resolve("bin/java");
  }

  /** JaCoCo in the environment, and so before ours; Mockito on the command line, and so behind. */
  @TestOnEachJdk
  void otherAgentsBeforeAndBehindOursChangeNothing(Jdk jdk) throws Exception {
    Path program = Programs.jar(directory.resolve("mocking.jar"), Mocking.class);
    Path mockito = jarOf("org.mockito.Mockito");
    String classPath =
        String.join(
            ":",
            program.toString(),
            jar.toString(),
            mockito.toString(),
            jarOf("net.bytebuddy.ByteBuddy").toString(),
            jarOf("net.bytebuddy.agent.ByteBuddyAgent").toString(),
            jarOf("org.objenesis.Objenesis").toString());
    try (Listener listener = new Listener()) {
      tool.with(
          "JAVA_TOOL_OPTIONS",
          "-javaagent:" + jarOf("org.jacoco.agent.rt.RT") + "=destfile=jacoco.exec");
      Result result =
          run(
              "deny.toml",
              List.of(
                  jdk.java(),
                  "-javaagent:" + mockito,
                  "-cp",
                  classPath,
                  Mocking.class.getName(),
                  "" + listener.port()));

      assertThat(result.out().lines().map(line -> line.replaceFirst("(127.0.0.1:).*", "$1")))
          .as(result.err())
          .containsExactly("mock: 42", "once: " + DENIED, "address: null", "once: " + DENIED);
      assertThat(listener.connections()).isZero();
      assertThat(directory.resolve("jacoco.exec")).isNotEmptyFile();
    }
  }

  private static Path jarOf(String type) throws Exception {
    return Path.of(
        Class.forName(type, false, HardPlacesIT.class.getClassLoader())
            .getProtectionDomain()
            .getCodeSource()
            .getLocation()
            .toURI());
  }
}
