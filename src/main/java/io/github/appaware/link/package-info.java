/**
 * One client of the protocol: a connection to a decision server that lasts as long as the client,
 * put together from small parts.
 *
 * <p>{@link io.github.appaware.link.Link} is the connection. It dials the first of several {@link
 * io.github.appaware.link.Servers} that accepts the client, greets it, sends heartbeats, notices a
 * server that is silent, comes back after a back-off, renews its certificate, asks again what a
 * person is asked, and reports what it could not report. The agent, the local server of a run that
 * has an upstream server, and the console are its {@link io.github.appaware.link.Client}s and keep
 * only what they do with messages. {@link io.github.appaware.link.Timing} has the times and limits
 * of all of them.
 *
 * <p>It is part of the agent's jar, so it depends on the JDK, {@link io.github.appaware.wire},
 * {@link io.github.appaware.tls} and {@link io.github.appaware.event} alone, and has no lambdas,
 * method references or string switches: linking the first of them costs the target milliseconds. A
 * client of a local server loads nothing of {@code tls}. It does not know what events mean, decides
 * nothing, and never terminates the process.
 */
package io.github.appaware.link;
