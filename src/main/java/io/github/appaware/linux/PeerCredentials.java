package io.github.appaware.linux;

/**
 * The process at the other end of a Unix-domain socket, as the kernel noted it when that end
 * connected or began to listen ({@code SO_PEERCRED} in unix(7)).
 *
 * @param pid its number in this process's namespace; 0 when it is not visible from there
 * @param uid its effective user
 * @param gid its effective group
 */
public record PeerCredentials(long pid, long uid, long gid) {}
