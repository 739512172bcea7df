package io.github.appaware.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.appaware.bridge.WovenClasses;
import io.github.appaware.bridge.WovenClasses.Pair;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeaverInTargetTest {
  @TempDir Path directory;

  private Path tool;

  @BeforeEach
  void makeTool() throws IOException {
    tool = Files.writeString(directory.resolve("tool.jar"), "tool");
  }

  @Test
  void anEmptyNameIsTheBundleOfTheRunningJdk() throws IOException, WeavingException {
    Path store = directory.resolve("store");
    byte[] bundle = new WeaverInTarget(store, tool, Jdk.RUNNING.home()).apply("", new byte[0]);

    assertThat(bundle).isEqualTo(Jdk.RUNNING.woven().toBytes());
    assertThat(store).isNotEmptyDirectory();
  }

  @Test
  void aStoreThatCannotBeWrittenCostsNoProtection() throws IOException, WeavingException {
    byte[] bundle =
        new WeaverInTarget(tool, tool, Jdk.RUNNING.home())
            .apply("", new byte[0]); // a file, no directory

    assertThat(WovenClasses.of(bundle).names()).isEqualTo(Jdk.RUNNING.woven().names());
  }

  @Test
  void aNameIsThatClassWovenAsOffered() throws IOException, WeavingException {
    Pair net = Jdk.RUNNING.woven().get("sun/nio/ch/Net");

    assertThat(
            new WeaverInTarget(directory, tool, Jdk.RUNNING.home())
                .apply("sun/nio/ch/Net", Jdk.RUNNING.original("sun/nio/ch/Net")))
        .isEqualTo(net.woven());
  }

  @Test
  void aClassThatCannotBeWovenIsAnError() throws IOException {
    byte[] unhooked;
    try (InputStream in = Object.class.getResourceAsStream("/sun/nio/ch/IOUtil.class")) {
      unhooked = in.readAllBytes();
    }

    assertThatThrownBy(
            () ->
                new WeaverInTarget(directory, tool, Jdk.RUNNING.home())
                    .apply("sun/nio/ch/IOUtil", unhooked))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("nothing to hook in sun.nio.ch.IOUtil");
  }
}
