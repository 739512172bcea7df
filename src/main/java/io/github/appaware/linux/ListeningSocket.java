package io.github.appaware.linux;

import java.util.OptionalLong;

/**
 * A socket that others can reach.
 *
 * @param inode identifies it
 * @param uid the user who made it; empty where the table does not say
 */
public record ListeningSocket(long inode, OptionalLong uid) {}
