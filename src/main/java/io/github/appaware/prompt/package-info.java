/**
 * Puts questions to a person at the controlling terminal.
 *
 * <p>{@link io.github.appaware.prompt.Prompt} takes messages from the server and sends the answers.
 * {@code Dialog} and the views decide what to show and what keys mean, without a terminal; {@code
 * PromptSession} holds the terminal and has its rules, {@code TerminalScreen} draws, {@code
 * KeyParser} tells keys from what else a terminal sends, and {@code TargetTerminal} stops the run's
 * processes meanwhile. Signals come through JLine, which only this room uses and which is loaded
 * with the first question. All text from the target is escaped before it is shown.
 *
 * <p>Runs in the launcher and in consoles. It does not decide events, choose what answers are
 * offered, or write policies: the server does.
 */
package io.github.appaware.prompt;
