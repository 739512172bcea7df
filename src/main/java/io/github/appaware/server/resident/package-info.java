/**
 * The decision server for other hosts: accepts connections over TLS, within limits, and serves
 * agents, operators and auditors by the role in their certificate.
 *
 * <p>{@link io.github.appaware.server.resident.TlsAcceptor} admits connections, {@link
 * io.github.appaware.server.resident.ResidentServer} serves them. Certificates are made and revoked
 * in {@link io.github.appaware.trust}; deciding is in {@link io.github.appaware.server}.
 */
package io.github.appaware.server.resident;
