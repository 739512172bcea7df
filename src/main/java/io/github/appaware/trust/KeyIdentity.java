package io.github.appaware.trust;

import io.github.appaware.tls.Pem;
import io.github.appaware.tls.ProofOfPossession;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A private key, its certificate and the authority's: one file, so that all three change at once.
 */
record KeyIdentity(PrivateKey key, X509Certificate certificate, X509Certificate authority) {
  /** The authority's certificate and its key. */
  record Signer(PrivateKey key, X509Certificate certificate) {}

  /**
   * Reads what {@link #text} made.
   *
   * @param otherwise the help for a key that others may know
   */
  static KeyIdentity read(Path file, String otherwise) throws IOException, TrustException {
    String text = PrivateFiles.readSecret(file, otherwise);
    try {
      List<X509Certificate> chain = Pem.certificates(text);
      if (chain.size() != 2) {
        throw new GeneralSecurityException("it has " + chain.size() + " certificates");
      }
      KeyIdentity identity = new KeyIdentity(Pem.key(text), chain.get(0), chain.get(1));
      identity.requireConsistent();
      return identity;
    } catch (GeneralSecurityException e) {
      throw new TrustException("`" + file + "` can't be used: " + e.getMessage(), otherwise);
    }
  }

  /** Checks that the key belongs to the certificate, and that the authority signed it. */
  void requireConsistent() throws GeneralSecurityException {
    if (!ProofOfPossession.belong(key, certificate.getPublicKey())) {
      throw new GeneralSecurityException("its key and its certificate don't belong together");
    }
    certificate.verify(authority.getPublicKey());
  }

  /**
   * As a file.
   *
   * @param comment one line
   */
  String text(String comment) throws GeneralSecurityException {
    return comment + "\n" + Pem.of(key) + Pem.of(certificate) + Pem.of(authority);
  }
}
