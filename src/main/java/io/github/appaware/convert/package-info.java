/**
 * Other tools' lists of what may be reached, turned into rules: a Java {@code .policy} file, the
 * rules of OpenSnitch, the permissions of Deno, the endpoints of Harden-Runner.
 *
 * <p>Loaded by {@code appaware policy import} alone. What has no counterpart is named with its
 * reason and never left out in silence; whether a rule is any good is for the policy's reader to
 * say. It writes no files.
 */
package io.github.appaware.convert;
