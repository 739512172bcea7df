package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.target.Kid;
import io.github.appaware.target.Steps;
import io.github.appaware.testkit.Digest;
import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Listener;
import io.github.appaware.testkit.Programs;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Dialog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a program inside a run gives its children: options that are not harmless, however written.
 */
class InjectedIT {
  @TempDir Path directory;
  private Path kid;
  private Path billing;

  static Stream<Jdk> jdks() {
    return Jdk.all();
  }

  @BeforeEach
  void prepare() throws IOException {
    kid = Programs.jar(directory.resolve("kid.jar"), Kid.class, Kid.class);
    billing = Programs.jar(directory.resolve("billing.jar"), Steps.class);
    write("hosts", "127.0.0.1 vendor.example");
    write("hosts.args", "-Xmx64m\n'-Djdk.net.'hosts.\"file=hosts\"");
    write("hosts.vm", "-Xmx64m \"-Djdk.net\".hosts.'file'=hosts");
    write("agent.args", "\"-javaagent:\\\n   kid.jar\"");
    write("flags", "+UseSerialGC OnOutOfMemory'Error'=ls");
    write("harmless.args", "-Xmx64m -ea '-Dx=-javaagent:kid.jar' # -javaagent:kid.jar\n");
    write("harmless.vm", "-Dy='-Djdk.net.hosts.file=hosts' -XX:+UseSerialGC");
    write("harmless.flags", "# OnError=ls\nMaxHeapSize=64M");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(directory.resolve(name), text);
  }

  private Dialog talk(Jdk jdk, String blind) throws IOException {
    return new Tool(directory)
        .talk(
            "run",
            "-q",
            "--blind",
            blind,
            "-p",
            "p.toml",
            "--log",
            "e.jsonl",
            "--",
            jdk.java(),
            "-jar",
            kid.toString());
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void anOptionThatIsNotHarmlessIsABlindEventHoweverItIsWritten(Jdk jdk) throws Exception {
    write("p.toml", "version = 1\n[default]\nunknown = 'allow'\n");
    List<String> lines = new ArrayList<>();
    for (String options :
        List.of(
            "-Djdk.net.hosts.file=hosts",
            "@hosts.args",
            "JAVA_TOOL_OPTIONS='-Djdk.net.'hosts.\"file=hosts\"",
            "_JAVA_OPTIONS=-Xmx64m -D\"jdk.net.hosts.\"file=hosts",
            "JDK_JAVA_OPTIONS=-Djdk'.net.hosts.'file=hosts",
            "JDK_JAVA_OPTIONS=@hosts.args",
            "-XX:VMOptionsFile=hosts.vm",
            "JAVA_TOOL_OPTIONS=-XX:VM'Options'File=hosts.vm",
            "-XX:Flags=flags",
            "JAVA_TOOL_OPTIONS=-XX:'Flags='flags",
            "-XX:OnOutOfMemoryError=ls",
            "-XX:OnError=ls",
            "@agent.args",
            "-javaagent:kid.jar",
            "-agentlib:instrument=kid.jar",
            "JAVA_TOOL_OPTIONS=-java'agent:kid'.jar",
            "-XXaltjvm=server",
            "JDK_ALTERNATE_VM=server",
            "--add-opens\tjava.base/java.lang=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "JDK_JAVA_OPTIONS=--patch-mod'ule' java.base=none",
            "--upgrade-module-path\tnone",
            "-p\tnone",
            "-Xbootclasspath/a:none",
            "-Djava.home=/tmp",
            "-Duser.dir=/tmp",
            "-Djava.system.class.loader=X",
            "-Djava.nio.file.spi.DefaultFileSystemProvider=X",
            "-XX:SharedArchiveFile=none",
            "-Xverify:none",
            "-XX:+UnlockExperimentalVMOptions\t-XX:+EnableJVMCI",
            "-Dcom.sun.management.jmxremote",
            "-XX:+NoSuchFlag",
            "@missing")) {
      lines.add(options);
    }
    // The JVM reads these files itself, after the check.
    lines.add("-XX:VMOptionsFile=harmless.vm");
    lines.add("-XX:Flags=harmless.flags");
    try (Dialog dialog = talk(jdk, "deny")) {
      for (String line : lines) {
        assertThat(dialog.say(line + "\t-cp\tkid.jar\t-version"))
            .as(line)
            .startsWith("java.io.IOException: Cannot run program")
            .contains("appaware: blind process ", " denied by option --blind");
      }
      assertThat(dialog.say("-jar\tbilling.jar\t-javaagent:kid.jar")).startsWith("ended 0: ");
      for (String line :
          List.of(
              "@harmless.args",
              "JAVA_TOOL_OPTIONS='-Dx=--patch-module' -Xss1m",
              "JDK_JAVA_OPTIONS=@harmless.args",
              "-server\t-Djava.awt.headless=true\t-Xlog:gc:stderr")) {
        assertThat(dialog.say(line + "\t-jar\tbilling.jar")).as(line).startsWith("ended 0: ");
      }
    }
    assertThat(
            Files.readAllLines(directory.resolve("e.jsonl")).stream()
                .filter(line -> line.contains("\"event\":\"blind\"")))
        .hasSize(lines.size());
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aPinnedIdDoesNotApplyWhereCodeIsInjected(Jdk jdk) throws Exception {
    write(
        "p.toml",
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
        [[rule]]
        action = 'allow'
        host = 'vendor.example'
        """
            .formatted(Digest.sha256(billing)));
    try (Listener listener = new Listener();
        Dialog dialog = talk(jdk, "allow")) {
      String connect = "\t-jar\tbilling.jar\tconnect 127.0.0.1 " + listener.port();
      for (String options : List.of("-Xmx64m", "@harmless.args", "JAVA_TOOL_OPTIONS=-Dx='a b'")) {
        assertThat(dialog.say(options + connect)).as(options).contains("connected");
      }
      assertThat(listener.connections()).isEqualTo(3);
      for (String options :
          List.of(
              "-javaagent:kid.jar",
              "@agent.args",
              "JAVA_TOOL_OPTIONS=-java'agent:kid'.jar",
              "_JAVA_OPTIONS='-agentlib:'\"instrument=kid.jar\"",
              "JDK_JAVA_OPTIONS=@agent.args",
              "@hosts.args",
              "-XX:VMOptionsFile=hosts.vm",
              "-Xbootclasspath/a:kid.jar",
              "HOSTALIASES=hosts")) {
        assertThat(dialog.say(options + connect))
            .as(options)
            .contains("denied by default, no rule matches");
      }
      String named = connect.replace("127.0.0.1", "vendor.example");
      for (String options :
          List.of("@hosts.args", "JAVA_TOOL_OPTIONS=-Djdk.net.hosts.file=hosts", "HOSTALIASES=x")) {
        assertThat(dialog.say(options + named))
            .as(options)
            .contains("resolve vendor.example denied by default, no rule matches");
      }
      String byProperty = "-cp\tbilling.jar\t" + Steps.class.getName() + "\thosts hosts\tconnect ";
      assertThat(dialog.say(byProperty + "vendor.example " + listener.port()))
          .contains("connect tcp to 127.0.0.1:" + listener.port() + " denied by default");
      assertThat(listener.connections()).isZero();
      dialog.end();
      assertThat(dialog.err())
          .contains(
              "`billing.jar` has no SHA-256: `-javaagent:kid.jar` injects code",
              ": `-javaagent:kid.jar` in `JDK_JAVA_OPTIONS` injects code",
              ": `-javaagent:kid.jar` in `JAVA_TOOL_OPTIONS` injects code",
              ": `-agentlib:instrument=kid.jar` in `_JAVA_OPTIONS` injects code",
              ": `-Djdk.net.hosts.file=hosts` changes what names resolve to",
              ": `-Djdk.net.hosts.file=hosts` in `hosts.vm` changes what names resolve to",
              ": `-Xbootclasspath/a:kid.jar` replaces classes",
              ": `HOSTALIASES=hosts` changes what names resolve to");
    }
  }
}
