package io.github.appaware.policy.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.policy.model.Rule;
import io.github.appaware.policy.read.PolicyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the system refuses to a process is told, and leaves the file whole. */
class AnswersRefusedTest {
  private static final String HEAD = "# mine\nversion = 1\n";

  @TempDir Path dir;

  private record Result(int status, List<String> saved, String err) {}

  @Test
  void aFullDiskLosesNothing() throws Exception {
    assumeTrue(run(List.of("unshare", "-rm", "true")).status() == 0, "there are no namespaces");
    Path out = dir.resolve("copy");
    String script =
        "mount -t tmpfs -o size=48k none \"$1\" && cd \"$1\" && shift && printf '%b' \"$1\" > p.toml"
            + " && shift && \"$@\"; status=$?; ls -A; cp p.toml ../copy; exit $status";
    Path disk = Files.createDirectory(dir.resolve("disk"));
    List<String> command = new ArrayList<>(List.of("unshare", "-rm", "sh", "-c", script, "sh"));
    command.addAll(List.of(disk.toString(), HEAD.replace("\n", "\\n")));
    command.addAll(saving(Path.of("p.toml"), 10_000));

    Result result = run(command);

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).isEqualTo("`p.toml` can't be written: no space left on device\n");
    assertThat(result.saved()).endsWith(".p.toml.lock", "p.toml");
    List<String> saved = result.saved().subList(0, result.saved().size() - 2);
    assertThat(saved).hasSizeGreaterThan(20);
    assertSaved(out, saved);
  }

  @Test
  void aFileThatGetsTooLargeLosesNothing() throws Exception {
    Path file = Files.writeString(dir.resolve("p.toml"), HEAD);
    List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -f 8; exec \"$@\"", "sh"));
    command.addAll(saving(file, 10_000));

    Result result = run(command);

    assertThat(result.err()).isEqualTo("`" + file + "` can't be written: file too large\n");
    assertThat(result.saved()).hasSizeGreaterThan(5);
    assertSaved(file, result.saved());
    assertThat(left()).containsExactly(".p.toml.lock", "p.toml");
  }

  @Test
  void aDirectoryWithoutPermissionIsNamed() throws Exception {
    Path sub = Files.createDirectory(dir.resolve("sub"));
    Path file = Files.writeString(sub.resolve("p.toml"), HEAD);
    Files.setPosixFilePermissions(sub, PosixFilePermissions.fromString("r-x------"));
    try {
      Result result = run(ordinary(saving(file, 1)));

      assertThat(result)
          .isEqualTo(
              new Result(
                  1,
                  List.of(),
                  "`"
                      + file
                      + "` can't be written: no permission for `"
                      + sub
                      + "/.p.toml.lock`\n"));
      assertThat(Files.readString(file)).isEqualTo(HEAD);
    } finally {
      Files.setPosixFilePermissions(sub, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void aFileWithoutPermissionIsNamed() throws Exception {
    Path file = Files.writeString(dir.resolve("p.toml"), HEAD);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r---w----"));

    Result result = run(ordinary(saving(file, 1)));

    assertThat(result).isEqualTo(new Result(1, List.of(), "`" + file + "` is read-only\n"));
  }

  /** Without the superuser's capabilities, which pass over all permissions. */
  private static List<String> ordinary(List<String> command) {
    if (!System.getProperty("user.name").equals("root")) {
      return command;
    }
    List<String> all =
        new ArrayList<>(List.of("setpriv", "--inh-caps=-all", "--bounding-set=-all"));
    all.addAll(command);
    return all;
  }

  private static List<String> saving(Path file, int answers) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:-UsePerfData",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("java.class.path"),
        SavingProcess.class.getName(),
        file.toString(),
        "p",
        Integer.toString(answers));
  }

  private Result run(List<String> command) throws IOException, InterruptedException {
    Path err = Files.createTempFile("appaware-test", ".txt");
    try {
      Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
      List<String> out = process.inputReader().lines().toList();
      int status = process.waitFor();
      return new Result(status, out, Files.readString(err));
    } finally {
      Files.delete(err);
    }
  }

  private static void assertSaved(Path file, List<String> saved) throws Exception {
    assertThat(Files.readString(file)).startsWith(HEAD);
    assertThat(PolicyReader.read(List.of(file)).rules())
        .extracting(Rule::id)
        .containsExactlyElementsOf(saved);
  }

  private List<String> left() throws IOException {
    try (Stream<Path> all = Files.list(dir)) {
      return all.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }
}
