package io.github.appaware.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PremainJarTest {
  private static final String ID = "0123456789abcdef0123456789abcdef";
  private static final AgentOptions OPTIONS =
      new AgentOptions("/s", "t", "/\u00fc\u2028\ud83d\ude00\0", "", "", "", "/r", "/o", "/agent");

  @TempDir Path directory;

  private static byte[] template() throws IOException {
    try (InputStream in =
        PremainJarTest.class.getClassLoader().getResourceAsStream(PremainJar.TEMPLATE)) {
      return in.readAllBytes();
    }
  }

  @Test
  void theClassHasTheNameAndTheOptionsThatItWasGiven() throws Exception {
    Path file = directory.resolve(ID + PremainJar.SUFFIX);
    Files.write(file, PremainJar.make(template(), ID, OPTIONS));

    try (JarFile jar = new JarFile(file.toFile(), true);
        URLClassLoader loader = new URLClassLoader(new java.net.URL[] {file.toUri().toURL()})) {
      String name = jar.getManifest().getMainAttributes().getValue("Premain-Class");
      assertThat(jar.stream().map(Object::toString).collect(Collectors.toList()))
          .containsExactly("META-INF/MANIFEST.MF", name + ".class");
      assertThat(name).contains(ID);
      Field options = Class.forName(name, true, loader).getDeclaredField("OPTIONS");
      options.setAccessible(true);
      assertThat(AgentOptions.parse((String) options.get(null))).isEqualTo(OPTIONS);
    }
  }

  @Test
  void manifestAndClassCanBeInJarsOfTheirOwn() throws IOException {
    Path manifest = directory.resolve("manifest.jar");
    Path type = directory.resolve("class.jar");
    Files.write(manifest, PremainJar.makeManifest(ID));
    Files.write(type, PremainJar.makeClass(template(), ID, OPTIONS));

    try (JarFile first = new JarFile(manifest.toFile(), true);
        JarFile second = new JarFile(type.toFile(), true)) {
      String name = first.getManifest().getMainAttributes().getValue("Premain-Class");
      assertThat(first.stream().map(Object::toString)).containsExactly("META-INF/MANIFEST.MF");
      assertThat(second.stream().map(Object::toString)).containsExactly(name + ".class");
    }
  }

  @Test
  void theSameArgumentsMakeTheSameJarAndOthersAnother() throws IOException {
    byte[] jar = PremainJar.make(template(), ID, OPTIONS);

    assertThat(PremainJar.make(template(), ID, OPTIONS)).isEqualTo(jar);
    assertThat(PremainJar.make(template(), ID.replace('0', '1'), OPTIONS)).isNotEqualTo(jar);
    assertThat(PremainJar.make(template(), ID, OPTIONS.withOwn("/p"))).isNotEqualTo(jar);
  }

  @Test
  void optionsThatDoNotFitAreRefused() {
    AgentOptions options = OPTIONS.withOwn("/" + "x".repeat(70_000));

    assertThatThrownBy(() -> PremainJar.make(template(), ID, options))
        .isInstanceOf(IOException.class)
        .hasMessage("the paths of the run are too long");
  }

  @Test
  void anotherClassIsNoTemplate() throws IOException {
    byte[] other;
    try (InputStream in = PremainJarTest.class.getResourceAsStream("PremainJarTest.class")) {
      other = in.readAllBytes();
    }

    assertThatThrownBy(() -> PremainJar.make(other, ID, OPTIONS))
        .isInstanceOf(IOException.class)
        .hasMessage("the agent's jar is not of this version of appaware");
  }
}
