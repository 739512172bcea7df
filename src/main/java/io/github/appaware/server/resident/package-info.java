/**
 * The decision server for many hosts, in the process of {@code appaware server}: accepts
 * connections over TLS, within limits, and serves agents, operators and auditors by the role in
 * their certificate.
 *
 * <p>{@link io.github.appaware.server.resident.TlsAcceptor} accepts connections, whose handshakes
 * wait in the {@link io.github.appaware.server.resident.HandshakeQueue}; {@link
 * io.github.appaware.server.resident.RemoteMessages} handles what clients say; {@link
 * io.github.appaware.server.resident.ConnectionMonitor} closes silent and revoked connections;
 * {@link io.github.appaware.server.resident.RejectionLog} reports rejections. It does not decide,
 * which {@link io.github.appaware.server} does, and does not issue or revoke certificates, which
 * {@link io.github.appaware.trust} does.
 */
package io.github.appaware.server.resident;
