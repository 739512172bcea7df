package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.TestOnNewestJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tests that limit themselves by the annotations of {@code appaware-junit.jar}. */
@ExtendWith(ToolExtension.class)
class LimitedTestsIT {
  private static final Path JAR = Tool.HOME.resolve("target/appaware-junit.jar");
  private static final Path CONSOLE =
      Tool.HOME.resolve("target/test-frameworks/junit-platform-console-standalone-1.14.4.jar");
  private static final Path CONSOLE_6 =
      Tool.HOME.resolve("target/test-frameworks/junit-platform-console-standalone-6.0.3.jar");

  /** Connects, and hides what comes of it, as libraries do. */
  private static final String SOURCE =
      """
      package com.acme;
      import io.github.appaware.junit.*;
      import org.junit.jupiter.api.*;
      import java.net.*;
      class StoreTest {
        static final int PORT = Integer.getInteger("port");
        static void reach(String host) {
          try (Socket socket = new Socket(host, PORT)) {
            System.out.println("REACHED " + host);
          } catch (java.io.IOException hidden) {
            // swallowed
          }
        }
        @Test @DenyNetwork void hidesADenial() { reach("127.0.0.1"); }
        @Test @DenyNetwork void hidesItInAThread() throws Exception {
          Thread thread = new Thread(() -> reach("127.0.0.1"));
          thread.start();
          thread.join();
        }
        @Test @DenyNetwork void usesNothing() {}
        @Test @AllowNetwork("localhost:*") void staysHere() throws Exception {
          reach("127.0.0.1");
          try (ServerSocket server = new ServerSocket(0);
              Socket socket = new Socket("127.0.0.1", server.getLocalPort());
              Socket accepted = server.accept()) {
            System.out.println("SERVED");
          }
        }
        @Test @AllowNetwork("localhost:1") void wrongPort() { reach("127.0.0.1"); }
        @Test @AllowNetwork("localhost") void isMalformed() {}
        @Test void isNotLimited() { reach("127.0.0.1"); }
        @Nested @DenyNetwork class Inner {
          @Test void ofAClass() { reach("127.0.0.1"); }
          @Test @AllowNetwork("127.0.0.1:*") void theNearestCounts() { reach("127.0.0.1"); }
        }
      }
      """;

  @TempDir Path directory;
  private Tool tool;

  @BeforeEach
  void policy() throws IOException {
    policy("allow");
  }

  private void policy(String unknown) throws IOException {
    Files.writeString(
        directory.resolve("p.toml"),
        "version = 1\n[default]\nunknown = \"%s\"\n".formatted(unknown));
  }

  private List<String> tests(Jdk jdk, Path console, int port, String... options) throws Exception {
    Path classes = directory.resolve("classes");
    String path = classes + ":" + console + ":" + JAR;
    Programs.compiled(jdk, classes, path, "StoreTest", SOURCE);
    List<String> command = new ArrayList<>(List.of(jdk.java(), "-Dport=" + port));
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-cp",
            path,
            "org.junit.platform.console.ConsoleLauncher",
            "execute",
            "-c",
            "com.acme.StoreTest",
            "--include-classname=.*",
            "--disable-banner",
            "--disable-ansi-colors",
            "--details=flat"));
    return command;
  }

  private Result run(List<String> tests) throws Exception {
    List<String> all = new ArrayList<>(List.of("run", "-p", "p.toml", "--log", "e.jsonl", "--"));
    all.addAll(tests);
    return tool.run(all.toArray(String[]::new));
  }

  /** The names of the tests that failed, by JUnit's own report: each with its exception beneath. */
  private static Set<String> failed(String out) {
    Set<String> failed = new TreeSet<>();
    String last = "";
    for (String line : out.lines().map(String::strip).toList()) {
      if (line.startsWith("Finished:")) {
        last = line.substring("Finished:".length()).strip().replaceFirst("\\(.*", "");
      } else if (line.startsWith("=> Exception:")) {
        failed.add(last);
      }
    }
    return failed;
  }

  private void limits(Jdk jdk, Path console) throws Exception {
    try (Listener listener = new Listener()) {
      Result result = run(tests(jdk, console, listener.port()));

      assertThat(failed(result.out()))
          .as(result.out() + result.err())
          .containsExactlyInAnyOrder(
              "hidesADenial", "hidesItInAThread", "wrongPort", "isMalformed", "ofAClass");
      assertThat(listener.connections()).isEqualTo(3);
      assertThat(result.out())
          .contains("SERVED")
          .contains(
              "connect tcp to 127.0.0.1:"
                  + listener.port()
                  + " denied because the test does not allow it (com.acme.StoreTest.hidesADenial)")
          .contains("from com.acme.StoreTest.reach:")
          .contains("invalid far end `localhost`: expected HOST:PORT");
      assertThat(Files.readString(directory.resolve("e.jsonl")))
          .contains("\"reason\":{\"kind\":\"test\",\"at\":\"com.acme.StoreTest.hidesADenial\"}");
    }
  }

  @TestOnNewestJdk
  void aTestFailsInWhichSomethingWasDeniedThoughItWasHidden(Jdk jdk) throws Exception {
    limits(jdk, CONSOLE);
  }

  @TestOnNewestJdk
  void soItDoesWithJunit6(Jdk jdk) throws Exception {
    limits(jdk, CONSOLE_6);
  }

  /** What a test allows itself stays denied where the server denies it, and fails the test. */
  @Test
  void theServersVerdictAppliesAsWell() throws Exception {
    policy("deny");
    try (Listener listener = new Listener()) {
      Result result = run(tests(Jdk.running(), CONSOLE, listener.port()));

      assertThat(failed(result.out()))
          .contains("staysHere", "theNearestCounts")
          .doesNotContain("isNotLimited", "usesNothing");
      assertThat(listener.connections()).isZero();
    }
  }

  @Test
  void aDefaultLimitsTestsWithoutAnnotation() throws Exception {
    try (Listener listener = new Listener()) {
      Result result =
          run(
              tests(
                  Jdk.running(),
                  CONSOLE,
                  listener.port(),
                  "-Djunit.jupiter.extensions.autodetection.enabled=true",
                  "-Dappaware.network=deny"));

      assertThat(failed(result.out())).contains("isNotLimited").doesNotContain("staysHere");
      assertThat(listener.connections()).isEqualTo(2);
    }
  }

  @Test
  void withoutTheAgentItSaysSoLoudlyOrFails() throws Exception {
    try (Listener listener = new Listener()) {
      Result alone =
          Tool.run(new ProcessBuilder(tests(Jdk.running(), CONSOLE, listener.port())), "");
      assertThat(alone.err())
          .containsOnlyOnce("have NO EFFECT; start the build with `appaware run --`");
      assertThat(failed(alone.out())).isEmpty();

      Result required =
          Tool.run(
              new ProcessBuilder(
                  tests(Jdk.running(), CONSOLE, listener.port(), "-Dappaware.agent=required")),
              "");
      assertThat(failed(required.out())).contains("usesNothing").doesNotContain("isNotLimited");
    }
  }

  @Test
  void theJarHoldsNothingButItself() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile());
        JarFile toolJar = new JarFile(Tool.JAR.toFile())) {
      assertThat(jar.stream().filter(entry -> !entry.isDirectory()).map(Object::toString))
          .allMatch(
              name ->
                  name.startsWith("io/github/appaware/junit/")
                      || name.startsWith("META-INF/maven/io.github.appaware/appaware-junit/")
                      || name.equals("META-INF/MANIFEST.MF")
                      || name.startsWith("META-INF/services/"));
      String pom =
          new String(
              jar.getInputStream(
                      jar.getEntry("META-INF/maven/io.github.appaware/appaware-junit/pom.xml"))
                  .readAllBytes(),
              StandardCharsets.UTF_8);
      assertThat(pom).doesNotContain("${").contains("<artifactId>appaware-junit</artifactId>");
      assertThat(toolJar.getEntry("io/github/appaware/junit/")).isNull();
    }
  }
}
