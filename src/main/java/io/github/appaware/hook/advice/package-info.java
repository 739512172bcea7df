/**
 * The advice that is inlined into JDK methods, one class an entry point, each a single call of the
 * {@link io.github.appaware.bridge.Bridge bridge}.
 *
 * <p>Never run from here: the weaver copies its bytecode into the JDK's methods. So it names only
 * {@code java.*} types and the bridge, and neither decides nor formats anything.
 */
package io.github.appaware.hook.advice;
