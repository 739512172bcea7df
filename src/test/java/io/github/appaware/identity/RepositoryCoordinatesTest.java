package io.github.appaware.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepositoryCoordinatesTest {
  private static final String PLACE = "repository/org/example/lib/1.2/";

  @TempDir Path directory;

  private Path file(String path, String text) throws IOException {
    Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @ParameterizedTest
  @CsvSource({
    "<project><groupId>org.example</groupId></project>, org.example:lib:1.2",
    "<project><groupId> org.example </groupId><parent><groupId>x</groupId></parent></project>,"
        + " org.example:lib:1.2",
    "<project><parent><groupId>org.example</groupId></parent></project>, org.example:lib:1.2",
    "<project><parent><groupId>x</groupId></parent><groupId>org.example</groupId></project>,"
        + " org.example:lib:1.2",
    "<project><groupId>example</groupId></project>, example:lib:1.2",
    "<project><groupId>org.other</groupId></project>, ''",
    "<project><build><groupId>org.example</groupId></build></project>, ''",
    "<project><groupId>../org/example</groupId></project>, ''",
    "<project/>, ''",
    "<project><groupId>org.example, ''",
    "no XML, ''",
  })
  void aJarInAMavenRepositoryHasTheGroupOfItsPom(String pom, String coordinates)
      throws IOException {
    Path jar = file(PLACE + "lib-1.2.jar", "");
    file(PLACE + "lib-1.2.pom", pom);

    assertThat(RepositoryCoordinates.of(jar)).isEqualTo(coordinates);
  }

  @Test
  void aPomThatReadsOtherFilesIsNone() throws IOException {
    Path secret = file("secret", "org.example");
    Path jar = file(PLACE + "lib-1.2.jar", "");
    file(
        PLACE + "lib-1.2.pom",
        "<!DOCTYPE p [<!ENTITY e SYSTEM '"
            + secret.toUri()
            + "'>]><project><groupId>&e;</groupId></project>");

    assertThat(RepositoryCoordinates.of(jar)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "repository/org/example/lib/1.2/other-1.2.jar",
    "repository/org/example/lib/1.3/lib-1.2.jar",
    "lib-1.2.jar",
  })
  void elsewhereItHasNone(String path) throws IOException {
    file(PLACE + "lib-1.2.pom", "<project><groupId>org.example</groupId></project>");

    assertThat(RepositoryCoordinates.of(file(path, ""))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "files-2.1/org.example/lib/1.2/da39a3ee5e6b4b0d3255bfef95601890afd80709/lib-1.2.jar,"
        + " org.example:lib:1.2",
    "files-2.1/org.example/lib/1.2/da39a3ee5e6b4b0d3255bfef95601890afd80709/lib-1.2-linux.jar,"
        + " org.example:lib:1.2",
    "files-2.1/org.example/lib/1.2/da39a3ee5e6b4b0d3255bfef95601890afd80709/other.jar, ''",
    "files-2.1/org.example/lib/1.2/lib-1.2.jar, ''",
  })
  void aJarInGradlesCacheHasThoseOfItsPath(String path, String coordinates) throws IOException {
    assertThat(RepositoryCoordinates.of(file(path, ""))).isEqualTo(coordinates);
  }
}
