/**
 * Annotations by which JUnit tests limit their own use of the network, in a jar of their own,
 * {@code appaware-junit.jar}: {@link io.github.appaware.junit.DenyNetwork} and {@link
 * io.github.appaware.junit.AllowNetwork}.
 *
 * <p>Loaded by the application's class loader in a JVM that runs tests; it depends on JUnit Jupiter
 * and the JDK alone, and speaks to the agent of that JVM through types of {@code java.lang}. What
 * it says only tightens: the decision server's verdict applies as well.
 *
 * <p>Not responsible for: which test an event belongs to, which the agent finds without this jar.
 */
package io.github.appaware.junit;
