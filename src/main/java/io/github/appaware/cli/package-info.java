/**
 * The command line: one class for each command, with its options and messages, which puts the other
 * rooms together.
 *
 * <p>Runs in the launcher ({@link io.github.appaware.cli.Main}) and in the local decision server
 * ({@link io.github.appaware.cli.ServerMain}). Only this room ends the process and writes to the
 * standard streams. What {@code console --json} writes and reads is in {@link
 * io.github.appaware.cli.JsonMessages} and {@link io.github.appaware.cli.JsonAnswer}; {@link
 * io.github.appaware.cli.CommandLineErrors} words what is wrong with a command line. It does not
 * decide events, read policies or speak the wire protocol itself.
 */
package io.github.appaware.cli;
