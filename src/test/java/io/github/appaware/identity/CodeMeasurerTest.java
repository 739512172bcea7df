package io.github.appaware.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Origin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeMeasurerTest {
  private static final String COORDINATES = "org.example:lib:1.2";

  @TempDir Path directory;
  private byte[] library;

  @BeforeEach
  void makeLibrary() throws IOException {
    library =
        zip(
            "META-INF/maven/org.example/lib/pom.properties",
            "groupId=org.example\nartifactId=lib\nversion=1.2\n"
                .getBytes(StandardCharsets.ISO_8859_1));
  }

  private static byte[] zip(String entry, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(content);
    }
    return bytes.toByteArray();
  }

  @Test
  void aJarHasAHashAndTheCoordinatesItClaims() throws IOException {
    String jar = Files.write(directory.resolve("lib.jar"), library).toString();

    assertThat(CodeMeasurer.measure(jar))
        .isEqualTo(new Origin.Source(jar, DigestUtils.sha256Hex(library), COORDINATES));
  }

  @Test
  void aJarInAJarIsMeasuredByItself() throws IOException {
    byte[] outer = zip("BOOT-INF/lib/lib-1.2.jar", library);
    String path = Files.write(directory.resolve("app.jar"), outer) + "!/BOOT-INF/lib/lib-1.2.jar";

    assertThat(CodeMeasurer.measure(path))
        .isEqualTo(new Origin.Source(path, DigestUtils.sha256Hex(library), COORDINATES));
  }

  @Test
  void whatIsNoZipHasAHashAlone() throws IOException {
    String file = Files.write(directory.resolve("x"), new byte[] {1}).toString();

    assertThat(CodeMeasurer.measure(file))
        .isEqualTo(new Origin.Source(file, DigestUtils.sha256Hex(new byte[] {1}), ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "missing.jar", "app.jar!/missing.jar", "app.jar!/", "text!/a.jar"})
  void whatCantBeMeasuredHasNeither(String name) throws IOException {
    Files.write(directory.resolve("app.jar"), zip("other", new byte[0]));
    Files.writeString(directory.resolve("text"), "text");
    String path = directory.resolve(name).toString() + (name.endsWith("/") ? "/" : "");

    assertThat(CodeMeasurer.measure(path)).isEqualTo(new Origin.Source(path, "", ""));
  }

  /** Hostile code can have the launcher read them: it must not block forever. */
  @ParameterizedTest
  @ValueSource(strings = {"/dev/zero", "/dev/stdin", "relative.jar", "/dev/zero!/x", "\0"})
  void whatIsNoRegularFileIsNotRead(String path) {
    assertThat(CodeMeasurer.measure(path)).isEqualTo(new Origin.Source(path, "", ""));
  }
}
