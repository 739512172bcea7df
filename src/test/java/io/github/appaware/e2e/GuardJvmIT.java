package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.target.Steps;
import io.github.appaware.testkit.Guarded;
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
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** JVMs with agent and guard: one event is decided once, and native code gets no more. */
@Timeout(180)
@ExtendWith(ToolExtension.class)
class GuardJvmIT {
  /** Connects by the C library: {@code Native PORT}. */
  private static final String NATIVE =
      """
      import java.lang.foreign.*;
      import java.lang.invoke.MethodHandle;

      public class Native {
        public static void main(String[] arguments) throws Throwable {
          int port = Integer.parseInt(arguments[0]);
          Linker linker = Linker.nativeLinker();
          SymbolLookup symbols = linker.defaultLookup();
          ValueLayout.OfInt i = ValueLayout.JAVA_INT;
          MethodHandle socket =
              linker.downcallHandle(
                  symbols.find("socket").get(), FunctionDescriptor.of(i, i, i, i));
          MethodHandle connect =
              linker.downcallHandle(
                  symbols.find("connect").get(),
                  FunctionDescriptor.of(i, i, ValueLayout.ADDRESS, i));
          if (arguments.length > 1) {
            try (java.net.Socket s = new java.net.Socket("127.0.0.1", port)) {
              System.out.println("java: " + s.isConnected());
            } catch (java.io.IOException e) {
              System.out.println("java: " + e.getMessage());
            }
          }
          try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(16);
            name.set(ValueLayout.JAVA_SHORT, 0, (short) 2);
            name.set(ValueLayout.JAVA_BYTE, 2, (byte) (port >> 8));
            name.set(ValueLayout.JAVA_BYTE, 3, (byte) port);
            name.set(ValueLayout.JAVA_BYTE, 4, (byte) 127);
            name.set(ValueLayout.JAVA_BYTE, 7, (byte) 1);
            int s = (int) socket.invoke(2, 1, 0);
            System.out.println("native: " + (int) connect.invoke(s, name, 16));
          }
        }
      }
      """;

  @TempDir Path directory;
  private Tool tool;

  @JarOf(Steps.class)
  private Path jar;

  @BeforeEach
  void needsAKernel() throws Exception {
    Guarded.assumePossible();
  }

  private Result run(String policy, String... command) throws Exception {
    List<String> words = new ArrayList<>(List.of("run", "-q", "--guard", "on", "-p", policy));
    words.addAll(List.of("--log", "log", "--"));
    words.addAll(List.of(command));
    return tool.run(words.toArray(String[]::new));
  }

  private List<String> record() throws IOException {
    return Files.readAllLines(directory.resolve("log"));
  }

  @TestOnEachJdk
  void whatTheAgentWasAllowedIsNotDecidedASecondTime(Jdk jdk) throws Exception {
    try (Listener listener = new Listener()) {
      String connect = "connect 127.0.0.1 " + listener.port();
      Result result =
          run(
              "allow.toml",
              jdk.java(),
              "-jar",
              jar.toString(),
              connect,
              connect,
              "connect localhost " + listener.port());

      assertThat(result.status()).as(result.err()).isZero();
      assertThat(listener.connections()).isEqualTo(3);
    }
    assertThat(Json.sum(record(), "connect", "allow")).isEqualTo(3);
    assertThat(record()).noneMatch(line -> line.contains("(native code)"));
  }

  @TestOnEachJdk
  void whatTheAgentDeniesNeverReachesTheGuard(Jdk jdk) throws Exception {
    try (Listener listener = new Listener()) {
      Result result =
          run(
              "deny.toml",
              jdk.java(),
              "-jar",
              jar.toString(),
              "connect 127.0.0.1 " + listener.port());

      assertThat(result.out()).as(result.err()).contains("denied by default, no rule matches");
      assertThat(listener.connections()).isZero();
    }
    assertThat(Json.sum(record(), "connect", "deny")).isOne();
    assertThat(record()).noneMatch(line -> line.contains("(native code)"));
  }

  private Result nativeCode(String rules, Listener listener, String... more) throws Exception {
    List<Jdk> newer = Jdk.all().filter(each -> each.feature() >= 22).toList();
    assumeTrue(!newer.isEmpty(), "no JDK 22 or later on this machine");
    Jdk jdk = newer.get(newer.size() - 1);
    Path classes =
        Programs.compiled(jdk, directory.toRealPath().resolve("classes"), "Native", NATIVE);
    Files.writeString(
        directory.resolve("some.toml"), "version = 1\n[default]\nunknown = 'deny'\n" + rules);
    List<String> command =
        new ArrayList<>(
            List.of(
                jdk.java(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classes.toString(),
                "Native",
                "" + listener.port()));
    command.addAll(List.of(more));
    return run("some.toml", command.toArray(String[]::new));
  }

  @Test
  void nativeCodeInAJvmIsJudgedAndRecordedAsSuch() throws Exception {
    try (Listener listener = new Listener()) {
      Result denied = nativeCode("", listener);
      assertThat(denied.out()).as(denied.err()).isEqualTo("native: -1\n");
      assertThat(listener.connections()).isZero();
      assertThat(record())
          .anyMatch(
              line ->
                  Json.text(line, "event").equals("connect")
                      && Json.text(line, "verdict").equals("deny")
                      && line.contains("(native code)")
                      && line.contains("\"file\":\"Native\""));

      Result allowed = nativeCode("[[rule]]\naction = 'allow'\naddress = 'loopback'\n", listener);
      assertThat(allowed.out()).as(allowed.err()).isEqualTo("native: 0\n");
      assertThat(listener.connections()).isOne();
    }
  }

  @Test
  void aRuleForALibraryIsNoneForNativeCode() throws Exception {
    String rules =
        "[[rule]]\naction = 'allow'\naddress = 'loopback'\norigin = 'package:com.acme'\n";
    try (Listener listener = new Listener()) {
      Result result = nativeCode(rules, listener);

      assertThat(result.out()).as(result.err()).isEqualTo("native: -1\n");
      assertThat(listener.connections()).isZero();
    }
  }

  /** What the application was allowed, native code in it may do as well, and not before. */
  @Test
  void nativeCodeGetsTheUnionOfWhatItsApplicationMayDo() throws Exception {
    String rules = "[[rule]]\naction = 'allow'\naddress = 'loopback'\norigin = 'jar:classes'\n";
    try (Listener listener = new Listener()) {
      Result alone = nativeCode(rules, listener);
      assertThat(alone.out()).as(alone.err()).isEqualTo("native: -1\n");
      assertThat(listener.connections()).isZero();

      Result both = nativeCode(rules, listener, "java too");
      assertThat(both.out()).as(both.err()).isEqualTo("java: true\nnative: 0\n");
      assertThat(listener.connections()).isEqualTo(2);
    }
  }

  @TestOnEachJdk
  void aJvmWithoutTheAgentIsJudgedByTheGuard(Jdk jdk) throws Exception {
    try (Listener listener = new Listener()) {
      String script =
          "env -i '"
              + jdk.java()
              + "' -jar '"
              + jar
              + "' 'connect 127.0.0.1 "
              + listener.port()
              + "'";
      Result denied = run("deny.toml", "/bin/sh", "-c", script);
      assertThat(denied.out()).as(denied.err()).contains("Permission denied");
      assertThat(denied.status()).isZero();
      assertThat(listener.connections()).isZero();

      Result allowed = run("allow.toml", "/bin/sh", "-c", script);
      assertThat(allowed.out()).as(allowed.err()).contains("connected");
      assertThat(listener.connections()).isOne();
    }
  }
}
