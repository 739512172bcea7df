/**
 * Which JDK methods are hooked and how: the {@link io.github.appaware.hook.HookTable table}, the
 * advice that is inlined, and the {@link io.github.appaware.hook.Weaver weaver}.
 *
 * <p>Runs in the launcher, and in a target only where the launcher could not prepare that JDK or
 * another agent changed a class first: then the agent loads it from the tool's jar in a class
 * loader of its own. The advice never runs here; its bytecode is copied into JDK methods, so it may
 * refer only to JDK types and the bridge.
 *
 * <p>Not responsible for: decisions, and installing the woven classes, which the agent does.
 */
package io.github.appaware.hook;
