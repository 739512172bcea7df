package io.github.appaware.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnCodeTest {
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
    assertThat(new OwnCode("/app.jar", "/app.jar").isAt(path)).isEqualTo(own);
    assertThat(new OwnCode("/app.jar some arguments", "/app.jar").isAt(path)).isEqualTo(own);
  }

  @Test
  void onAClassPathItIsWhereTheMainClassCameFrom() {
    OwnCode own = new OwnCode(OwnCodeTest.class.getName() + " x", "/a.jar:/b.jar");

    assertThat(own.isAt(Code.path(OwnCodeTest.class))).isTrue();
    assertThat(own.isAt(Code.path(Test.class))).isFalse();
  }

  @Test
  void inAModuleTheNameOfTheModuleComesFirst() {
    OwnCode own = new OwnCode("a.module/" + OwnCodeTest.class.getName(), "");

    assertThat(own.isAt(Code.path(OwnCodeTest.class))).isTrue();
  }

  @Test
  void withoutAMainClassNothingIsOwn() {
    assertThat(new OwnCode("", "").isAt("/app.jar")).isFalse();
    assertThat(new OwnCode("no.such.Main", "/x").isAt("")).isFalse();
  }
}
