/**
 * The decision server of one run: a process of its own on a Unix-domain socket, started by the
 * launcher and gone with the run's last process.
 *
 * <p>{@link io.github.appaware.server.local.LocalServer} admits the launcher, agents and consoles
 * of the same user; {@link io.github.appaware.server.local.ServerOptions} is what the launcher
 * hands over. What it shares with servers for other hosts is in {@link io.github.appaware.server}.
 */
package io.github.appaware.server.local;
