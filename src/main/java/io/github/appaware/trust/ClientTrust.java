package io.github.appaware.trust;

import io.github.appaware.wire.ServerAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.util.List;

/**
 * The key and certificate that enrolling left on this machine for one server.
 *
 * @param server the address of the server
 * @param file with the private key, its certificate, and the certificate authority's
 * @param self the client that the certificate was for when it was looked at
 */
public record ClientTrust(ServerAddress server, Path file, PeerIdentity self) {
  /**
   * Finds the file for a server.
   *
   * @param roles that would do; the first one with a certificate is taken
   * @throws TrustException when there is none, or it can't be used
   */
  public static ClientTrust open(
      ClientFiles files, ServerAddress server, List<Role> roles, Clock clock)
      throws IOException, TrustException {
    for (Role role : roles) {
      Path file = files.of(server, role);
      if (PrivateFiles.exists(file)) {
        return new ClientTrust(server, file, check(file, server, clock));
      }
    }
    String role = roles.get(0).label();
    throw new TrustException(
        "not enrolled at " + server + " as " + role,
        "run `appaware enroll "
            + server
            + " --token T`, with what `appaware server token --role "
            + role
            + "` prints there");
  }

  private static PeerIdentity check(Path file, ServerAddress server, Clock clock)
      throws IOException, TrustException {
    String again = "run `appaware enroll " + server + " --token T` with a new token for this name";
    try {
      PeerIdentity peer = PeerIdentity.of(KeyIdentity.read(file, again).certificate());
      if (clock.instant().isAfter(peer.notAfter())) {
        throw new TrustException(
            "the certificate of `"
                + peer.name()
                + "` for "
                + server
                + " expired "
                + peer.notAfter(),
            again);
      }
      return peer;
    } catch (CertificateException e) {
      throw new TrustException("`" + file + "` can't be used: " + e.getMessage(), again);
    }
  }
}
