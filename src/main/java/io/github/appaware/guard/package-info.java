/**
 * The guard of a run (Linux): every network call of the target and of all that it starts, Java or
 * not, is stopped by the kernel, put to the decision server, and then done by the guard itself.
 *
 * <p>{@link io.github.appaware.guard.Guard} starts the target on a thread that is restricted for
 * good, and proves beforehand that its calls are caught. {@link
 * io.github.appaware.guard.Supervisor} receives the stopped calls on several threads, {@link
 * io.github.appaware.guard.CallHandler} handles one: it copies what the call points to ({@link
 * io.github.appaware.guard.GuardedProcess}), reads the event ({@link
 * io.github.appaware.guard.SocketName}, {@link io.github.appaware.guard.UnixNames}), has it decided
 * ({@link io.github.appaware.guard.ProcessLink}, a client of the protocol for each process), and
 * does the call on a duplicate of the process's socket, with the copy. The kernel never looks into
 * the process's memory or at its descriptor a second time, so that a thread that changes either
 * meanwhile changes nothing. No call is ever let through to be done by the process itself.
 *
 * <p>Runs in the launcher. It decides nothing: where the server does not answer, the process can't
 * be looked into, or anything else fails, the call is denied with EACCES. What connections are
 * accepted, what comes in, and what is sent over a connected socket is none of its business.
 */
package io.github.appaware.guard;
