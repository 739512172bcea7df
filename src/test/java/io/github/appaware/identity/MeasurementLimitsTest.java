package io.github.appaware.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.event.Origin;
import io.github.appaware.jvm.NativeText;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a class path names, measuring it ends soon and in little memory. */
@Timeout(300)
class MeasurementLimitsTest {
  private static final long GIB = 1L << 30;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"/proc", "/sys", "/proc/kmsg", "/proc/version", "/proc:/sys:/"})
  void filesThatTheKernelMakesUpAreNotRead(String path) throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "Linux");

    Target target = identify("-cp", path, "Main");

    String first = path.split(":", -1)[0];
    String type = first.substring(1, 4).equals("sys") ? "sysfs" : "proc";
    assertThat(target.application().sha256()).isEmpty();
    assertThat(target.notice())
        .isEqualTo(
            "`Main` has no SHA-256: `" + first + "` is in a pseudo file system (" + type + ")");
  }

  @Test
  void aLinkIntoAPseudoFileSystemIsNotFollowed() throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "Linux");
    Files.createSymbolicLink(directory.resolve("link"), Path.of("/proc/version"));

    assertThat(identify("-cp", directory.toString(), "Main").notice())
        .endsWith("link` is in a pseudo file system (proc)");
  }

  @Test
  void deviceFilesCountAsTheyAlwaysDid() throws Exception {
    Target target = identify("-cp", "/dev/null", "Main");

    assertThat(target.application().sha256()).hasSize(64);
    assertThat(target.notice()).isEmpty();
  }

  @Test
  void aSparseFileIsNotRead() throws Exception {
    Path file = sparse(directory.resolve("sparse"), 2048 * GIB);

    for (Target target :
        List.of(
            identify("-cp", file.toString(), "Main"),
            identify("-cp", directory.toString(), "Main"))) {
      assertThat(target.application().sha256()).isEmpty();
      assertThat(target.notice())
          .isEqualTo("`Main` has no SHA-256: its files have more than 16 GiB");
    }
    assertThat(CodeMeasurer.measure(file.toString()))
        .isEqualTo(new Origin.Source(file.toString(), "", ""));
  }

  @Test
  void severalFilesTogetherAreNotReadEither() throws Exception {
    Path jar = Samples.echoJar(directory.resolve("a.jar"));
    int size = (int) Files.size(jar);
    List<Path> twice = List.of(jar, jar);

    assertThat(PathDigest.of(twice, budget(2L * size, 2))).hasSize(32);
    assertThatThrownBy(() -> PathDigest.of(twice, budget(2L * size - 1, 2)))
        .isInstanceOf(UnhashableException.class)
        .hasMessage("its files have more than " + (2L * size - 1) + " bytes");
    assertThatThrownBy(() -> PathDigest.of(twice, budget(GIB, 1)))
        .isInstanceOf(UnhashableException.class)
        .hasMessage("there are more than 1 files");
  }

  @Test
  void directoriesThatLinksMultiplyAreNotListed() throws Exception {
    Path path = multiplied();

    assertThatThrownBy(() -> PathDigest.of(List.of(path), budget(GIB, 1_000)))
        .isInstanceOf(UnhashableException.class)
        .hasMessage("there are more than 1000 files");
  }

  @Test
  void aLinkInACircleIsNoReasonToHaveNoHash() throws Exception {
    Files.createSymbolicLink(directory.resolve("up"), directory);

    assertThat(identify("-cp", directory.toString(), "Main").application().sha256()).hasSize(64);
  }

  @Test
  void readingEndsWhenItTakesTooLong() throws Exception {
    Path jar = Samples.echoJar(directory.resolve("a.jar"));
    AtomicLong now = new AtomicLong();
    ReadBudget budget = new ReadBudget(ReadBudget.WHILE_RUNNING, GIB, 9, now::get);
    assertThat(PathDigest.of(List.of(jar), budget)).hasSize(32);

    now.set(Duration.ofSeconds(20).toNanos() + 1);

    assertThatThrownBy(() -> PathDigest.of(List.of(jar), budget))
        .isInstanceOf(UnhashableException.class)
        .hasMessage("reading its files took longer than 20 s");
  }

  @Test
  void aJarOfManyEntriesIsRefused() throws Exception {
    for (Path jar : List.of(hugeDirectory(), hugeDirectory64())) {
      String size = "the zip file's central directory has more than 64 MiB";

      assertThatThrownBy(() -> ZipFiles.open(jar).close())
          .isInstanceOf(UnhashableException.class)
          .hasMessage(size);
      assertThatThrownBy(() -> identify("-jar", jar.toString()))
          .isInstanceOf(TargetException.class)
          .hasMessageEndingWith(size);
    }
  }

  @Test
  void aLargeJarIsReadLikeASmallOne() throws Exception {
    Path small = Samples.jar(directory.resolve("small.jar"), Map.of("a", Samples.bytes("b")));
    Path large = sparse(directory.resolve("large.jar"), 70 << 20);
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.seek(file.length());
      file.write(Files.readAllBytes(small));
    }

    try (var zip = ZipFiles.open(large)) {
      assertThat(zip.getEntry("a")).isNotNull();
    }
  }

  @Test
  void allOfThisFitsIntoASmallHeap() throws Exception {
    String sparse = sparse(directory.resolve("sparse"), 2048 * GIB).toString();

    Process process =
        new ProcessBuilder(
                Samples.JAVA.toString(),
                "-Xmx64m",
                "-cp",
                String.join(
                    File.pathSeparator,
                    location(MeasuredPaths.class),
                    location(Identifier.class),
                    location(DigestUtils.class)),
                MeasuredPaths.class.getName(),
                String.join(File.pathSeparator, "/proc", "/sys", "/"),
                sparse,
                multiplied().toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), NativeText.CHARSET);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output.lines())
        .containsExactly(
            "`Main` has no SHA-256: `/proc` is in a pseudo file system (proc)",
            "`Main` has no SHA-256: its files have more than 16 GiB",
            "`Main` has no SHA-256: there are more than 100000 files");
  }

  private static String location(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  private Target identify(String... arguments) throws TargetException {
    return MeasuredPaths.identify(directory, arguments);
  }

  private static ReadBudget budget(long bytes, int files) {
    return new ReadBudget(ReadBudget.BEFORE_START, bytes, files, System::nanoTime);
  }

  private static Path sparse(Path file, long size) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.setLength(size);
    }
    return file;
  }

  /** 17 directories, each of which links twice to the next one: 262,143 by their paths. */
  private Path multiplied() throws IOException {
    Path root = directory.resolve("links");
    for (int level = 0; level <= 17; level++) {
      Path each = Files.createDirectories(root.resolve("level" + level));
      if (level > 0) {
        Path previous = root.resolve("level" + (level - 1));
        Files.createSymbolicLink(previous.resolve("a"), each);
        Files.createSymbolicLink(previous.resolve("b"), each);
      }
    }
    return root.resolve("level0");
  }

  /** A sparse file whose end record claims a directory of 1 GiB. */
  private Path hugeDirectory() throws IOException {
    Path jar = sparse(directory.resolve("huge.jar"), GIB);
    append(jar, end((int) GIB));
    return jar;
  }

  private Path hugeDirectory64() throws IOException {
    Path jar = sparse(directory.resolve("huge64.jar"), GIB);
    ByteBuffer end64 = ByteBuffer.allocate(56).order(ByteOrder.LITTLE_ENDIAN);
    end64.putInt(0, 0x06064b50).putLong(4, 44).putLong(40, GIB);
    ByteBuffer locator = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
    locator.putInt(0, 0x07064b50).putLong(8, GIB).putInt(16, 1);
    append(jar, end64.array());
    append(jar, locator.array());
    append(jar, end(-1));
    return jar;
  }

  private static byte[] end(int size) {
    ByteBuffer end = ByteBuffer.allocate(22).order(ByteOrder.LITTLE_ENDIAN);
    return end.putInt(0, 0x06054b50).putInt(12, size).array();
  }

  private static void append(Path file, byte[] bytes) throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.seek(out.length());
      out.write(bytes);
    }
  }
}
