/**
 * The decision: an immutable {@link io.github.appaware.policy.engine.Policy} and the index that
 * finds its deciding rule at a cost that does not grow with the number of rules.
 *
 * <p>Pure: no files, no clock of its own, no names looked up. Safe for all threads.
 */
package io.github.appaware.policy.engine;
