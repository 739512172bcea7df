/**
 * The shipped jars and the real launcher script, run as users run them, against programs of {@link
 * io.github.appaware.target} in JVMs of their own.
 */
package io.github.appaware.e2e;
