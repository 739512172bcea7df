package io.github.appaware.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplicationCodeTest {
  @ParameterizedTest
  @CsvSource({
    "/app.jar, true",
    "/app.jar!/BOOT-INF/classes, true",
    "/app.jar!/BOOT-INF/lib/a.jar, false",
    "/app.jar.evil, false",
    "/lib.jar, false",
    "'', false",
  })
  void behindJarItIsTheJarWithoutTheJarsInIt(String path, boolean own) {
    assertThat(new ApplicationCode("/app.jar", "/app.jar").isAt(path)).isEqualTo(own);
    assertThat(new ApplicationCode("/app.jar some arguments", "/app.jar").isAt(path))
        .isEqualTo(own);
  }

  @Test
  void onAClassPathItIsWhereTheMainClassCameFrom() {
    ApplicationCode own =
        new ApplicationCode(ApplicationCodeTest.class.getName() + " x", "/a.jar:/b.jar");

    assertThat(own.isAt(ClassOrigin.path(ApplicationCodeTest.class))).isTrue();
    assertThat(own.isAt(ClassOrigin.path(Test.class))).isFalse();
  }

  @Test
  void inAModuleTheNameOfTheModuleComesFirst() {
    ApplicationCode own =
        new ApplicationCode("a.module/" + ApplicationCodeTest.class.getName(), "");

    assertThat(own.isAt(ClassOrigin.path(ApplicationCodeTest.class))).isTrue();
  }

  @Test
  void withoutAMainClassNothingIsOwn() {
    assertThat(new ApplicationCode("", "").isAt("/app.jar")).isFalse();
    assertThat(new ApplicationCode("no.such.Main", "/x").isAt("")).isFalse();
  }
}
