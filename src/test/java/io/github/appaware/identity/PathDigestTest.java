package io.github.appaware.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PathDigestTest {
  @TempDir Path directory;

  @Test
  void knowsThePublishedDigestsOfSha256() throws IOException {
    assertThat(Hashes.sha256(file("empty", ""), Samples.budget()))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(Hashes.sha256(file("abc", "abc"), Samples.budget()))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(Hashes.sha256(file("million", "a".repeat(1_000_000)), Samples.budget()))
        .isEqualTo("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  }

  /**
   * The definition once more, by hand: it must never change unnoticed, policies hold its results.
   */
  @Test
  void digestsWhatItsDefinitionSays() throws Exception {
    Path jar = file("a.jar", "abc");
    file("dir/b/c.txt", "one");
    file("dir/a.txt", "two");
    MessageDigest expected = MessageDigest.getInstance("SHA-256");
    expected.update(number(3));
    expected.update((byte) 'F');
    expected.update(Hashes.digest(jar, Samples.budget()));
    expected.update((byte) 'M');
    expected.update((byte) 'D');
    expected.update(number(2));
    expected.update(number(5));
    expected.update(Samples.bytes("a.txt"));
    expected.update((byte) 'F');
    expected.update(Hashes.digest(directory.resolve("dir/a.txt"), Samples.budget()));
    expected.update(number(7));
    expected.update(Samples.bytes("b/c.txt"));
    expected.update((byte) 'F');
    expected.update(Hashes.digest(directory.resolve("dir/b/c.txt"), Samples.budget()));

    assertThat(digest("a.jar", "missing", "dir")).isEqualTo(Hashes.hex(expected.digest()));
  }

  @Test
  void dependsOnOrderContentAndNames() throws IOException {
    file("a.jar", "one");
    file("b.jar", "two");
    Path member = file("dir/x/name", "content");
    String before = digest("a.jar", "b.jar", "dir");

    assertThat(digest("b.jar", "a.jar", "dir")).isNotEqualTo(before);
    assertThat(digest("a.jar", "dir")).isNotEqualTo(before);
    assertThat(digest("a.jar", "b.jar", "dir", "dir")).isNotEqualTo(before);
    Files.writeString(member, "contenT");
    assertThat(digest("a.jar", "b.jar", "dir")).isNotEqualTo(before);
    Files.writeString(member, "content");
    assertThat(digest("a.jar", "b.jar", "dir")).isEqualTo(before);
    Files.move(member, member.resolveSibling("other"));
    assertThat(digest("a.jar", "b.jar", "dir")).isNotEqualTo(before);
    file("dir/name", "content");
    Files.delete(member.resolveSibling("other"));
    assertThat(digest("a.jar", "b.jar", "dir")).isNotEqualTo(before);
  }

  @Test
  void doesNotDependOnWhereTheEntriesLie() throws IOException {
    file("one/a.jar", "x");
    file("one/dir/y", "y");
    file("two/b.jar", "x");
    file("two/other/y", "y");
    Files.createDirectories(directory.resolve("two/other/empty"));

    assertThat(digest("one/a.jar", "one/dir")).isEqualTo(digest("two/b.jar", "two/other"));
  }

  @Test
  void tellsMissingFromEmpty() throws IOException {
    file("empty", "");
    Files.createDirectories(directory.resolve("dir"));

    assertThat(List.of(digest(), digest("missing"), digest("empty"), digest("dir")))
        .doesNotHaveDuplicates();
  }

  @Test
  @Timeout(10)
  void survivesCirclesAndPipes() throws Exception {
    file("dir/a", "a");
    Files.createSymbolicLink(directory.resolve("dir/up"), directory);
    Files.createSymbolicLink(directory.resolve("dir/nowhere"), directory.resolve("missing"));
    String before = digest("dir");
    assertThat(
            new ProcessBuilder("mkfifo", directory.resolve("dir/pipe").toString())
                .start()
                .waitFor())
        .isZero();

    assertThat(digest("dir")).isNotEqualTo(before);
    assertThat(digest("dir/pipe")).isNotEqualTo(digest("missing"));
  }

  @Test
  void followsSymbolicLinksToFiles() throws IOException {
    Path real = file("real", "one");
    file("dir/a", "a");
    Files.createSymbolicLink(directory.resolve("dir/link"), real);
    String before = digest("dir");

    file("real", "two");

    assertThat(digest("dir")).isNotEqualTo(before);
  }

  @Test
  void countsAnUnreadableFileAsSuch() throws IOException {
    Path secret = file("dir/secret", "x");
    String before = digest("dir");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(secret), "root reads everything");

    assertThat(digest("dir")).isNotEqualTo(before);
  }

  private Path file(String name, String text) throws IOException {
    return Samples.write(directory.resolve(name), text);
  }

  private String digest(String... names) throws IOException {
    return Hashes.hex(
        PathDigest.of(List.of(names).stream().map(directory::resolve).toList(), Samples.budget()));
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }
}
