package io.github.appaware.policy.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileEditTest {
  @TempDir Path dir;
  private Path file;

  @BeforeEach
  void prepare() throws IOException {
    file = Files.writeString(dir.resolve("p.toml"), "old\n");
  }

  @Test
  void permissionsStay() throws Exception {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw---x"));

    AtomicFileEdit.edit(file, text -> text + "new\n");

    assertThat(file).hasContent("old\nnew\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-rw---x");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(lock())))
        .isEqualTo("rw-rw----");
    assertThat(left()).containsExactly(".p.toml.lock", "p.toml");
  }

  @Test
  void linksStayAndWhatTheyLeadToIsReplacedInItsOwnDirectory() throws Exception {
    Path elsewhere = Files.createDirectory(dir.resolve("elsewhere"));
    Path middle = Files.createSymbolicLink(elsewhere.resolve("middle"), Path.of("../p.toml"));
    Path link = Files.createSymbolicLink(dir.resolve("link"), Path.of("elsewhere/middle"));

    AtomicFileEdit.edit(link, text -> text + "new\n");

    assertThat(file).hasContent("old\nnew\n");
    assertThat(file).isRegularFile();
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(Files.isSymbolicLink(middle)).isTrue();
    assertThat(left()).containsExactly(".p.toml.lock", "elsewhere", "link", "p.toml");
  }

  @Test
  void aLinkToNothingMakesWhatItNames() throws Exception {
    Path link = Files.createSymbolicLink(dir.resolve("link"), Path.of("sub/none.toml"));

    AtomicFileEdit.edit(link, text -> text == null ? "new\n" : "wrong");

    assertThat(dir.resolve("sub/none.toml")).hasContent("new\n");
    assertThat(Files.isSymbolicLink(link)).isTrue();
  }

  @Test
  void linksInACircleAreRefused() throws Exception {
    Path a = Files.createSymbolicLink(dir.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(dir.resolve("b"), Path.of("a"));

    assertRefused(a, "`" + a + "` can't be written: too many symbolic links");
  }

  @Test
  void whatIsNoFileIsRefused() {
    assertRefused(dir, "`" + dir + "` is a directory");
    assertRefused(Path.of("/dev/null"), "/dev/null: not a regular file");
  }

  @Test
  void aReadOnlyFileIsRefusedEvenForTheSuperuser() throws Exception {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));

    assertRefused(file, "`" + file + "` is read-only");
    assertThat(file).hasContent("old\n");
  }

  @Test
  void whatAnEditorSavesInBetweenIsNotLost() throws Exception {
    AtomicInteger calls = new AtomicInteger();

    AtomicFileEdit.edit(
        file,
        text -> {
          if (calls.incrementAndGet() == 1) {
            save(text + "in place\n");
          } else if (calls.get() == 2) {
            replace(text + "replaced\n");
          }
          return text + "new\n";
        });

    assertThat(calls).hasValue(3);
    assertThat(file).hasContent("old\nin place\nreplaced\nnew\n");
    assertThat(left()).containsExactly(".p.toml.lock", "p.toml");
  }

  @Test
  void aFileThatIsHalfWrittenIsLookedAtOnceMore() throws Exception {
    AtomicInteger calls = new AtomicInteger();

    AtomicFileEdit.edit(
        file,
        text -> {
          if (calls.incrementAndGet() == 1) {
            save("whole\n");
            throw new EditException("half", "");
          }
          return text + "new\n";
        });

    assertThat(file).hasContent("whole\nnew\n");
  }

  @Test
  void aFileThatIsWrittenAllTheTimeIsGivenUp() {
    assertThatThrownBy(
            () ->
                AtomicFileEdit.edit(
                    file,
                    text -> {
                      save(text + "x");
                      return text + "new\n";
                    }))
        .isInstanceOf(EditException.class)
        .hasMessage("`" + file + "` keeps changing");
  }

  @Test
  void temporaryFilesOfTheDeadAreSweptAndOthersAreNot() throws Exception {
    Files.writeString(dir.resolve(".p.toml.0123abcd.tmp"), "x");
    Files.writeString(dir.resolve(".p.toml.mine.tmp"), "x");
    Files.writeString(dir.resolve(".q.toml.0123abcd.tmp"), "x");

    AtomicFileEdit.edit(file, text -> text);

    assertThat(left())
        .containsExactly(".p.toml.lock", ".p.toml.mine.tmp", ".q.toml.0123abcd.tmp", "p.toml");
  }

  @Test
  void aFileThatNobodyCouldReadIsNotWritten() {
    assertThatThrownBy(() -> AtomicFileEdit.edit(file, text -> "x".repeat((16 << 20) + 1)))
        .isInstanceOf(EditException.class)
        .hasMessage("`" + file + "` would not be read: larger than 16 MiB");
    assertThat(file).hasContent("old\n");
  }

  @Test
  void aLockFileThatIsALinkIsNotFollowed() throws Exception {
    Path victim = Files.writeString(dir.resolve("victim"), "x");
    Files.createSymbolicLink(lock(), victim);

    assertThatThrownBy(() -> AtomicFileEdit.edit(file, text -> "new"))
        .isInstanceOf(EditException.class)
        .hasMessageStartingWith("`" + file + "` can't be written: ");
    assertThat(file).hasContent("old\n");
  }

  @Test
  void threadsWaitForEachOther() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      List<Future<Void>> all = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String line = "line " + i + "\n";
        all.add(
            pool.submit(
                () -> {
                  AtomicFileEdit.edit(file, text -> text + line);
                  return null;
                }));
      }
      for (Future<Void> each : all) {
        each.get();
      }
    } finally {
      pool.shutdown();
    }
    assertThat(Files.readAllLines(file)).hasSize(41).doesNotHaveDuplicates();
  }

  private void assertRefused(Path path, String message) {
    assertThatThrownBy(() -> AtomicFileEdit.edit(path, text -> "new\n"))
        .isInstanceOf(EditException.class)
        .hasMessage(message);
  }

  private void save(String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void replace(String text) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    save(text);
  }

  private Path lock() {
    return dir.resolve(".p.toml.lock");
  }

  private List<String> left() throws IOException {
    try (Stream<Path> all = Files.list(dir)) {
      return all.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }
}
