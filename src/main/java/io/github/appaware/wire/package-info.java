/**
 * The protocol between agent, launcher and decision server: {@link io.github.appaware.wire.Message
 * messages}, their {@link io.github.appaware.wire.Codec bytes}, the {@link
 * io.github.appaware.wire.FrameChannel frames} they travel in, and the {@link
 * io.github.appaware.wire.AgentOptions options} that lead an agent to its server.
 *
 * <p>Every process loads this room, the target's JVM included: it depends on nothing but {@code
 * java.base} and avoids what is slow to link. Anything on the wire that is not exactly as written
 * here is a {@link io.github.appaware.wire.WireException}, after which the connection is closed. It
 * does not decide what a message means.
 */
package io.github.appaware.wire;
