/**
 * Puts questions to a person at the controlling terminal.
 *
 * <p>{@link io.github.appaware.prompt.Prompt} takes messages from the server and sends the answers.
 * {@code Dialog} and the views decide what to show and what keys mean, without a terminal; {@code
 * TerminalScreen} draws and reads keys through JLine, which only this room uses and which is loaded
 * with the first question. All text from the target is escaped before it is shown.
 *
 * <p>Runs in the launcher and in consoles. It does not decide events, choose what answers are
 * offered, or write policies: the server does.
 */
package io.github.appaware.prompt;
