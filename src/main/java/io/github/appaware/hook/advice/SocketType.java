package io.github.appaware.hook.advice;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An advice parameter: the {@code SO_PROTOCOL}, or if the system has none the {@code SO_TYPE}, of
 * the file descriptor that is argument 1 of the method.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface SocketType {}
