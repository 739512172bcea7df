package io.github.appaware.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnotationBudgetTest {
  @TempDir Path temporary;

  private AnnotationBudget of(String step) {
    return new AnnotationBudget(Map.of("RUNNER_TEMP", temporary.toString(), "GITHUB_ACTION", step));
  }

  @Test
  void aStepHasTenAndAJobFifty() throws IOException {
    of("build").take(7);
    assertThat(of("build").left()).isEqualTo(3);
    of("build").take(3);
    assertThat(of("build").left()).isZero();
    for (int step = 2; step <= 5; step++) {
      assertThat(of("step " + step).left()).isEqualTo(10);
      of("step " + step).take(9);
    }
    assertThat(of("last").left()).isEqualTo(4);
    of("last").take(4);
    assertThat(of("none").left()).isZero();
  }

  @Test
  void whereNothingIsKnownOfOtherRunsAStepHasItsTen() throws IOException {
    AnnotationBudget nowhere = new AnnotationBudget(Map.of());
    nowhere.take(10);
    assertThat(nowhere.left()).isEqualTo(10);
    assertThat(new AnnotationBudget(Map.of("RUNNER_TEMP", "/none\0")).left()).isEqualTo(10);
    Files.writeString(temporary.resolve("appaware-annotations"), "build many\n");
    assertThat(of("build").left()).isEqualTo(10);
  }
}
