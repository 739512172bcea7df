/**
 * Text to a {@link io.github.appaware.policy.engine.Policy}, or to all of its {@link
 * io.github.appaware.policy.model.Problem problems} with their places at once. The only room that
 * knows the TOML parser.
 *
 * <p>Reads policy files, the files that they include, and host lists. Does not watch files and does
 * not keep the last valid policy: the server does.
 */
package io.github.appaware.policy.read;
