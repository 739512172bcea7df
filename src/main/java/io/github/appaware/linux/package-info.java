/**
 * The few system calls of Linux that the JDK lacks, and what {@code /proc} says about processes and
 * sockets.
 *
 * <p>{@link io.github.appaware.linux.SystemCalls} is the one interface to the system calls; {@link
 * io.github.appaware.linux.Linux} finds its implementation: {@code java.lang.foreign} from JDK 22
 * on, JNA before, and elsewhere one that says why there is none. {@link
 * io.github.appaware.linux.ProcFs} reads {@code /proc}, {@link
 * io.github.appaware.linux.SocketOwners} finds the processes behind a listening socket, {@link
 * io.github.appaware.linux.PeerProcess} tells the process at the other end of a Unix-domain socket,
 * {@link io.github.appaware.linux.TerminalUse} which terminal a process can use, {@link
 * io.github.appaware.linux.RunMembership} whether a process belongs to a run, and {@link
 * io.github.appaware.linux.NetworkUse} whether it has a socket of a network open; these need no
 * native code.
 *
 * <p>Used by the launcher and by the local decision server, loaded when first needed, as native
 * access costs tens of milliseconds. It is never in the target. It decides nothing: that a call is
 * unavailable is reported with its reason, and the caller fails closed where it must.
 */
package io.github.appaware.linux;
