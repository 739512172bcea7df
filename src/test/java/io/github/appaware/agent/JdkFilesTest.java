package io.github.appaware.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkFilesTest {
  @TempDir Path directory;

  private static Path library() {
    return Path.of(System.getProperty("java.home"), "lib", "libnet.so");
  }

  @Test
  void aJdkThatIsOlderThanTheRunIsWhatItWas() {
    JdkFiles jdk = new JdkFiles(System.currentTimeMillis());

    assertThat(jdk.areChanged()).isFalse();
    assertThat(jdk.isChanged(library())).isFalse();
  }

  @Test
  void whatWasWrittenSinceTheRunBeganIsNot() throws Exception {
    JdkFiles before = new JdkFiles(0);
    assertThat(before.areChanged()).isTrue();
    assertThat(before.isChanged(library())).isTrue();

    Path library = Files.createFile(directory.resolve("libnet.so"));
    JdkFiles earlier = new JdkFiles(System.currentTimeMillis() - 60_000);
    Files.setLastModifiedTime(library, FileTime.fromMillis(0));
    assertThat(earlier.isChanged(library)).as("whatever time a program sets").isTrue();
    assertThat(earlier.isChanged(directory.resolve("none"))).isTrue();
  }
}
