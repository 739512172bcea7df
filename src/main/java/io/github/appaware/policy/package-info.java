/**
 * Policies: text to an immutable {@link io.github.appaware.policy.engine.Policy}, or to all {@link
 * io.github.appaware.policy.model.Problem problems} with their positions; the decision about one
 * event; its explanation; and changes to policy files. Five rooms, each of which may use those
 * before it:
 *
 * <ul>
 *   <li>{@link io.github.appaware.policy.model}: words, values and keys
 *   <li>{@link io.github.appaware.policy.engine}: the decision
 *   <li>{@link io.github.appaware.policy.read}: files to a policy
 *   <li>{@link io.github.appaware.policy.explain}: why a policy decides as it does
 *   <li>{@link io.github.appaware.policy.edit}: answers, additions, removals, formatting
 * </ul>
 *
 * <p>The decision server loads these rooms, and the launcher does for its {@code policy} commands
 * and to refuse a bad policy before anything starts. They are never loaded into the target's JVM.
 *
 * <p>Not responsible for watching files, keeping the last good policy, asking a person, applying a
 * mode to unknown events, identifying applications or naming hosts: events and hashes are taken as
 * they are given.
 */
package io.github.appaware.policy;
