package io.github.appaware.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Has {@link ToolExtension} make a program of the tests a jar, and set the field to its path. */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface JarOf {
  /** The main class; see {@link Programs#jar(java.nio.file.Path, Class)}. */
  Class<?> value();

  /** The file's name, if the test needs a certain one. */
  String name() default "program.jar";
}
