/**
 * The decision: an immutable {@link io.github.appaware.policy.engine.Policy}, and a decision tree
 * ({@link io.github.appaware.policy.engine.Node}, {@link io.github.appaware.policy.engine.Split})
 * that finds the deciding rule at a cost that does not grow with the number of rules.
 *
 * <p>Pure: no files, no clock of its own, no look-ups of names. Safe for use by any number of
 * threads. It does not say why other rules do not match; {@link io.github.appaware.policy.explain}
 * does. Loaded by the decision server, and by the launcher for {@code policy explain}.
 */
package io.github.appaware.policy.engine;
