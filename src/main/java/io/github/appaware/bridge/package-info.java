/**
 * What crosses the border into {@code java.base}: the class that woven JDK code calls, and the
 * bundle in which the launcher hands woven code to the agent.
 *
 * <p>{@link io.github.appaware.bridge.Bridge} is compiled here, renamed by the weaver to {@value
 * io.github.appaware.bridge.Bridge#WOVEN_NAME} and defined by the agent straight into {@code
 * java.base}; the copy under this package's name is never initialized in a target. It knows JDK
 * types only: it turns the arguments of a JDK method into a question and a denial into the
 * exception that the method declares. What comes in is handled by {@link
 * io.github.appaware.bridge.InboundBridge}, which makes a denied peer one that never came. It does
 * not judge, cache, or talk to anybody.
 */
package io.github.appaware.bridge;
