package io.github.appaware.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A test of what is alike in all JDKs, once the agent runs in them: it runs with the newest {@link
 * Jdk} of this machine, which is its parameter, and with each of them where {@code -Djdks=all} is
 * given.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest
@MethodSource("io.github.appaware.testkit.Jdk#newest")
public @interface TestOnNewestJdk {}
