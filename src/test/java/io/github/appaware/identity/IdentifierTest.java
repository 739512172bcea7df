package io.github.appaware.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.appaware.event.Application;
import io.github.appaware.event.Application.Kind;
import io.github.appaware.testkit.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdentifierTest {
  @TempDir Path temporary;
  private Path directory;

  @BeforeEach
  void writeFiles() throws IOException {
    directory = temporary.toRealPath();
    Samples.jar(
        directory.resolve("app-1.0.jar"),
        Map.of(
            "META-INF/maven/com.acme/app/pom.properties",
            Samples.bytes("groupId=com.acme\nartifactId=app\nversion=1.0\n")));
    Samples.classes(directory.resolve("classes"));
    Samples.write(directory.resolve("Hello.java"), "class Hello {}");
    Samples.script(directory.resolve("tool"));
  }

  @Test
  void identifiesAJar() throws Exception {
    Path jar = directory.resolve("app-1.0.jar");

    Target target = java("-jar ./app-1.0.jar x");

    assertThat(target.application())
        .isEqualTo(
            Application.builder()
                .file("app-1.0.jar")
                .path(jar.toString())
                .sha256(Hashes.sha256(jar, Samples.budget()))
                .kind(Kind.JAR)
                .maven("com.acme:app:1.0")
                .jvm(target.java().orElseThrow().version())
                .user(System.getProperty("user.name"))
                .command(List.of(Samples.JAVA.toString(), "-jar", "./app-1.0.jar", "x"))
                .directory(directory.toString())
                .build());
    assertThat(target.executable()).isEqualTo(Samples.JAVA);
    assertThat(target.line().orElseThrow().applicationArguments()).containsExactly("x");
  }

  @Test
  void identifiesAClassPath() throws Exception {
    Application application = java("-cp classes:missing com/acme/Main").application();

    assertThat(application.kind()).isEqualTo(Kind.CLASSPATH);
    assertThat(application.file()).isEqualTo("com.acme.Main");
    assertThat(application.path()).isEqualTo(directory + "/classes:" + directory + "/missing");
    assertThat(application.sha256()).isEqualTo(pathDigest("classes", "missing"));
    assertThat(application.maven()).isEmpty();
  }

  @Test
  void identifiesAModuleByModulePathAndClassPath() throws Exception {
    Application plain = java("-p classes -m mod/com.acme.Main").application();
    Application withClasses = java("-p classes -cp classes -m mod").application();

    assertThat(plain.kind()).isEqualTo(Kind.MODULE);
    assertThat(plain.file()).isEqualTo("mod");
    assertThat(plain.path()).isEqualTo(directory.resolve("classes").toString());
    assertThat(plain.sha256()).hasSize(64).isNotEqualTo(withClasses.sha256());
  }

  @Test
  void identifiesAModuleOfTheJdkByItsRelease() throws Exception {
    Target target = java("-m jdk.httpserver");

    Path release = target.java().orElseThrow().home().resolve("release");
    assertThat(target.application().path()).isEqualTo(release.toString());
    assertThat(target.application().sha256()).isEqualTo(Hashes.sha256(release, Samples.budget()));
  }

  @Test
  void identifiesASourceFile() throws Exception {
    Path source = directory.resolve("Hello.java");

    Application alone = java("Hello.java").application();
    Application withClasses = java("-cp classes Hello.java").application();

    assertThat(alone.kind()).isEqualTo(Kind.SOURCE);
    assertThat(alone.file()).isEqualTo("Hello.java");
    assertThat(alone.path()).isEqualTo(source.toString());
    assertThat(alone.sha256()).isEqualTo(Hashes.sha256(source, Samples.budget()));
    assertThat(withClasses.sha256()).hasSize(64).isNotEqualTo(alone.sha256());
  }

  @Test
  void takesALineThatRunsNothingForTheLauncherItself() throws Exception {
    Target target = java("-version");

    assertThat(target.application().kind()).isEqualTo(Kind.NATIVE);
    assertThat(target.application().file()).isEqualTo("java");
    assertThat(target.application().sha256())
        .isEqualTo(Hashes.sha256(Samples.JAVA, Samples.budget()));
    assertThat(target.application().jvm()).isNotEmpty();
  }

  @Test
  void identifiesAProgramByItsBytes() throws Exception {
    Files.createSymbolicLink(directory.resolve("alias"), directory.resolve("tool"));

    Target target = identify("./alias", "-jar", "missing.jar");

    assertThat(target.executable()).isEqualTo(directory.resolve("alias"));
    assertThat(target.application().kind()).isEqualTo(Kind.NATIVE);
    assertThat(target.application().file()).isEqualTo("alias");
    assertThat(target.application().path()).isEqualTo(directory.resolve("tool").toString());
    assertThat(target.application().sha256())
        .isEqualTo(Hashes.sha256(directory.resolve("tool"), Samples.budget()));
    assertThat(target.application().jvm()).isEmpty();
    assertThat(target.java()).isEmpty();
    assertThat(target.line()).isEmpty();
  }

  @Test
  void leavesAProgramWithoutHashThatMayBeExecutedOnly() throws Exception {
    Path tool = directory.resolve("tool");
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("--x--x--x"));
    assumeFalse(Files.isReadable(tool), "root reads everything");

    assertThat(identify("./tool").application().sha256()).isEmpty();
  }

  @Test
  void refusesAJarThatIsNone() throws IOException {
    Samples.write(directory.resolve("text.jar"), "no zip at all");

    requireFailure("`missing.jar`: no such file", "-jar missing.jar");
    requireFailure("`classes` is a directory", "-jar classes");
    requireFailure("`text.jar` is not a jar: zip END header not found", "-jar text.jar");
  }

  @Test
  void refusesAJarThatItMayNotRead() throws IOException {
    Path jar = directory.resolve("app-1.0.jar");
    Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("---------"));
    assumeFalse(Files.isReadable(jar), "root reads everything");

    requireFailure("`app-1.0.jar` can't be read: permission denied", "-jar app-1.0.jar");
  }

  @Test
  void refusesASourceThatCannotBeReadTwice() {
    requireFailure("`missing`: no such file", "--source 17 missing");
    requireFailure("`/dev/null` is not a regular file", "--source 17 /dev/null");
    requireFailure("`@/dev/null` is not a regular file", "@/dev/null Main");
  }

  @Test
  void refusesAnOldJdk() throws IOException {
    Path java = Samples.script(directory.resolve("old/bin/java"));
    Samples.write(directory.resolve("old/release"), "JAVA_VERSION=\"11.0.2\"\n");
    Samples.write(directory.resolve("old/lib/modules"), "");

    assertThatExceptionOfType(TargetException.class)
        .isThrownBy(() -> identify("old/bin/java", "-version"))
        .withMessage(
            "`old/bin/java` is Java 11.0.2 (%s): appaware needs 17 or later"
                .formatted(java.getParent().getParent()))
        .satisfies(e -> assertThat(e.help()).isNotEmpty());
  }

  @Test
  void refusesAnEmptyCommand() {
    assertThatExceptionOfType(TargetException.class)
        .isThrownBy(() -> identify())
        .withMessage("no command")
        .satisfies(e -> assertThat(e.status()).isEqualTo(125));
  }

  private void requireFailure(String message, String arguments) {
    assertThatExceptionOfType(TargetException.class)
        .isThrownBy(() -> java(arguments))
        .withMessage(message)
        .satisfies(e -> assertThat(e.status()).isEqualTo(125));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          _JAVA_OPTIONS=-Djava.class'.path=x' | -cp classes Main | `_JAVA_OPTIONS` sets `-Djava.class.path=`
          JAVA_TOOL_OPTIONS=--module-path=x | -cp classes Main | `JAVA_TOOL_OPTIONS` sets `--module-path=`
          X= | -XX:VMOptionsFile=evil Main | `evil` sets `-Djava.class.path=`
          X= | -Duser.dir=/x -jar app-1.0.jar | `-Duser.dir=/x` moves the relative path `app-1.0.jar`
          _JAVA_OPTIONS=-Duser.dir=/x | -cp /x:classes Main | `-Duser.dir=/x` in `_JAVA_OPTIONS` moves the relative path `classes`
          X= | -Dpath.separator=, -cp a:b Main | `-Dpath.separator=,` takes paths apart otherwise
          """)
  void refusesOptionsByWhichOtherFilesWouldRunThanWhatIsHashed(
      String variable, String arguments, String message) throws IOException {
    Samples.write(directory.resolve("evil"), "-Djava.\"class.path=\"evil");
    String[] parts = variable.split("=", 2);
    List<String> command = new ArrayList<>(List.of(Samples.JAVA.toString()));
    command.addAll(Arrays.asList(arguments.split(" ")));

    assertThatExceptionOfType(TargetException.class)
        .isThrownBy(() -> new Identifier(Map.of(parts[0], parts[1]), directory).identify(command))
        .withMessage(message + ": what runs would not be what was hashed")
        .satisfies(e -> assertThat(e.status()).isEqualTo(125));
  }

  @Test
  void takesTheWorkingDirectoryAsAPropertyAndAbsolutePathsElsewhere() throws Exception {
    Path jar = directory.resolve("app-1.0.jar");

    assertThat(java("-Duser.dir=" + directory + " -jar app-1.0.jar").application().sha256())
        .isEqualTo(Digest.sha256(jar));
    assertThat(java("-Duser.dir=/x -jar " + jar).application().sha256())
        .isEqualTo(Digest.sha256(jar));
  }

  private Target java(String arguments) throws TargetException {
    List<String> command = new ArrayList<>(List.of(Samples.JAVA.toString()));
    command.addAll(Arrays.asList(arguments.split(" ")));
    return identify(command.toArray(new String[0]));
  }

  private Target identify(String... command) throws TargetException {
    return new Identifier(Map.of(), directory).identify(List.of(command));
  }

  private String pathDigest(String... names) throws IOException {
    return Hashes.hex(
        PathDigest.of(Arrays.stream(names).map(directory::resolve).toList(), Samples.budget()));
  }
}
