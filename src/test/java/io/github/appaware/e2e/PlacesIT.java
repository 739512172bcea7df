package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.testkit.Jdk;
import io.github.appaware.testkit.Json;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Directories, variables and locales in which the tool works, or says what to change. */
@ExtendWith(ToolExtension.class)
class PlacesIT {
  @TempDir Path directory;
  private Tool tool;

  /** Runs a shell command in the tool's surroundings; {@code $1} is the launcher script. */
  private Result shell(String command) throws Exception {
    ProcessBuilder builder = tool.builder();
    builder.command("/bin/sh", "-c", command, "sh", Tool.SCRIPT.toString());
    return Tool.run(builder, "");
  }

  @Test
  void aWorkingDirectoryThatIsGoneIsNamed() throws Exception {
    Result result = shell("mkdir gone; cd gone; rmdir ../gone; exec \"$1\" --version 2>&1");

    assertThat(result.status()).isEqualTo(125);
    assertThat(result.out())
        .endsWith(
            """
            appaware: the working directory does not exist any more
              help: change to one that does: cd
            """);
  }

  @Test
  void theJavaIsFoundByNameAndAMissingOneIsNamed() throws Exception {
    String found = "PATH=" + Path.of(Jdk.running().java()).getParent() + ":$PATH; ";

    Result byName = shell(found + "APPAWARE_JAVA=java \"$1\" --version");
    assertThat(byName.out()).as(byName.err()).startsWith("appaware 0.1.0\n");
    assertThat(shell("APPAWARE_JAVA=no-such-java \"$1\" --version").err())
        .isEqualTo(
            """
            appaware: there is no `no-such-java`, which APPAWARE_JAVA names
              help: set APPAWARE_JAVA to the bin/java of a JDK of 17 or later
            """);

    Result without = shell(found + "JAVA_HOME=/none \"$1\" --version");
    assertThat(without.out()).startsWith("appaware 0.1.0\n");
    assertThat(without.err())
        .isEqualTo(
            "appaware: there is no bin/java in JAVA_HOME (`/none`): using the one on the PATH\n");
  }

  @Test
  void lettersThatTheLocaleLacksAreRefusedWithTheLocaleToSet() throws Exception {
    Files.createDirectory(directory.resolve("dir"));
    String accented = "n=$(printf 'caf\\303\\251'); mv dir \"$n\"; ";

    Result argument = shell(accented + "LC_ALL=C \"$1\" identify \"$n/app.jar\"");
    assertThat(argument.status()).isEqualTo(125);
    assertThat(argument.err())
        .startsWith("appaware: the argument `caf")
        .endsWith(" lacks\n  help: set a locale with UTF-8: LC_ALL=C.UTF-8\n");

    Result place = shell("cd caf*; LC_ALL=C \"$1\" --version");
    assertThat(place.status()).isEqualTo(125);
    assertThat(place.err()).startsWith("appaware: the path `").contains("LC_ALL=C.UTF-8");
    assertThat(shell("cd caf*; LC_ALL=C.UTF-8 \"$1\" --version").status()).isZero();
  }

  @Test
  void temporaryFilesAreWhereTheUserSaysAndAPlaceThatIsNoGoodIsNamed() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");

    Result demo = tool.with("TMPDIR", file.toString()).run("demo");
    assertThat(demo.status()).isEqualTo(125);
    assertThat(demo.err())
        .startsWith("appaware: no temporary files in " + file + ": ")
        .endsWith("  help: set TMPDIR to a directory that you can write, with free space\n");

    Result doctor = tool.run("doctor", "--json");
    assertThat(doctor.status()).isOne();
    assertThat(doctor.out().lines()).allMatch(Json::isObject);
    assertThat(doctor.out())
        .contains("{\"level\":\"fail\",\"finding\":\"no temporary files in " + file + ": ");

    Path own = Files.createDirectory(directory.resolve("it's own"));
    assertThat(tool.with("TMPDIR", own.toString()).run("doctor").out())
        .contains("ok    temporary files can be kept in " + own + "\n");
    assertThat(own).isEmptyDirectory();
  }

  @Test
  void aFullCacheIsTold() throws Exception {
    Path cache = Files.createDirectory(directory.resolve("cache"));
    ProcessBuilder builder = tool.builder();
    builder.command(
        "unshare",
        "-m",
        "sh",
        "-c",
        "mount -t tmpfs -o size=64k none \"$1\" && XDG_CACHE_HOME=$1 TMPDIR=/none \"$2\" doctor",
        "sh",
        cache.toString(),
        Tool.SCRIPT.toString());
    Result result = Tool.run(builder, "");
    assumeTrue(!result.out().isEmpty(), "no mount namespace: " + result.err());

    assertThat(result.out())
        .contains("FAIL  hooks can't be kept in " + cache + "/appaware/woven: No space left")
        .contains("-> make it writable, with 16 MB of free space, or set XDG_CACHE_HOME");
  }

  /** A checkout with a quote in its path, in which a stand-in for Maven builds the jars. */
  private Path checkout(String build) throws IOException {
    Path checkout = Files.createDirectories(directory.resolve("it's mine"));
    Files.writeString(checkout.resolve("pom.xml"), "");
    Path script = Files.createDirectories(checkout.resolve("launcher-scripts"));
    Files.copy(
        Tool.SCRIPT,
        script.resolve("appaware"),
        StandardCopyOption.COPY_ATTRIBUTES,
        StandardCopyOption.REPLACE_EXISTING);
    Path bin = Files.createDirectories(directory.resolve("bin"));
    Path maven = Files.writeString(bin.resolve("mvn"), "#!/bin/sh\n" + build);
    assertThat(maven.toFile().setExecutable(true)).isTrue();
    tool.with("PATH", bin + File.pathSeparator + System.getenv("PATH"));
    tool.with("TMPDIR", Files.createDirectories(directory.resolve("tmp")).toString());
    return script.resolve("appaware");
  }

  private Process start(Path script, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = tool.builder();
    return builder
        .command(command)
        .redirectError(directory.resolve("err").toFile())
        .redirectOutput(directory.resolve("out").toFile())
        .start();
  }

  @Test
  void theFirstRunInACheckoutBuildsTheToolWithoutItsTestsAndShowsProgress() throws Exception {
    Path script =
        checkout(
            """
            echo "$@" > arguments
            echo "[INFO] --- compiler:3.14.0:compile (default-compile) @ appaware ---"
            echo "[INFO] --- jar:3.4.2:jar (default-jar) @ appaware ---"
            mkdir -p target && cp '%s' '%s' target
            """
                .formatted(Tool.JAR, Tool.AGENT));
    Process process = start(script, "demo");

    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    String err = Files.readString(directory.resolve("err"));
    assertThat(process.exitValue()).as(err).isZero();
    assertThat(err)
        .contains("building the tool, once (a few minutes when Maven's cache is empty)\n..\n");
    assertThat(directory.resolve("it's mine/arguments"))
        .hasContent("-B -Dmaven.test.skip=true package");
    assertThat(directory.resolve("tmp")).isEmptyDirectory();
  }

  @Test
  void aBuildThatFailsOrIsInterruptedLeavesNothingBehind() throws Exception {
    String half =
        "mkdir -p target && echo half > target/appaware.jar && cp target/appaware.jar"
            + " target/appaware-agent.jar\n";
    Path script = checkout(half + "echo '[ERROR] no such symbol'; exit 1\n");
    Process failed = start(script, "--version");
    assertThat(failed.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(failed.exitValue()).isEqualTo(125);
    assertThat(Files.readString(directory.resolve("err")))
        .contains("[ERROR] no such symbol\n")
        .endsWith("help: see the messages above; `mvn package` in the checkout tries again\n");
    assertThat(directory.resolve("it's mine/target")).isEmptyDirectory();
    assertThat(directory.resolve("tmp")).isEmptyDirectory();

    // As Ctrl-C does: to all processes of the group. What starts the tests may ignore it.
    Path again = checkout(half + "kill -INT 0; exec sleep 1000\n");
    Path env = Path.of("/usr/bin/env");
    Process interrupted =
        start(env, "--default-signal=INT", "setsid", "-w", again.toString(), "--version");
    assertThat(interrupted.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(interrupted.exitValue()).isEqualTo(125);
    assertThat(directory.resolve("it's mine/target")).isEmptyDirectory();
    assertThat(directory.resolve("tmp")).isEmptyDirectory();
  }
}
