/**
 * Real programs and libraries with the agent and without: the same results when all is allowed, and
 * nothing let through when it is denied. The programs are in {@code src/compat}, one file each,
 * which names what it needs from Maven Central; each runs in JVMs of its own with a class path of
 * its own, so that none of it gets near the product's.
 */
package io.github.appaware.compat;
