/**
 * The decision server of one run, on a Unix-domain socket in the run's private directory, in a
 * process that the launcher starts.
 *
 * <p>{@link io.github.appaware.server.local.ServerOptions} is what the launcher sends it, {@link
 * io.github.appaware.server.local.LocalServer} serves, {@link
 * io.github.appaware.server.local.LocalClients} handles what launcher, agents and consoles say. It
 * ends with the last process of the run, and ends the run when the launcher is killed. It does not
 * decide: that is in {@link io.github.appaware.server}.
 */
package io.github.appaware.server.local;
