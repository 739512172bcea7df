/**
 * The terminal that answers questions.
 *
 * <p>{@link io.github.appaware.prompt.Prompt} takes messages of the server and sends others;
 * between them stands a person. What to show and what a key means is decided without a terminal
 * ({@code Dialog}, and the views); the terminal itself is JLine's, in this room alone, and not
 * loaded before the first question. Whatever names the target made up are escaped before they are
 * shown.
 */
package io.github.appaware.prompt;
