package io.github.appaware.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.jvm.JvmConfig;
import io.github.appaware.jvm.JvmOptions;
import io.github.appaware.jvm.OptionFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentShadowingTest {
  private static final String CLASS = "io/github/appaware/agent/Premain.class";
  @TempDir Path directory;

  @BeforeEach
  void writeFiles() throws Exception {
    jar("good.jar", "com/acme/Main.class");
    jar("evil.jar", CLASS);
    jar("mods/evil.jar", CLASS);
    jar("versions.jar", "META-INF/versions/17/" + CLASS);
    jar("resource.jar", "BOOT-INF/classes/" + CLASS);
    Samples.write(directory.resolve("classes/" + CLASS), "");
    Samples.write(directory.resolve("exploded/mod/" + CLASS), "");
    Samples.write(directory.resolve("exploded/mod/module-info.class"), "");
    Samples.write(directory.resolve("text.jar"), "no zip");
    referring("leads.jar", "good.jar evil.jar");
    referring("far.jar", "leads.jar");
    referring("self.jar", "self.jar circle.jar");
    referring("circle.jar", "self.jar ./sub/../circle.jar http://example.com/x.jar %zz");
    referring("directory.jar", "classes/");
    referring("escaped.jar", "e%76il.jar");
    referring("absolute.jar", directory.resolve("evil.jar").toUri().toString());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "-cp evil.jar Main, evil.jar",
    "-cp good.jar:missing:evil.jar Main, evil.jar",
    "-cp ./evil.jar Main, ./evil.jar",
    "-cp mods/* Main, mods/evil.jar",
    "-cp classes Main, classes",
    "-cp versions.jar Main, versions.jar",
    "-jar evil.jar, evil.jar",
    "-jar leads.jar, leads.jar",
    "-jar far.jar, far.jar",
    "-jar directory.jar, directory.jar",
    "-jar escaped.jar, escaped.jar",
    "-jar absolute.jar, absolute.jar",
    "-p evil.jar -m x, evil.jar",
    "-p mods -m x, mods",
    "-p exploded -m x, exploded",
    "-p mods Main, mods",
    "--upgrade-module-path mods Main, mods",
    "--patch-module java.base=classes Main, classes",
    "-Xbootclasspath/a:evil.jar Main, evil.jar",
    "-javaagent:evil.jar=options -jar good.jar, evil.jar",
    "-agentlib:instrument=evil.jar=options -jar good.jar, evil.jar",
    "-cp classes -version, classes",
  })
  void findsClassesThatWouldReplaceTheAgent(String line, String entry) throws Exception {
    assertThat(shadow(line)).contains(entry);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Main",
        "-cp good.jar Main",
        "-cp resource.jar Main",
        "-cp mods Main",
        "-cp text.jar:missing Main",
        "-jar self.jar",
        "-m jdk.httpserver",
      })
  void findsNothingElse(String line) throws Exception {
    assertThat(shadow(line)).isEmpty();
  }

  @Test
  void doesNotStumbleOverAHugeOrBrokenManifest() throws Exception {
    byte[] manifest =
        Samples.bytes(
            "Manifest-Version: 1.0\nClass-Path: go\n od.jar\n  evil.jar\n\nName: x\nbroken\n"
                + "x".repeat(20 << 20));
    Samples.jar(directory.resolve("huge.jar"), Map.of("meta-inf/manifest.mf", manifest));

    assertThat(shadow("-jar huge.jar")).contains("huge.jar");
  }

  private Optional<String> shadow(String line) throws Exception {
    List<String> arguments = Arrays.asList(line.split(" "));
    OptionFiles files = OptionFiles.in(directory);
    JvmOptions options = JvmOptions.parse(arguments, Map.of(), files, JvmConfig.usual(17));
    return Identifier.shadow(options.line(), directory);
  }

  private void jar(String name, String entry) throws IOException {
    Samples.jar(directory.resolve(name), Map.of(entry, new byte[0]));
  }

  private void referring(String name, String path) throws IOException {
    byte[] manifest = Samples.manifest("Class-Path: " + path.replaceAll("(.{40})", "$1\r\n "));
    Samples.jar(directory.resolve(name), Map.of("META-INF/MANIFEST.MF", manifest));
  }
}
