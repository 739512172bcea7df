package io.github.appaware.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A test that shows what appaware does not protect from: it fails as soon as appaware does, and the
 * line of the README and of the page {@code limits.md} must go.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ShowsLimit {
  /**
   * How lines of the list in the README's "What it protects from, and what not" begin, and the
   * page's.
   */
  String[] value();
}
