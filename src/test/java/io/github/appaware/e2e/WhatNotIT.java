package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.target.KidAttacks;
import io.github.appaware.target.Limits;
import io.github.appaware.testkit.Await;
import io.github.appaware.testkit.EmptyPremain;
import io.github.appaware.testkit.JarOf;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.ShowsLimit;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Dialog;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import io.github.appaware.testkit.Witness;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What appaware does not protect from, as the README says: each of these gets through. */
@Timeout(300)
@ExtendWith(ToolExtension.class)
class WhatNotIT {
  private static final String ATTACKS = KidAttacks.class.getName();

  @TempDir Path directory;
  private Tool tool;

  @JarOf(value = Limits.class, name = "limits.jar")
  private Path jar;

  private final Jdk jdk = Jdk.running();
  private Witness witness;
  private Path attacks;

  @BeforeEach
  void prepare() throws IOException {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "shown on Linux");
    witness = new Witness();
    attacks = Programs.jar(directory.resolve("attacks.jar"), KidAttacks.class);
  }

  @AfterEach
  void close() throws IOException {
    witness.close();
  }

  private Dialog talk(String blind, String policy, String... options) throws IOException {
    List<String> words =
        new ArrayList<>(List.of("run", "-q", "--blind", blind, "-p", policy, "--", jdk.java()));
    words.addAll(List.of(options));
    words.addAll(List.of("-cp", jar + ":" + attacks, Limits.class.getName()));
    return tool.talk(words.toArray(String[]::new));
  }

  /** A policy that allows what one rule says, and nothing else. */
  private void allow(String rule) throws IOException {
    String start = "version = 1\n[default]\nunknown = 'deny'\n[[rule]]\naction = 'allow'\n";
    Files.writeString(directory.resolve("p.toml"), start + rule + "\n");
  }

  private Result run(String... command) throws Exception {
    List<String> words =
        new ArrayList<>(List.of("run", "-q", "--blind", "deny", "-p", "deny.toml", "--"));
    words.addAll(List.of(command));
    return tool.run(words.toArray(String[]::new));
  }

  private String connect() {
    return "connect\t127.0.0.1\t" + witness.port();
  }

  @Test
  @ShowsLimit("a process of the same user that attacks the server, the policy file")
  void aProgramThatRewritesThePolicyIsAllowedWhatItSays() throws Exception {
    try (Dialog dialog = talk("deny", "deny.toml")) {
      assertThat(dialog.say(connect())).contains("denied by default");
      assertThat(dialog.say("write\tdeny.toml\tversion = 1;[default];unknown = 'allow';"))
          .isEqualTo("done");

      Await.until(() -> dialog.say(connect()).equals("done"));
    }
    assertThat(witness.visits()).isPositive();
  }

  @Test
  @ShowsLimit("what the user's own options let in")
  void nativeMethodsThatTheUserOpensAreBehindTheHooks() throws Exception {
    String open = "java.base/sun.nio.ch=ALL-UNNAMED";
    Result result =
        run(
            jdk.java(),
            "--add-opens",
            open,
            "-cp",
            attacks.toString(),
            ATTACKS,
            "natives",
            "" + witness.port());

    assertThat(witness.visits()).as(result.err()).isPositive();
  }

  @Test
  @ShowsLimit("what the user's own options let in")
  void aSystemClassLoaderRunsBeforeTheAgent() throws Exception {
    Result result =
        run(
            jdk.java(),
            "-Dwitness=" + witness.port(),
            "-Djava.system.class.loader=" + Limits.class.getName() + "$Loader",
            "-cp",
            jar.toString(),
            Limits.class.getName());

    assertThat(witness.visits()).as(result.err()).isPositive();
  }

  @Test
  @ShowsLimit("a program that writes to its own memory")
  void aProgramCanWriteToItsMemoryPastTheJvm() throws Exception {
    try (Dialog dialog = talk("deny", "deny.toml")) {
      assertThat(dialog.say("memory")).as(dialog.err()).isEqualTo("written: true");
    }
  }

  @Test
  @ShowsLimit("code that poses as another library's")
  void codeIsOfTheJarThatItsLoaderNames() throws Exception {
    Path trusted = Programs.jar(directory.resolve("trusted.jar"), KidAttacks.class);
    allow("origin = 'jar:trusted.jar'");
    try (Dialog dialog = talk("deny", "p.toml")) {
      assertThat(dialog.say(connect())).contains("denied by default");

      assertThat(dialog.say("pose\t" + trusted + "\t" + witness.port())).isEqualTo("done");
    }
    assertThat(witness.visits()).isPositive();
  }

  @Test
  @ShowsLimit("a program that speaks to an allowed proxy by itself")
  void whatAProgramAsksAProxyForByItselfIsNoEvent() throws Exception {
    try (ServerSocket proxy = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      allow("port = " + proxy.getLocalPort());
      try (Dialog dialog = talk("deny", "p.toml")) {
        dialog.tell("proxy\t" + proxy.getLocalPort() + "\tforbidden.example");
        try (Socket peer = proxy.accept();
            BufferedReader in =
                new BufferedReader(
                    new InputStreamReader(peer.getInputStream(), StandardCharsets.UTF_8))) {
          assertThat(in.readLine()).startsWith("CONNECT forbidden.example:443");
        }
      }
    }
  }

  /** A file of hosts, which the user names, in the place of a name server. */
  @Test
  @ShowsLimit("a name server that answers an allowed name with any address")
  void anAllowedNameMayBeAtAnyAddress() throws Exception {
    Files.writeString(directory.resolve("hosts"), "127.0.0.1 good.example\n");
    allow("host = 'good.example'");
    String hosts = "-Djdk.net.hosts.file=" + directory.resolve("hosts");
    try (Dialog dialog = talk("deny", "p.toml", hosts)) {
      assertThat(dialog.say("connect\tgood.example\t" + witness.port())).isEqualTo("done");
    }
    assertThat(witness.visits()).isPositive();
  }

  /** Whatever protocol it asked with, what it then names is the address. */
  @Test
  @ShowsLimit("names that a program looks up over HTTPS")
  void aNameThatNoOneSawHasNoRule() throws Exception {
    Files.writeString(
        directory.resolve("p.toml"),
        """
        version = 1
        [default]
        unknown = 'allow'
        [[rule]]
        action = 'deny'
        host = 'telemetry.example'
        """);
    try (Dialog dialog = talk("deny", "p.toml")) {
      assertThat(dialog.say(connect())).isEqualTo("done");
    }
    assertThat(witness.visits()).isPositive();
  }

  @Test
  @ShowsLimit("what an allowed shell starts")
  void aShellsJvmWithoutTheVariableHasNoAgent() throws Exception {
    try (Dialog dialog = talk("allow", "deny.toml")) {
      String child =
          "start\tenv\t-u\tJAVA_TOOL_OPTIONS\tsh\t-c\tenv -u JAVA_TOOL_OPTIONS '%s' -cp '%s' %s"
              + " connect %d";
      String said = dialog.say(child.formatted(jdk.java(), attacks, ATTACKS, witness.port()));

      assertThat(witness.visits()).as(said).isPositive();
    }
  }

  @Test
  @ShowsLimit("files that a program changes after its agent has reported")
  void aShellsJvmLoadsAClassWhoseNameIsKnown() throws Exception {
    try (Dialog dialog = talk("allow", "deny.toml")) {
      assertThat(dialog.say(connect())).contains("denied by default");
      Path shadow = directory.resolve("shadow");
      try (Stream<Path> files = Files.list(tool.left().get(0))) {
        for (Path file : files.filter(each -> each.toString().endsWith(".jar")).toList()) {
          String name = "appaware" + file.getFileName().toString().replace(".jar", "");
          EmptyPremain.write(shadow.resolve(name + ".class"), name);
        }
      }
      String child = "'%s' -cp '%s:%s' %s connect %d";
      String said =
          dialog.say(
              "start\tsh\t-c\t"
                  + child.formatted(jdk.java(), shadow, attacks, ATTACKS, witness.port()));

      assertThat(witness.visits()).as(said).isPositive();
    }
  }

  @Test
  @ShowsLimit("files that a program changes after its agent has reported")
  void aChildsClassCanBeOvertaken() throws Exception {
    Path shadow = directory.resolve("shadow");
    EmptyPremain.write(shadow.resolve("template"), "appaware" + "0".repeat(32));
    try (Dialog dialog = talk("allow", "deny.toml")) {
      String classPath = shadow + ":" + attacks;
      String said = "";
      int visits = 0;
      for (int i = 0; i < 20 && visits == 0; i++) {
        said =
            dialog.say(
                String.join(
                    "\t",
                    "overtake",
                    shadow.toString(),
                    jdk.java(),
                    "-cp",
                    classPath,
                    ATTACKS,
                    "connect",
                    "" + witness.port()));
        visits = witness.visits();
      }
      assertThat(visits).as(said).isPositive();
      assertThat(dialog.end()).isZero();
      assertThat(dialog.err())
          .contains("child JVMs that ended without a report from their agent: ");
    }
  }

  @Test
  @ShowsLimit("files that a program changes after its agent has reported")
  void aClassThatIsAddedLaterIsOfThePinnedApplication() throws Exception {
    Path classes = Files.createDirectories(directory.resolve("classes"));
    unpack(jar, classes);
    Result identified =
        tool.run("identify", "--", jdk.java(), "-cp", "classes", Limits.class.getName());
    String block = identified.out().substring(identified.out().indexOf("[[app]]"));
    Files.writeString(
        directory.resolve("p.toml"),
        "version = 1\n[default]\nunknown = 'deny'\n"
            + block.replaceAll("(?m)^id *=.*", "id = 'pinned'")
            + "\n[[rule]]\naction = 'allow'\napp = 'pinned'\n");
    try (Dialog dialog =
        tool.talk(
            "run",
            "-q",
            "-p",
            "p.toml",
            "--",
            jdk.java(),
            "-cp",
            "classes",
            Limits.class.getName())) {
      assertThat(dialog.say(connect())).as(identified.out() + dialog.err()).isEqualTo("done");
      unpack(attacks, classes);

      String said = dialog.say("load\t" + ATTACKS + "\tconnect\t" + witness.port());
      assertThat(said).as(dialog.err()).isEqualTo("done");
    }
    assertThat(witness.visits()).isEqualTo(2);
  }

  private static void unpack(Path jar, Path folder) throws Exception {
    Process process =
        new ProcessBuilder(Jdk.running().home().resolve("bin/jar").toString(), "xf", jar.toString())
            .directory(folder.toFile())
            .start();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  @ShowsLimit("what the user's own options let in")
  void anAgentWithoutALauncherIsReplacedByAClassOfItsName() throws Exception {
    String name = "io.github.appaware.agent.Premain";
    Path shadow = directory.resolve("shadow");
    EmptyPremain.write(shadow.resolve(name.replace('.', '/') + ".class"), name);
    Result result =
        Tool.run(
            new ProcessBuilder(
                jdk.java(),
                "-javaagent:" + Tool.AGENT + "=server=tls://localhost:1",
                "-cp",
                shadow + ":" + attacks,
                ATTACKS,
                "connect",
                "" + witness.port()),
            "");

    assertThat(witness.visits()).as(result.err()).isPositive();
  }
}
