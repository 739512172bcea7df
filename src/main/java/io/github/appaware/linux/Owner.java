package io.github.appaware.linux;

import java.util.OptionalLong;

/**
 * A process that holds a socket.
 *
 * @param pid its number; empty when the socket belongs to another user's process, which can't be
 *     looked into
 * @param uid the user; of the process where that is known, otherwise the one who made the socket
 * @param command the process's name as {@link ProcessInfo} has it, or empty
 */
public record Owner(OptionalLong pid, OptionalLong uid, String command) {}
