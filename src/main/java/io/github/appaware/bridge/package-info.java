/**
 * The classes that woven JDK code calls in {@code java.base}, and the bundle in which the launcher
 * hands woven classes to the agent.
 *
 * <p>{@link io.github.appaware.bridge.Bridge} is compiled here, renamed by the weaver to {@value
 * io.github.appaware.bridge.Bridge#WOVEN_NAME} and defined by the agent straight into {@code
 * java.base}; the copy under this package's name is never initialized in a target. It knows JDK
 * types only: it passes the arguments of a JDK method to the agent's checker and turns a denial
 * into the exception that the method declares. {@link io.github.appaware.bridge.InboundBridge}
 * handles accepted connections and received datagrams: a denied peer is dropped and the call
 * continues to wait; and datagrams to and from name servers.
 *
 * <p>Not responsible for: decisions, caches, and communication; these are the agent's.
 */
package io.github.appaware.bridge;
