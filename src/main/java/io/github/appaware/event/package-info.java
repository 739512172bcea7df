/**
 * The shared vocabulary: what happened ({@link io.github.appaware.event.Event}), in which program
 * ({@link io.github.appaware.event.Application}), and what was decided ({@link
 * io.github.appaware.event.Verdict}) and why ({@link io.github.appaware.event.Reason}).
 *
 * <p>Every process loads this room, the target's JVM included, so it holds immutable values only
 * and depends on nothing but {@code java.base}. It decides nothing and does no I/O.
 */
package io.github.appaware.event;
