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
    assertThat(new ApplicationCode("/app.jar", "/app.jar", false).isAt(path)).isEqualTo(own);
    assertThat(new ApplicationCode("/app.jar some arguments", "/app.jar", false).isAt(path))
        .isEqualTo(own);
  }

  @Test
  void onAClassPathItIsWhereTheMainClassCameFrom() {
    ApplicationCode own =
        new ApplicationCode(ApplicationCodeTest.class.getName() + " x", "/a.jar:/b.jar", false);

    assertThat(own.isAt(ClassOrigin.path(ApplicationCodeTest.class))).isTrue();
    assertThat(own.isAt(ClassOrigin.path(Test.class))).isFalse();
  }

  @Test
  void inAModuleTheNameOfTheModuleComesFirst() {
    ApplicationCode own =
        new ApplicationCode("a.module/" + ApplicationCodeTest.class.getName(), "", false);

    assertThat(own.isAt(ClassOrigin.path(ApplicationCodeTest.class))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "/build/target/classes, true",
    "/build/target/test-classes/, true",
    "/repository/lib.jar, false",
    "/app.jar!/BOOT-INF/lib, false",
    "'', false",
  })
  void inTestsItIsWhatLiesInDirectories(String path, boolean own) {
    assertThat(new ApplicationCode("/booter.jar /x", "/booter.jar", true).isAt(path))
        .isEqualTo(own);
  }

  @Test
  void withoutAMainClassNothingIsOwn() {
    assertThat(new ApplicationCode("", "", false).isAt("/app.jar")).isFalse();
    assertThat(new ApplicationCode("no.such.Main", "/x", false).isAt("")).isFalse();
  }
}
