/**
 * TLS 1.3 between hosts, with certificates on both sides: {@link io.github.appaware.tls.TlsChannel
 * channels}, the client's configuration ({@link io.github.appaware.tls.TlsClient}), and the trust
 * managers of both sides.
 *
 * <p>Part of the agent's jar, so it depends on the JDK and {@link io.github.appaware.wire} alone; a
 * process that only speaks to a local server loads none of it. It does not issue, store or revoke
 * certificates, and does not know what their owners may do: see {@link io.github.appaware.trust}.
 */
package io.github.appaware.tls;
