/**
 * Which JDK methods are hooked and how: the {@link io.github.appaware.hook.HookTable table}, the
 * advice that is inlined, and the {@link io.github.appaware.hook.Weaver weaver}.
 *
 * <p>Runs in the launcher, and in a target only where the launcher could not prepare that JDK or
 * another agent changed a class first: then the agent loads it from the tool's jar in a loader of
 * its own. The advice is never run from here; its bytes are copied into JDK methods, so it may name
 * nothing but JDK types and the bridge.
 *
 * <p>Not responsible for: decisions, and the agent that installs the woven classes.
 */
package io.github.appaware.hook;
