/**
 * Turns a policy into the lists of other tools, for the firewall around the program: what the
 * policy lets out, in the form and within the abilities of each tool. What a tool can't say, or
 * says otherwise, is told with the rule and the reason, never omitted silently.
 *
 * <p>Loaded by {@code appaware policy export} only. It writes no files.
 */
package io.github.appaware.convert.export;
