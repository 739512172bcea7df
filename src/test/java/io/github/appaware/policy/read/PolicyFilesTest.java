package io.github.appaware.policy.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.event.Origin;
import io.github.appaware.policy.Fixtures;
import io.github.appaware.policy.engine.Policy;
import io.github.appaware.policy.model.Action;
import io.github.appaware.policy.model.PolicyException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFilesTest {
  @TempDir Path dir;

  @Test
  void noFilesAreThePolicyOfDefaults() throws PolicyException {
    assertThat(PolicyReader.read(List.of()).unknown()).isEqualTo(Action.ASK);
  }

  @Test
  void filesAreMerged() throws Exception {
    Path a = write("a.toml", "version = 1\n[[rule]]\naction = 'deny'\napp = 'x'\n");
    Path b =
        write("b.toml", "version = 1\n[default]\nunknown = 'allow'\n[[app]]\nid='x'\nfile='x'\n");
    Policy policy = PolicyReader.read(List.of(a, b));
    assertThat(policy.unknown()).isEqualTo(Action.ALLOW);
    assertThat(policy.rules().get(0).at()).isEqualTo(a + ":2");
    assertThat(policy.apps().get(0).at()).isEqualTo(b + ":4");
  }

  @Test
  void theSameDefaultInSeveralFilesIsFineAndTheFirstGivesTheReason() throws Exception {
    Path a = write("a.toml", "version = 1\n[default]\nunknown = 'deny'\nask-timeout = '1m'\n");
    Path b = write("b.toml", "version = 1\n\n[default]\nunknown = 'deny'\nask-timeout = '60s'\n");
    Policy policy = PolicyReader.read(List.of(a, b));
    assertThat(
            policy
                .decide(Fixtures.APP, Fixtures.resolve("a"), Origin.UNKNOWN, Fixtures.NOW)
                .reason()
                .at())
        .isEqualTo(a + ":3");
  }

  @Test
  void differentDefaultsAreAProblemOfTheSecondFile() throws Exception {
    Path a = write("a.toml", "version = 1\n[default]\nunknown = 'deny'\nask-timeout = '90s'\n");
    Path b = write("b.toml", "version = 1\n[default]\nunknown = 'ask'\nask-timeout = '60s'\n");
    assertProblems(
        List.of(a, b),
        b + ":3:1: `unknown` is already set to `deny` in " + a + ":3\n  help: keep one of them",
        b + ":4:1: `ask-timeout` is already set to `90s` in " + a + ":4\n  help: keep one of them");
  }

  @Test
  void idsAreUniqueOverAllFiles() throws Exception {
    String app = "[[app]]\nid = 'x'\nfile = 'x'\n";
    Path a = write("a.toml", "version = 1\n[[rule]]\nid = 'x'\naction = 'deny'\n" + app);
    Path b = write("b.toml", "version = 1\n[[rule]]\nid = 'x'\naction = 'deny'\n" + app);
    String help = "\n  help: ids are unique over all files";
    assertProblems(
        List.of(a, b),
        b + ":3:1: `x` is already the id of the rule in " + a + ":3" + help,
        b + ":6:1: `x` is already the id of the app in " + a + ":6" + help);
  }

  @Test
  void allProblemsOfAllFilesComeAtOnceInTheirOrder() throws Exception {
    Path a = write("z.toml", "version = 2\n[[rule]]\naction = 'deny'\napp = 'y'\n");
    Path b = write("b.toml", "version = 1\n[[rule]]\n[[app]]\nid = 'x'\nfile = 'x'\n");
    assertProblems(
        List.of(a, b),
        a
            + ":1:1: version 2 is not supported by this version of appaware\n"
            + "  help: write `version = 1`",
        b
            + ":2:1: `action` is missing\n"
            + "  help: write `action = \"allow\"`, `\"deny\"` or `\"ask\"`");
  }

  @Test
  void aFileThatCannotBeReadSaysWhy() throws Exception {
    Path notUtf8 = dir.resolve("latin.toml");
    Files.write(notUtf8, "version = 1 # \u00fc".getBytes(StandardCharsets.ISO_8859_1));
    Path cut = dir.resolve("cut.toml");
    Files.write(cut, new byte[] {'#', (byte) 0xc3});
    assertProblems(
        List.of(Path.of("no/such.toml"), dir, notUtf8, cut),
        "no/such.toml: no such file\n  help: relative names start from the working directory",
        dir + ": is a directory",
        notUtf8 + ": not UTF-8\n  help: the first bad byte is byte 15 of the file",
        cut + ": not UTF-8\n  help: the first bad byte is byte 2 of the file");
  }

  @Test
  void whatIsNoFileIsRefusedInsteadOfWaitedFor() {
    assertProblems(
        List.of(Path.of("/dev/null")),
        "/dev/null: not a regular file\n  help: write the policy to a file, not to a pipe");
    assumeTrue(Files.exists(Path.of("/proc/self/maps")), "no /proc");
    assertProblems(
        List.of(Path.of("/proc/self/maps")),
        "/proc/self/maps: a file of the kernel, which may have no end\n"
            + "  help: write the policy to a file on a disk");
  }

  @Test
  void aFileOver16MebibytesIsRefused() throws Exception {
    Path large = dir.resolve("large.toml");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength((16 << 20) + 1);
    }
    assertProblems(List.of(large), large + ": larger than 16 MiB");
  }

  @Test
  void aFileWithoutPermissionIsRefused() throws Exception {
    Path secret = write("secret.toml", "version = 1");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(secret), "the superuser reads everything");
    assertProblems(List.of(secret), secret + ": permission denied");
  }

  @Test
  void aFileWhoseReadingFailsSaysHow() throws Exception {
    Path loop = dir.resolve("loop.toml");
    Files.createSymbolicLink(loop, loop);
    assertProblems(
        List.of(loop),
        loop
            + ": can't be read: "
            + loop
            + ": Too many levels of symbolic links or unable to access attributes of symbolic"
            + " link");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(dir.resolve(name), text);
  }

  private static void assertProblems(List<Path> files, String... problems) {
    assertThatThrownBy(() -> PolicyReader.read(files))
        .isInstanceOf(PolicyException.class)
        .hasMessage(String.join("\n", problems));
  }
}
