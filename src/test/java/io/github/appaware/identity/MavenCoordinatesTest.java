package io.github.appaware.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MavenCoordinatesTest {
  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  @TempDir Path directory;

  @Test
  void readsTheOnlyOne() throws IOException {
    add("com.acme", "app", "1.0-SNAPSHOT");

    assertThat(read("renamed.jar")).isEqualTo("com.acme:app:1.0-SNAPSHOT");
  }

  @Test
  void isEmptyWithoutAny() throws IOException {
    entries.put("x", Samples.bytes(""));

    assertThat(read("app.jar")).isEmpty();
  }

  @Test
  void choosesTheOneThatTheFileIsNamedAfter() throws IOException {
    add("com.acme", "app", "1");
    add("com.acme", "app-core", "2");
    add("org.lib", "lib", "3");

    assertThat(read("app-core-2.jar")).isEqualTo("com.acme:app-core:2");
    assertThat(read("app-1.jar")).isEqualTo("com.acme:app:1");
    assertThat(read("other.jar")).isEmpty();
  }

  @Test
  void isEmptyWhenTwoFitAlike() throws IOException {
    add("com.acme", "app", "1");
    add("org.evil", "app", "1");

    assertThat(read("app.jar")).isEmpty();
  }

  @Test
  void looksOnlyAtTheApplicationsOwnPlace() throws IOException {
    entries.put(
        "BOOT-INF/lib/META-INF/maven/com.acme/lib/pom.properties",
        Samples.bytes("groupId=com.acme\nartifactId=lib\nversion=1\n"));

    assertThat(read("lib.jar")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "groupId=com.acme\nartifactId=app",
        "groupId=com.acme\nartifactId=app\nversion=",
        "groupId=com.acme\nartifactId=app\nversion=1\\u001b[2J",
        "groupId=com.acme\nartifactId=app\nversion=1:2",
        "groupId=com.acme\nartifactId=app\nversion=1 2",
        "groupId=com.acme\nartifactId=app\nversion=${project.version}",
        "groupId=org.trusted\nartifactId=app\nversion=1",
        "groupId=com.acme\nartifactId=trusted\nversion=1",
        "groupId=com.acme\nartifactId=app\nversion=\\uZZZZ",
      })
  void rejectsWhatIsNoCoordinate(String text) throws IOException {
    entries.put("META-INF/maven/com.acme/app/pom.properties", Samples.bytes(text));

    assertThat(read("app.jar")).isEmpty();
  }

  @Test
  void rejectsWhatIsTooLong() throws IOException {
    add("com.acme", "app", "1".repeat(201));
    assertThat(read("app.jar")).isEmpty();

    add("com.acme", "app", "1".repeat(200));
    assertThat(read("app.jar")).isNotEmpty();

    add("com.acme", "app", "1\n#" + "x".repeat(64 << 10));
    assertThat(read("app.jar")).isEmpty();
  }

  private void add(String group, String artifact, String version) {
    String name = "META-INF/maven/" + group + "/" + artifact + "/pom.properties";
    String text = "groupId=%s\nartifactId=%s\nversion=%s\n".formatted(group, artifact, version);
    entries.put(name, Samples.bytes(text));
  }

  private String read(String file) throws IOException {
    Path jar = Samples.jar(directory.resolve(file), entries);
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return MavenCoordinates.of(zip, file);
    }
  }
}
