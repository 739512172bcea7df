/**
 * Converts other tools' lists of allowed endpoints to rules: a Java {@code .policy} file, the rules
 * of OpenSnitch, the permissions of Deno, the endpoints of Harden-Runner.
 *
 * <p>Loaded by {@code appaware policy import} only. An entry without a counterpart is reported with
 * the reason, never omitted silently; the policy's reader checks the rules. It writes no files.
 */
package io.github.appaware.convert;
