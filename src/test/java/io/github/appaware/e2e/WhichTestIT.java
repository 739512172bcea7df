package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.EventKind;
import io.github.appaware.record.RecordEntry;
import io.github.appaware.record.RecordFormat;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.TestOnNewestJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which test of a framework did it, with no change to its build. Each test of the programs connects
 * to a port of its own, which nothing listens at: the record must have that port under its name.
 */
@ExtendWith(ToolExtension.class)
class WhichTestIT {
  private static final Path FRAMEWORKS = Tool.HOME.resolve("target/test-frameworks");

  /** What the programs share: a connect that fails, as it does in the real world. */
  private static final String REACH =
      """
      static void reach(int port) {
        try (java.net.Socket socket = new java.net.Socket("127.0.0.1", port)) {
          throw new IllegalStateException("nothing listens there");
        } catch (java.io.IOException expected) {
          // swallowed, as libraries do
        }
      }
      """;

  @TempDir Path directory;
  private Tool tool;

  @BeforeEach
  void policy() throws Exception {
    Files.writeString(directory.resolve("p.toml"), "version = 1\n[default]\nunknown = \"allow\"\n");
  }

  private static Path framework(String name) {
    return FRAMEWORKS.resolve(name);
  }

  private static String classPath(Path classes, String... jars) {
    List<String> all = new ArrayList<>(List.of(classes.toString()));
    for (String jar : jars) {
      all.add(framework(jar).toString());
    }
    return String.join(":", all);
  }

  /** Test by port, of each line of the record. */
  private Map<Integer, String> tests(List<String> command) throws Exception {
    List<String> run = new ArrayList<>(List.of("run", "-p", "p.toml", "--log", "e.jsonl", "--"));
    run.addAll(command);
    Result result = tool.run(run.toArray(String[]::new));
    assertThat(result.status()).as(result.out() + result.err()).isZero();
    Map<Integer, String> tests = new TreeMap<>();
    for (String line : Files.readAllLines(directory.resolve("e.jsonl"))) {
      RecordEntry entry = new RecordFormat().read(line);
      if (entry.event().kind() == EventKind.CONNECT) {
        tests.merge(
            ((io.github.appaware.event.Event.Inet) entry.event()).port(),
            entry.origin().test(),
            (one, other) -> one.equals(other) ? one : one + " and " + other);
      }
    }
    return tests;
  }

  private List<String> jupiter(Jdk jdk, String console, String source, String... options)
      throws Exception {
    Path classes = directory.resolve("classes");
    Programs.compiled(jdk, classes, classPath(classes, console), "StoreTest", source);
    List<String> command = new ArrayList<>(List.of(jdk.java()));
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-jar",
            framework(console).toString(),
            "execute",
            "--class-path",
            classes.toString(),
            "-c",
            "com.acme.StoreTest",
            "--disable-banner"));
    return command;
  }

  private static final String JUPITER =
      """
      package com.acme;
      import org.junit.jupiter.api.*;
      import org.junit.jupiter.params.ParameterizedTest;
      import org.junit.jupiter.params.provider.ValueSource;
      import java.util.concurrent.*;
      class StoreTest {
        static final ExecutorService POOL = Executors.newSingleThreadExecutor();
        @BeforeAll static void open() { reach(11); }
        @AfterAll static void close() { reach(12); POOL.shutdown(); }
        @Test void saves() { reach(13); reach(13); }
        @Test void loadsInAThread() throws Exception {
          Thread thread = new Thread(() -> reach(14));
          thread.start();
          thread.join();
        }
        @Test void asksThePoolFirst() throws Exception { POOL.submit(() -> reach(15)).get(); }
        @Test void asksThePoolThen() throws Exception { POOL.submit(() -> reach(16)).get(); }
        @Test void usesTheCommonPool() {
          CompletableFuture.runAsync(() -> reach(17)).join();
        }
        @ParameterizedTest @ValueSource(ints = {18, 19}) void reads(int port) { reach(port); }
        @Nested class Inner { @Test void nested() { reach(20); } }
        @Test void saysTheSame() { reach(21); }
        @Test void andAgain() { reach(21); }
        @TestFactory DynamicTest made() { return DynamicTest.dynamicTest("m", () -> reach(22)); }
      %s}
      """
          .formatted(REACH);

  private void isToldByJupiter(Jdk jdk, String console) throws Exception {
    Map<Integer, String> tests = tests(jupiter(jdk, console, JUPITER));

    assertThat(tests)
        .containsEntry(11, "com.acme.StoreTest")
        .containsEntry(12, "com.acme.StoreTest")
        .containsEntry(13, "com.acme.StoreTest.saves")
        .containsEntry(14, "com.acme.StoreTest.loadsInAThread")
        .containsEntry(15, "com.acme.StoreTest.asksThePoolFirst")
        .containsEntry(16, "com.acme.StoreTest.asksThePoolThen")
        .containsEntry(17, "com.acme.StoreTest.usesTheCommonPool")
        .containsEntry(18, "com.acme.StoreTest.reads[1]")
        .containsEntry(19, "com.acme.StoreTest.reads[2]")
        .containsEntry(20, "com.acme.StoreTest$Inner.nested")
        .containsEntry(22, "com.acme.StoreTest.made[1]");
    assertThat(tests.get(21))
        .contains("com.acme.StoreTest.saysTheSame", "com.acme.StoreTest.andAgain");
  }

  @TestOnNewestJdk
  void ofJunit5(Jdk jdk) throws Exception {
    isToldByJupiter(jdk, "junit-platform-console-standalone-1.14.4.jar");
  }

  @TestOnNewestJdk
  void ofJunit6(Jdk jdk) throws Exception {
    isToldByJupiter(jdk, "junit-platform-console-standalone-6.0.3.jar");
  }

  /** Each test has the threads that it started, while the others run. */
  @TestOnNewestJdk
  void ofTestsThatRunAtOnce(Jdk jdk) throws Exception {
    String source =
        """
        package com.acme;
        import org.junit.jupiter.api.*;
        import java.util.concurrent.*;
        class StoreTest {
          static final CyclicBarrier ALL = new CyclicBarrier(3);
          @Test void one() throws Exception { both(31, 41); }
          @Test void two() throws Exception { both(32, 42); }
          @Test void three() throws Exception { both(33, 43); }
          static void both(int own, int other) throws Exception {
            ALL.await(60, TimeUnit.SECONDS);
            reach(own);
            Thread thread = new Thread(() -> reach(other));
            thread.start();
            thread.join();
            ALL.await(60, TimeUnit.SECONDS);
          }
        %s}
        """
            .formatted(REACH);

    List<String> command =
        jupiter(
            jdk,
            "junit-platform-console-standalone-1.14.4.jar",
            source,
            "-Djunit.jupiter.execution.parallel.enabled=true",
            "-Djunit.jupiter.execution.parallel.mode.default=concurrent",
            "-Djunit.jupiter.execution.parallel.config.strategy=fixed",
            "-Djunit.jupiter.execution.parallel.config.fixed.parallelism=3");

    assertThat(tests(command))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                31, "com.acme.StoreTest.one",
                41, "com.acme.StoreTest.one",
                32, "com.acme.StoreTest.two",
                42, "com.acme.StoreTest.two",
                33, "com.acme.StoreTest.three",
                43, "com.acme.StoreTest.three"));
  }

  private static final String JUNIT4 =
      """
      package com.acme;
      import org.junit.Test;
      public class StoreTest {
        @Test public void saves() { reach(51); }
        @Test public void loads() throws Exception {
          Thread thread = new Thread(() -> reach(52));
          thread.start();
          thread.join();
        }
      %s}
      """
          .formatted(REACH);

  private static final Map<Integer, String> OF_JUNIT4 =
      Map.of(51, "com.acme.StoreTest.saves", 52, "com.acme.StoreTest.loads");

  @TestOnNewestJdk
  void ofJunit4(Jdk jdk) throws Exception {
    Path classes = directory.resolve("classes");
    String path = classPath(classes, "junit-4.13.2.jar", "hamcrest-core-1.3.jar");
    Programs.compiled(jdk, classes, path, "StoreTest", JUNIT4);

    assertThat(
            tests(
                List.of(
                    jdk.java(), "-cp", path, "org.junit.runner.JUnitCore", "com.acme.StoreTest")))
        .containsExactlyInAnyOrderEntriesOf(OF_JUNIT4);
  }

  /** Both frameworks tell; the test is one. */
  @TestOnNewestJdk
  void ofJunit4BelowThePlatform(Jdk jdk) throws Exception {
    Path classes = directory.resolve("classes");
    String console = "junit-platform-console-standalone-1.14.4.jar";
    String path = classPath(classes, console, "junit-4.13.2.jar", "hamcrest-core-1.3.jar");
    Programs.compiled(jdk, classes, path, "StoreTest", JUNIT4);

    assertThat(
            tests(
                List.of(
                    jdk.java(),
                    "-cp",
                    path,
                    "org.junit.platform.console.ConsoleLauncher",
                    "execute",
                    "-c",
                    "com.acme.StoreTest")))
        .containsExactlyInAnyOrderEntriesOf(OF_JUNIT4);
  }

  @TestOnNewestJdk
  void ofTestNg(Jdk jdk) throws Exception {
    Path classes = directory.resolve("classes");
    String path =
        classPath(classes, "testng-7.11.0.jar", "jcommander-1.83.jar", "slf4j-api-2.0.16.jar");
    String source =
        """
        package com.acme;
        import org.testng.annotations.*;
        public class StoreTest {
          @Test public void saves() { reach(61); }
          @Test public void loads() throws Exception {
            Thread thread = new Thread(() -> reach(62));
            thread.start();
            thread.join();
          }
          @Test(invocationCount = 4, threadPoolSize = 2) public void repeats() { reach(63); }
          @DataProvider(parallel = true) public Object[][] ports() {
            return new Object[][] {{64}, {65}};
          }
          @Test(dataProvider = "ports") public void reads(int port) { reach(port); }
        %s}
        """
            .formatted(REACH);
    Programs.compiled(jdk, classes, path, "StoreTest", source);

    assertThat(
            tests(
                List.of(
                    jdk.java(),
                    "-cp",
                    path,
                    "org.testng.TestNG",
                    "-testclass",
                    "com.acme.StoreTest",
                    "-usedefaultlisteners",
                    "false")))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                61, "com.acme.StoreTest.saves",
                62, "com.acme.StoreTest.loads",
                63, "com.acme.StoreTest.repeats",
                64, "com.acme.StoreTest.reads",
                65, "com.acme.StoreTest.reads"));
  }

  /** The name is told where a person or a pipeline reads: in the summary and by the log. */
  @TestOnNewestJdk
  void isToldAtTheEnd(Jdk jdk) throws Exception {
    Files.writeString(directory.resolve("p.toml"), "version = 1\n[default]\nunknown = \"deny\"\n");
    List<String> run =
        new ArrayList<>(
            List.of("run", "-p", "p.toml", "--fail-on-denied", "--log", "e.jsonl", "--"));
    run.addAll(jupiter(jdk, "junit-platform-console-standalone-1.14.4.jar", JUPITER));

    Result denied = tool.run(run.toArray(String[]::new));

    assertThat(denied.status()).as(denied.err()).isEqualTo(120);
    assertThat(denied.err()).contains("in test com.acme.StoreTest.saves");
    Result log = tool.run("log", "--test", "*.saves", "--by", "test,verdict", "e.jsonl");
    assertThat(log.out()).contains("com.acme.StoreTest.saves").doesNotContain("loadsInAThread");
  }
}
