/**
 * Turns a command line, or a running process, into a measured {@link
 * io.github.appaware.event.Application}: which file, class path, module or source will run, and its
 * SHA-256.
 *
 * <p>Runs in the launcher, before the target does. {@link
 * io.github.appaware.identity.Identifier#identify} reads a command as the shell and the {@code
 * java} launcher would, {@link io.github.appaware.identity.Identifier#measure} inspects a process
 * from outside; neither runs anything nor asks the target.
 *
 * <p>Not responsible for: giving an application its id (a policy does), starting it, and keeping
 * files as they were measured: a process that can write the jar between measuring and loading, or
 * that rewrites its own command line in memory, runs something else than the hash says. Files that
 * are too large to measure have no hash: {@code ReadBudget} has the limits.
 */
package io.github.appaware.identity;
