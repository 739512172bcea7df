/**
 * Makes a policy of records: {@link io.github.appaware.learn.Learner} takes their entries, and
 * gives the rules that allow what was seen, and as little else as a rule that lasts can.
 *
 * <p>Loaded by {@code appaware learn} only. It neither runs anything nor writes files.
 */
package io.github.appaware.learn;
