package io.github.appaware.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.appaware.event.Application;
import io.github.appaware.event.Origin;
import io.github.appaware.policy.edit.PolicyEntry;
import io.github.appaware.policy.model.Action;
import io.github.appaware.testkit.Samples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that a run makes for itself are told by what stays the same about them. */
class ThrowAwayFileTest {
  private static final Instant BEGAN = Instant.parse("2026-11-28T08:00:00Z");
  @TempDir Path dir;

  private static Application app(String file, String path, String parent) {
    return Samples.APP.toBuilder().file(file).path(path).parent(parent).build();
  }

  @Test
  void aNameThatChangesLosesWhatChanges() {
    assertThat(file("surefirebooter-20261128075530123_1.jar")).isEqualTo("surefirebooter-*.jar");
    assertThat(file("surefirebooter8237498234.jar")).isEqualTo("surefirebooter*.jar");
    assertThat(file("x-123e4567-e89b-12d3-a456-426614174000.jar")).isEqualTo("x-*.jar");
  }

  private static String file(String name) {
    return ThrowAwayFile.of(app(name, "/gone/" + name, "mvn.jar"), BEGAN).file();
  }

  @Test
  void aVersionIsPartOfTheName() {
    assertThat(ThrowAwayFile.of(app("worker-1.2.345.jar", "/gone/w.jar", "mvn.jar"), BEGAN))
        .isNull();
  }

  @Test
  void theRunsOwnTargetIsNoSuchFile() {
    String booter = "surefirebooter-20261128075530123_1.jar";
    assertThat(ThrowAwayFile.of(app(booter, "/gone/" + booter, ""), BEGAN)).isNull();
  }

  @Test
  void whatWasWrittenDuringTheRunIsOne() throws Exception {
    Path jar = Files.writeString(dir.resolve("built.jar"), "x");
    Instant written = Files.getLastModifiedTime(jar).toInstant();
    Application app = app("built.jar", jar.toString(), "mvn.jar");
    assertThat(ThrowAwayFile.of(app, written.minusSeconds(1)).file()).isEqualTo("built.jar");
    assertThat(ThrowAwayFile.of(app, written.plusSeconds(1))).isNull();
  }

  @Test
  void itsRulesNameTheParentAndNoHash() throws Exception {
    Application app = app("surefirebooter-20261128075530123_1.jar", "/gone", "mvn.jar");
    AnsweredApp answered = AnsweredApp.of(app, BEGAN, Samples.policy(), Set.of());
    assertThat(answered.block().orElseThrow().lines())
        .containsExactly("[[app]]", "id   = \"surefirebooter\"", "file = \"surefirebooter-*.jar\"");
    assertThat(answered.limit(PolicyEntry.rule(Action.ALLOW), Origin.UNKNOWN).lines())
        .containsExactly(
            "[[rule]]",
            "action = \"allow\"",
            "app    = \"surefirebooter\"",
            "parent = \"mvn.jar\"");
  }
}
