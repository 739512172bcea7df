/**
 * The shared words: what happened ({@link io.github.appaware.event.Event}), in which program
 * ({@link io.github.appaware.event.Application}), and what was decided ({@link
 * io.github.appaware.event.Verdict}) and why ({@link io.github.appaware.event.Reason}).
 *
 * <p>Every process loads this room, the target's JVM included, so it holds immutable values only
 * and depends on nothing but {@code java.base}. It neither decides, nor asks, nor writes anything.
 */
package io.github.appaware.event;
