package io.github.appaware.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.appaware.testkit.EnrolmentServerFixture;
import io.github.appaware.testkit.Tool;
import io.github.appaware.testkit.Tool.Result;
import io.github.appaware.testkit.ToolExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The shipped tool sets up a server and enrols; certificates come from the jars in lib. */
@ExtendWith(ToolExtension.class)
class EnrollIT {
  @TempDir Path directory;
  private Tool tool;

  @BeforeEach
  void init() throws Exception {
    Result result =
        tool.run("server", "init", "home", "--name", "localhost", "--name", "127.0.0.1");
    assertThat(result.status()).as(result.err()).isZero();
  }

  @Test
  void aHostIsEnrolledByTheShippedTool() throws Exception {
    Result token = tool.run("server", "token", "--home", "home", "--role", "operator");
    assertThat(token.status()).as(token.err()).isZero();
    try (EnrolmentServerFixture server =
        new EnrolmentServerFixture(directory.resolve("home"), Clock.systemUTC())) {
      String address = server.address("127.0.0.1").toString();

      Result enrolled =
          Tool.run(tool.builder("enroll", address, "--token", "-", "--name", "me"), token.out());

      assertThat(enrolled.err())
          .startsWith("appaware: enrolled at " + address + " as operator `me`, until ");
      assertThat(enrolled.status()).isZero();
    }
    assertThat(tool.run("server", "revoke", "--home", "home", "me").status()).isZero();
  }

  @Test
  void openSslAgreesWithTheCertificates() throws Exception {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(":", -1))
            .anyMatch(each -> Files.isExecutable(Path.of(each, "openssl"))));
    String home = directory.resolve("home").toString();

    Result verified =
        Tool.run(
            new ProcessBuilder(
                "openssl",
                "verify",
                "-x509_strict",
                "-CAfile",
                home + "/ca.pem",
                "-purpose",
                "sslserver",
                "-verify_hostname",
                "localhost",
                home + "/server.pem"),
            "");

    assertThat(verified.out()).as(verified.err()).isEqualTo(home + "/server.pem: OK\n");
  }

  @Test
  void theLibrariesOfTheServerAreBesideTheToolAndNotInIt() throws Exception {
    List<String> beside = new ArrayList<>();
    try (Stream<Path> files = Files.list(Tool.JAR.resolveSibling("lib"))) {
      files.forEach(each -> beside.add(each.getFileName().toString()));
    }
    assertThat(beside).anyMatch(name -> name.startsWith("bcpkix-"));
    try (JarFile jar = new JarFile(Tool.JAR.toFile())) {
      assertThat(jar.stream()).noneMatch(each -> each.getName().startsWith("org/bouncycastle/"));
      assertThat(jar.getManifest().getMainAttributes().getValue("Class-Path")).isNull();
    }
  }

  @Test
  void withoutThemTheServersCommandsSayWhatIsMissing() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path alone = Files.copy(Tool.JAR, directory.resolve("appaware.jar"));
    ProcessBuilder bare =
        new ProcessBuilder(java, "-jar", alone.toString(), "server", "init", "x", "--name", "a")
            .directory(directory.toFile());

    Result result = Tool.run(bare, "");

    assertThat(result.err())
        .startsWith("appaware: a library is missing: org/bouncycastle/")
        .endsWith("  help: install `lib` beside appaware.jar\n");
    assertThat(result.status()).isEqualTo(125);
  }
}
