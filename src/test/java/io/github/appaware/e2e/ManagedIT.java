package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.target.Managed;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.TestOnEachJdk;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs with a security manager, which JDK 17 to 23 still have: what they do and what their
 * manager is asked is the same as without the agent.
 */
@ExtendWith(ToolExtension.class)
class ManagedIT {
  /** The first JDK without. */
  private static final int UNMANAGED = 24;

  private static final String ALLOW = "version = 1\n[default]\nunknown = 'allow'\n";

  /** Less than the agent needs, as it is for the program. */
  private static final String NARROW =
      """
      grant {
        permission java.io.FilePermission "hosts", "read";
        permission java.net.SocketPermission "a.example", "resolve";
        permission java.net.SocketPermission "127.0.0.1:1024-", "connect,accept,listen,resolve";
        permission java.net.SocketPermission "localhost:0", "listen,resolve";
        permission java.net.NetPermission "specifyStreamHandler";
        permission java.lang.RuntimePermission "createClassLoader";
        permission java.lang.RuntimePermission "getClassLoader";
        permission java.lang.RuntimePermission "getProtectionDomain";
      };
      """;

  /** What the JDK asks when it initializes classes, which the agent has it do before. */
  private static final String OF_INITIALIZERS =
      "(?s).*(accessSystemModules|suppressAccessChecks|selectorProvider|getProperty\\.|Property"
          + "|package java|accessDeclaredMembers|loadLibrary|SecurityPermission|egd|urandom|random"
          + "|accessClassInPackage|java\\.home|conf|\\.so).*";

  /** From elsewhere, so that it may do next to nothing. */
  private static final String EXTRA =
      """
      public class Extra {
        public static Object attempt() {
          try {
            return System.getProperty("user.home");
          } catch (SecurityException e) {
            return e;
          }
        }
      }
      """;

  @TempDir Path directory;
  private Tool tool;

  @JarOf(Managed.class)
  private Path jar;

  private Listener listener;

  @BeforeEach
  void prepare() throws IOException {
    listener = new Listener("127.0.0.1");
    Files.writeString(directory.resolve("hosts"), "127.0.0.1 a.example forbidden.example\n");
    Files.writeString(directory.resolve("narrow.policy"), NARROW);
    Files.writeString(directory.resolve("p.toml"), ALLOW);
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  private List<String> command(Jdk jdk, String what, String... options) {
    assumeTrue(jdk.feature() < UNMANAGED, "JDK 24 and later have no security managers");
    List<String> command = new ArrayList<>(List.of(jdk.java(), "-Djdk.net.hosts.file=hosts"));
    if (jdk.feature() > 17 && options.length == 0) {
      command.add("-Djava.security.manager=allow");
    }
    command.addAll(Arrays.asList(options));
    command.addAll(
        List.of("-cp", jar.toString(), Managed.class.getName(), what, "" + listener.port()));
    return command;
  }

  private Result plain(List<String> command) throws Exception {
    return Tool.run(new ProcessBuilder(command).directory(directory.toFile()), "");
  }

  private Result run(List<String> command) throws Exception {
    List<String> words = new ArrayList<>(List.of("run", "-q", "-p", "p.toml", "--log", "log"));
    words.add("--");
    words.addAll(command);
    return tool.run(words.toArray(String[]::new));
  }

  private void assertSame(List<String> command) throws Exception {
    Result expected = plain(command);
    assertThat(expected.out()).isNotEmpty();
    assertThat(run(command)).isEqualTo(expected);
  }

  @TestOnEachJdk
  void aManagerOnTheCommandLineKeepsNothingFromTheAgent(Jdk jdk) throws Exception {
    assertSame(command(jdk, "policy", "-Djava.security.manager"));
  }

  @TestOnEachJdk
  void aNarrowPolicyStaysWhatItIs(Jdk jdk) throws Exception {
    List<String> command =
        command(
            jdk,
            "policy",
            "-Djava.security.manager",
            "-Djava.security.policy=" + directory.resolve("narrow.policy"));

    assertSame(command);

    Result result = run(command);
    assertThat(result.out())
        .contains("policy socket: connected\n")
        .contains("policy other port: java.security.AccessControlException: access denied");
    assertThat(Files.readString(directory.resolve("log")))
        .contains("\"a.example\"")
        .doesNotContain("\"port\":1,");
  }

  @TestOnEachJdk
  void whatThePolicyOfTheRunDeniesIsDeniedToo(Jdk jdk) throws Exception {
    Files.writeString(directory.resolve("p.toml"), "version = 1\n[default]\nunknown = 'deny'\n");

    Result result =
        run(
            command(
                jdk,
                "policy",
                "-Djava.security.manager",
                "-Djava.security.policy=" + directory.resolve("narrow.policy")));

    assertThat(result.out())
        .contains("policy literal: java.net.ConnectException: appaware: connect tcp to 127.0.0.1:")
        .contains("policy other port: java.security.AccessControlException: access denied")
        .doesNotContain("internal error");
    assertThat(listener.connections()).isZero();
  }

  @TestOnEachJdk
  void aManagerOfTheJdkThatIsSetLater(Jdk jdk) throws Exception {
    assertSame(command(jdk, "late"));
  }

  @TestOnEachJdk
  void aManagerOfTheProgramOnTheCommandLine(Jdk jdk) throws Exception {
    assertSame(
        command(jdk, "policy", "-Djava.security.manager=" + Managed.Witness.class.getName()));
  }

  @TestOnEachJdk
  void aManagerOfTheProgramIsAskedTheSameInTheSameOrder(Jdk jdk) throws Exception {
    List<String> command = command(jdk, "twice");

    List<String> expected = withoutLinking(plain(command));

    assertThat(expected).contains("connect a.example -1", "listen 0", "accept 127.0.0.1");
    assertThat(withoutLinking(run(command))).containsExactlyElementsOf(expected);
  }

  /** Without what the JVM asks when a class refers to another one for the first time. */
  private static List<String> withoutLinking(Result result) {
    return result.out().lines().filter(line -> !line.startsWith("package java.")).toList();
  }

  /**
   * On first use the JDK's own classes are initialized at other times, but nothing else differs.
   */
  @TestOnEachJdk
  void aManagerOfTheProgramSeesNothingOfTheAgentAtFirstUse(Jdk jdk) throws Exception {
    List<String> command = command(jdk, "own");

    List<String> expected = new ArrayList<>(plain(command).out().lines().toList());
    List<String> seen = new ArrayList<>(run(command).out().lines().toList());

    expected.removeIf(line -> line.matches(OF_INITIALIZERS));
    seen.removeIf(line -> line.matches(OF_INITIALIZERS));
    assertThat(seen).containsExactlyElementsOf(expected);
  }

  @TestOnEachJdk
  void whatTheManagerForbidsIsNoEvent(Jdk jdk) throws Exception {
    Result result = run(command(jdk, "own"));

    assertThat(result.out())
        .contains("own resolve forbidden: java.lang.SecurityException: the manager forbids it\n")
        .contains("own other port: java.lang.SecurityException: the manager forbids it\n");
    assertThat(Files.readAllLines(directory.resolve("log")))
        .isNotEmpty()
        .noneMatch(line -> Json.text(line, "host").equals("forbidden.example"))
        .noneMatch(line -> line.contains("\"port\":1,"));
  }

  @TestOnEachJdk
  void noManagerKeepsTheAgentFromEndingTheJvm(Jdk jdk) throws Exception {
    List<String> words = new ArrayList<>(List.of("run", "-q", "-p", "p.toml", "--"));
    words.addAll(command(jdk, "stop"));
    try (Tool.Dialog dialog = tool.talk(words.toArray(String[]::new))) {
      ProcessHandle target = ProcessHandle.of(Long.parseLong(dialog.hear())).orElseThrow();

      dialog.process().destroyForcibly();

      assertThat(target.onExit().get(60, TimeUnit.SECONDS).isAlive()).isFalse();
      assertThat(dialog.err()).contains("appaware: the launcher is gone, so the run ends");
    }
  }

  @TestOnEachJdk
  void classesThatRmiLoadsDoWhatThePolicySays(Jdk jdk) throws Exception {
    Path extra = Programs.compiled(jdk, directory.resolve("extra"), "Extra", EXTRA);
    String policy =
        """
        grant codeBase "%s" { permission java.security.AllPermission; };
        grant {
          permission java.net.SocketPermission "*", "connect,accept,listen,resolve";
        };
        """;
    Files.writeString(directory.resolve("rmi.policy"), policy.formatted(jar.toUri()));
    List<String> command =
        command(
            jdk,
            "rmi",
            "-Djava.security.manager=allow",
            "-Djava.security.policy=" + directory.resolve("rmi.policy"),
            "-Djava.rmi.server.useCodebaseOnly=false");
    command.add(extra.toUri().toString());

    assertSame(command);

    assertThat(run(command).out())
        .contains("rmi call: hello you\n")
        .contains("rmi class: java.security.AccessControlException");
  }

  @TestOnEachJdk
  void theAgentsPrivilegesAreNotLent(Jdk jdk) throws Exception {
    List<String> command =
        command(
            jdk,
            "lend",
            "-Djava.security.manager",
            "-Djava.security.policy=" + directory.resolve("narrow.policy"));
    Result result = run(command);

    assertThat(result.out().lines())
        .containsExactly("caller: denied", "url: denied", "address: denied", "premain: denied");
  }
}
