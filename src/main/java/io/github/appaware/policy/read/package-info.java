/**
 * The parser: policy files, what they include and their host lists to a {@link
 * io.github.appaware.policy.engine.Policy}, or to all their problems at once, each with file, line
 * and column. The only room that uses the TOML library.
 *
 * <p>Strict: what is unknown, mistyped or matches nothing is a problem, and a policy with a problem
 * is not used. Loaded by the decision server and the launcher. It does not watch files and does not
 * write them.
 */
package io.github.appaware.policy.read;
