/**
 * The identity of hosts to each other: the resident server's certificate authority, one-time
 * tokens, enrolment, renewal and revocation, the files of keys on both sides, and the TLS engines
 * that use them. Certificates are made in {@link io.github.appaware.trust.Certificates} alone.
 *
 * <p>At the server, in its own process or that of {@code appaware server ...}: {@link
 * io.github.appaware.trust.ServerHome} is the directory, {@link io.github.appaware.trust.Authority}
 * issues, {@link io.github.appaware.trust.CertificateRegister} remembers what was issued and
 * revoked, and {@link io.github.appaware.trust.ServerTrust} identifies clients. At a client: {@link
 * io.github.appaware.trust.Enrolment} turns a token into files, {@link
 * io.github.appaware.trust.ClientTrust} finds and checks them. Connecting with them and renewing
 * them is up to {@code link}.
 *
 * <p>What it promises: a private key never leaves the host that made it; a token is good once, for
 * one role; a name belongs to one enrolment at a time, and a new one needs a token made for that
 * name; a key that others could read is not used; what can't be checked is refused.
 *
 * <p>It does not say what a role may do, opens no port, and protects neither from the server's own
 * user nor from a host's.
 */
package io.github.appaware.trust;
