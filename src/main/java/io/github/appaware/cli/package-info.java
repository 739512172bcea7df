/**
 * The commands: one class each, the options, the words, and the composition of the other rooms.
 *
 * <p>The only room that ends the process or writes to the standard streams, and it gets both from
 * its {@link io.github.appaware.cli.Main}. {@link io.github.appaware.cli.ServerMain} is the
 * server's process. Work is done elsewhere.
 */
package io.github.appaware.cli;
