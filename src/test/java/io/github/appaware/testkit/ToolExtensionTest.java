package io.github.appaware.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.appaware.target.Hello;
import io.github.appaware.target.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(ToolExtension.class)
class ToolExtensionTest {
  @TempDir static Path shared;
  @TempDir Path directory;
  private Tool tool;
  private Tool toolBefore;

  @JarOf(Steps.class)
  private Path jar;

  @JarOf(value = Hello.class, name = "hello-1.0.jar")
  private Path hello;

  @BeforeEach
  void remember() {
    toolBefore = tool;
  }

  @Test
  void theToolRunsInTheDirectoryOfTheTestAndIsThereBeforeItsOwnPreparation() {
    assertThat(tool.builder().directory()).isEqualTo(directory.toFile());
    assertThat(toolBefore).isNotNull();
  }

  @Test
  void eachJarStartsItsProgramUnderTheNameThatWasAskedFor() throws IOException {
    assertThat(jar).isEqualTo(directory.resolve("program.jar"));
    assertThat(hello).isEqualTo(directory.resolve("hello-1.0.jar"));
    assertThat(mainClass(jar)).isEqualTo(Steps.class.getName());
    assertThat(mainClass(hello)).isEqualTo(Hello.class.getName());
  }

  private static String mainClass(Path file) throws IOException {
    try (JarFile opened = new JarFile(file.toFile())) {
      return opened.getManifest().getMainAttributes().getValue("Main-Class");
    }
  }

  @Test
  void thePoliciesAllowAndDenyEverything() {
    assertThat(directory.resolve("allow.toml"))
        .hasContent("version = 1\n[default]\nunknown = 'allow'\n");
    assertThat(directory.resolve("deny.toml"))
        .hasContent("version = 1\n[default]\nunknown = 'deny'\n");
    assertThat(Files.exists(shared.resolve("allow.toml"))).isFalse();
  }

  @Test
  void aTestWithoutADirectoryIsAnError() {
    ExtensionContext context = mock();
    when(context.getRequiredTestInstance()).thenReturn("a test");

    assertThatThrownBy(() -> new ToolExtension().beforeEach(context))
        .isInstanceOf(ExtensionConfigurationException.class)
        .hasMessage("String has no field `@TempDir Path` of the instance");
  }
}
