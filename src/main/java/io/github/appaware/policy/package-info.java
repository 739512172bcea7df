/**
 * Text to an immutable {@link io.github.appaware.policy.engine.Policy}, or to {@link
 * io.github.appaware.policy.model.Problem problems} with their places, all at once; and the pure
 * question of what that policy says about one event.
 *
 * <p>The decision server loads this room, and the launcher does for its {@code policy} commands and
 * to refuse a bad policy before anything starts. It never reaches the target's JVM. It is the only
 * room that knows TOML.
 *
 * <p>It also writes: {@link io.github.appaware.policy.edit.Answers} appends rules, {@link
 * io.github.appaware.policy.edit.RuleRemoval} takes one out, {@link
 * io.github.appaware.policy.edit.PolicyFormat} brings files into the canonical form, each whole or
 * not at all.
 *
 * <p>It is not responsible for watching files, for keeping the last good policy, for asking
 * anybody, for what a mode makes of an unknown event, or for identifying applications and naming
 * hosts: it believes the events and hashes that it is given.
 */
package io.github.appaware.policy;
