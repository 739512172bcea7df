package io.github.appaware.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.bridge.WovenClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class WovenStoreTest {
  private static final FileTime EARLIER = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

  @TempDir Path directory;

  private Path tool;
  private Path store;
  private WovenStore woven;

  @BeforeEach
  void open() throws IOException {
    tool = Files.writeString(directory.resolve("tool.jar"), "one build");
    store = directory.resolve("cache/woven");
    woven = new WovenStore(store, tool);
  }

  @ParameterizedTest
  @EnumSource
  void aJdkIsWovenOnceAndFoundAfterwards(Jdk jdk) throws IOException, WeavingException {
    Path file = woven.obtain(jdk.home());
    Files.setLastModifiedTime(file, EARLIER);

    assertThat(woven.obtain(jdk.home())).isEqualTo(file);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(EARLIER);
    assertThat(WovenClasses.of(Files.readAllBytes(file)).names()).isEqualTo(jdk.woven().names());
    assertThat(store)
        .isDirectoryNotContaining(each -> !each.equals(file) && !each.endsWith(".lock"));
  }

  @Test
  void theSameJdkIsWovenIntoTheSameBytes() throws IOException, WeavingException {
    Path home = Jdk.RUNNING.home();

    assertThat(WovenStore.weave(home)).isEqualTo(Files.readAllBytes(woven.obtain(home)));
    assertThat(woven.files()).containsExactly(woven.file(home));
  }

  @Test
  void aDamagedFileIsWovenAgain() throws IOException, WeavingException {
    Path home = Jdk.RUNNING.home();
    Path file = woven.obtain(home);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));

    assertThat(woven.obtain(home)).isEqualTo(file).hasBinaryContent(whole);
  }

  @Test
  void anotherBuildOfTheToolHasItsOwnFile() throws IOException, WeavingException {
    Path home = Jdk.RUNNING.home();
    Path first = woven.obtain(home);
    Files.writeString(tool, "another build");

    assertThat(woven.obtain(home)).isNotEqualTo(first).exists();
    assertThat(first).exists();
  }

  @Test
  void manyRunsAtOnceShareOneFile() throws Exception {
    Path home = Jdk.RUNNING.home();
    int runs = 4;
    CyclicBarrier together = new CyclicBarrier(runs);
    ExecutorService pool = Executors.newFixedThreadPool(runs);
    try {
      List<Future<Path>> files = new ArrayList<>();
      for (int i = 0; i < runs; i++) {
        files.add(
            pool.submit(
                () -> {
                  together.await();
                  return new WovenStore(store, tool).obtain(home);
                }));
      }
      Path file = files.get(0).get();
      for (Future<Path> each : files) {
        assertThat(each.get()).isEqualTo(file);
      }
      assertThat(file).hasBinaryContent(Jdk.RUNNING.woven().toBytes());
      assertThat(store)
          .isDirectoryNotContaining(each -> !each.equals(file) && !each.endsWith(".lock"));
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aBundleThatAnotherRunHasPutThereStaysTheFileThatItIs() throws Exception {
    Path home = Jdk.RUNNING.home();
    Path file = woven.obtain(home);
    Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    Path late = Files.copy(file, store.resolve("woven-late.tmp"));

    woven.publish(late, file);
    assertThat(Files.readAttributes(file, BasicFileAttributes.class).fileKey()).isEqualTo(key);

    Files.writeString(file, "damaged");
    woven.publish(late, file);
    assertThat(file).hasBinaryContent(Jdk.RUNNING.woven().toBytes());
  }

  @Test
  void aDirectoryThatIsNoJdkIsAnErrorAndLeavesNothing() {
    assertThatThrownBy(() -> woven.obtain(directory)).isInstanceOf(NoSuchFileException.class);
    assertThat(store).doesNotExist();
  }
}
