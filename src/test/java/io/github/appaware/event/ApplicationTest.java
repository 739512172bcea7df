package io.github.appaware.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApplicationTest {
  private static final Application APP = app(List.of("java", "-jar", "app.jar"));

  @Test
  void itsLabelIsTheIdOrElseTheFile() {
    assertThat(APP.label()).isEqualTo("app.jar");
    assertThat(APP.withId("billing").label()).isEqualTo("billing");
  }

  @Test
  void anotherIdOrProcessChangesNothingElse() {
    assertThat(APP.withId("billing").withId("")).isEqualTo(APP);
    assertThat(
            APP.withMachine("host")
                .withProcess(2, "")
                .withProcess(1, "")
                .withId("x")
                .withId("")
                .withMachine(""))
        .isEqualTo(APP);
    assertThat(APP.withMachine("host").machine()).isEqualTo("host");
    assertThat(APP.withProcess(2, "parent.jar").withProcess(1, "")).isEqualTo(APP);
    assertThat(APP.withProcess(2, "parent.jar").pid()).isEqualTo(2);
    assertThat(APP.withProcess(2, "parent.jar").parent()).isEqualTo("parent.jar");
  }

  @Test
  void nobodyCanChangeTheCommand() {
    List<String> command = new ArrayList<>(List.of("java"));
    Application app = app(command);
    command.set(0, "evil");

    assertThat(app.command()).containsExactly("java").isUnmodifiable();
  }

  private static Application app(List<String> command) {
    return Application.builder()
        .file("app.jar")
        .path("/app.jar")
        .kind(Application.Kind.JAR)
        .jvm("17")
        .user("me")
        .pid(1)
        .command(command)
        .directory("/")
        .build();
  }
}
