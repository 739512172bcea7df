package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.bridge.Bridge;
import io.github.appaware.target.EarlyAgent;
import io.github.appaware.target.Hello;
import io.github.appaware.target.NetCaller;
import io.github.appaware.target.Steps;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.TestOnEachJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Dialog;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is in the target, and what is not. */
@ExtendWith(ToolExtension.class)
class AgentIT {
  /** {@code [0.070s][info][class,load] NAME source: PLACE}. */
  private static final Pattern LOADED = Pattern.compile(".*\\] (\\S+) source: (.*)");

  @TempDir Path directory;
  private Tool tool;

  @JarOf(value = Steps.class, name = "steps.jar")
  private Path jar;

  private Result run(Jdk jdk, String policy, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("run", "-q", "-p", policy, "--", jdk.java()));
    all.addAll(List.of(arguments));
    return tool.run(all.toArray(String[]::new));
  }

  @Test
  void theAgentsJarHoldsTheProjectsClassesOnlyAndTheToolsJarNoAgent() throws IOException {
    try (JarFile agent = new JarFile(Tool.AGENT.toFile());
        JarFile own = new JarFile(Tool.JAR.toFile())) {
      assertThat(agent.stream().map(entry -> entry.getName()))
          .filteredOn(name -> name.endsWith(".class"))
          .isNotEmpty()
          .allMatch(
              name ->
                  name.matches("io/github/appaware/(agent|bridge|jvm|link|tls|wire|event)/\\w.*"));
      assertThat(own.stream().map(entry -> entry.getName()))
          .noneMatch(name -> name.startsWith("io/github/appaware/agent/"));
    }
  }

  @TestOnEachJdk
  void theTargetLoadsTheProjectsClassesAndTheJdksAndPrintsNoWarning(Jdk jdk) throws Exception {
    Path log = directory.resolve("classes.log");
    try (Listener listener = new Listener()) {
      Result result =
          run(
              jdk,
              "allow.toml",
              "-Xlog:class+load:file=" + log,
              "-jar",
              jar.toString(),
              "connect 127.0.0.1 " + listener.port());
      assertThat(result.out()).startsWith("connected");
      assertThat(result.err()).isEmpty();
    }
    List<String> foreign = new ArrayList<>();
    List<String> ofTls = new ArrayList<>();
    int ours = 0;
    for (String line : Files.readAllLines(log)) {
      Matcher loaded = LOADED.matcher(line);
      if (!loaded.matches()) {
        continue;
      }
      String name = loaded.group(1);
      boolean jdks = name.matches("(java|javax|jdk|sun|com\\.sun)\\..*");
      boolean agents =
          name.matches("io\\.github\\.appaware\\.(agent|bridge|link|tls|wire|event)\\..*")
              || name.matches("appaware[0-9a-f]{32}"); // the run's own premain class
      boolean targets = name.startsWith("io.github.appaware.target.");
      ours += agents ? 1 : 0;
      if (name.matches(
          "io\\.github\\.appaware\\.tls\\..*|javax\\.net\\.ssl\\..*|sun\\.security\\.ssl\\..*")) {
        ofTls.add(line);
      }
      if (!jdks && !agents && !targets) {
        foreign.add(line);
      }
    }
    assertThat(ours).isPositive();
    assertThat(foreign).isEmpty();
    assertThat(ofTls).as("a local server needs no TLS").isEmpty();
  }

  @TestOnEachJdk
  void theApplicationSeesNeitherTheAgentsClassesNorOpenedPackages(Jdk jdk) throws Exception {
    Path probe =
        Programs.jar(directory.resolve("probe.jar"), io.github.appaware.target.Probe.class);

    Result result = run(jdk, "deny.toml", "-jar", probe.toString());

    assertThat(result.out().lines())
        .containsExactly(
            "sun.nio.ch open: false",
            "java.lang open: false",
            "bridge state: NoSuchFieldException",
            "checker property: null",
            "agent loader on a thread: false");
  }

  @TestOnEachJdk
  void theKernelSaysWhatASocketIsThatOtherCodeConnects(Jdk jdk) throws Exception {
    Path caller = Programs.jar(directory.resolve("caller.jar"), NetCaller.class);
    Files.writeString(
        directory.resolve("tcp.toml"),
        "version = 1\n[[rule]]\naction = 'allow'\nprotocol = 'tcp'\n");
    try (Listener listener = new Listener()) {
      Result result =
          run(
              jdk,
              "tcp.toml",
              "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
              "-jar",
              caller.toString(),
              String.valueOf(listener.port()));

      assertThat(result.out().lines())
          .satisfiesExactly(
              stream -> assertThat(stream).isEqualTo("connected 1"),
              datagrams ->
                  assertThat(datagrams)
                      .startsWith(
                          "java.net.ConnectException: appaware: connect udp to 127.0.0.1:"
                              + listener.port()
                              + " denied"));
    }
  }

  @TestOnEachJdk
  void anAgentThatChangedTheClassesFirstIsWovenOnTheSpot(Jdk jdk) throws Exception {
    Path early = Programs.agent(directory.resolve("early.jar"), EarlyAgent.class);
    try (Listener listener = new Listener()) {
      // In JAVA_TOOL_OPTIONS, so that it comes before ours.
      Result result =
          tool.with("JAVA_TOOL_OPTIONS", "-javaagent:" + early)
              .run(
                  "run",
                  "-q",
                  "-p",
                  "deny.toml",
                  "--",
                  jdk.java(),
                  "-jar",
                  jar.toString(),
                  "connect 127.0.0.1 " + listener.port());

      assertThat(result.out()).contains("java.net.ConnectException: appaware: connect");
      assertThat(result.err()).contains("early agent changed sun/nio/ch/Net");
      assertThat(listener.connections()).isZero();
    }
  }

  @TestOnEachJdk
  void theBridgeIsDefinedEvenIfItsDoorwayWasLoadedBefore(Jdk jdk) throws Exception {
    Path early = Programs.agent(directory.resolve("early.jar"), EarlyAgent.class);
    try (Listener listener = new Listener()) {
      Result result =
          tool.with("JAVA_TOOL_OPTIONS", "-javaagent:" + early + "=" + Bridge.LENDER_NAME)
              .run(
                  "run",
                  "-q",
                  "-p",
                  "deny.toml",
                  "--",
                  jdk.java(),
                  "-jar",
                  jar.toString(),
                  "connect 127.0.0.1 " + listener.port());

      assertThat(result.out()).contains("java.net.ConnectException: appaware: connect");
      assertThat(listener.connections()).isZero();
    }
  }

  /**
   * Spinning a class costs about a millisecond, and a dozen of them 7 MiB on JDK 25. The few that
   * are left are the JDK's, for its own initializers of channels.
   */
  @TestOnEachJdk
  void theStartMakesTheJvmSpinHardlyAnyClass(Jdk jdk) throws Exception {
    Path hello = Programs.jar(directory.resolve("hello.jar"), Hello.class);
    Path log = directory.resolve("classes.log");

    Result result = run(jdk, "deny.toml", "-Xlog:class+load:file=" + log, "-jar", hello.toString());

    assertThat(result.status()).isZero();
    assertThat(Files.readAllLines(log)).hasSizeGreaterThan(400);
    assertThat(Files.readAllLines(log))
        .filteredOn(line -> line.contains("/0x") && !line.contains("shared objects file"))
        .hasSizeLessThanOrEqualTo(3);
  }

  @TestOnEachJdk
  void aProgramOfNamedModulesIsWatchedToo(Jdk jdk) throws Exception {
    Path modules = directory.resolve("modules");
    Files.createDirectory(modules);
    Files.copy(jar, modules.resolve("steps.jar"));
    try (Listener listener = new Listener()) {
      Result result =
          run(
              jdk,
              "deny.toml",
              "-p",
              modules.toString(),
              "-m",
              "steps/" + Steps.class.getName(),
              "connect 127.0.0.1 " + listener.port());

      assertThat(result.out()).contains("java.net.ConnectException: appaware: connect");
      assertThat(listener.connections()).isZero();
    }
  }

  @Test
  void runsDoNotNest() throws Exception {
    Result result =
        tool.run(
            "run",
            "-q",
            "-p",
            "allow.toml",
            "--",
            "/bin/sh",
            "-c",
            Tool.SCRIPT + " run -q -p allow.toml -- " + Jdk.running().java() + " -jar steps.jar");

    assertThat(result.status()).isEqualTo(125);
    assertThat(result.err()).contains("runs can't be nested");
  }

  @Test
  void unixDomainSocketsAreDecidedByPath() throws Exception {
    Files.writeString(
        directory.resolve("p.toml"),
        """
        version = 1
        [default]
        unknown = 'deny'
        [[rule]]
        action = 'allow'
        path = '%s/good/*'
        """
            .formatted(directory.toRealPath()));
    Files.createDirectory(directory.resolve("good"));
    Path program =
        Programs.jar(directory.resolve("unix.jar"), io.github.appaware.target.UnixSockets.class);

    Result result =
        run(
            Jdk.running(),
            "p.toml",
            "-jar",
            program.toString(),
            directory.toRealPath() + "/good/s",
            directory.toRealPath() + "/bad");

    assertThat(result.out().lines())
        .containsExactly(
            "listen good: ok",
            "connect good: ok",
            "listen bad: java.net.BindException",
            "connect bad: java.net.ConnectException");
    assertThat(directory.resolve("bad")).doesNotExist();
  }

  @Test
  void aThreadThatIsInterruptedKeepsItsInterruptAndTheAgentItsConnection() throws Exception {
    Path program =
        Programs.jar(directory.resolve("i.jar"), io.github.appaware.target.Interrupted.class);
    try (Listener listener = new Listener()) {
      Result result =
          run(
              Jdk.running(),
              "allow.toml",
              "-jar",
              program.toString(),
              String.valueOf(listener.port()));

      assertThat(result.out().lines())
          .containsExactly("interrupted: true", "then: connected", "200 threads: 200");
    }
  }

  @Test
  void theCacheOfOneRunServesTheNext() throws Exception {
    tool.with("XDG_CACHE_HOME", directory.resolve("cache").toString());
    try (Dialog dialog =
        tool.talk(
            "run", "-q", "-p", "allow.toml", "--", Jdk.running().java(), "-jar", "steps.jar")) {
      assertThat(dialog.end()).isZero();
    }
    Path store = directory.resolve("cache/appaware/woven");
    try (var files = Files.list(store)) {
      Path bundle =
          files.filter(each -> each.toString().endsWith(".bin")).findFirst().orElseThrow();
      var written = Files.getLastModifiedTime(bundle);
      assertThat(run(Jdk.running(), "allow.toml", "-jar", "steps.jar").status()).isZero();
      assertThat(Files.getLastModifiedTime(bundle)).isEqualTo(written);
      // A damaged one, a full disk's, is woven anew.
      Files.write(bundle, new byte[] {1, 2, 3});
      assertThat(run(Jdk.running(), "allow.toml", "-jar", "steps.jar").status()).isZero();
      assertThat(Files.size(bundle)).isGreaterThan(1000);
    }
  }
}
