package io.github.appaware.trust;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes certificates: of the certificate authority, of servers, of clients. */
final class Certificates {
  /** How far in the past they begin, for hosts whose clock is slow. */
  static final Duration SKEW = Duration.ofMinutes(5);

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SERIAL_BITS = 127; // RFC 5280: positive, at most 20 bytes

  private Certificates() {}

  /** A self-signed certificate authority without intermediate ones. */
  static X509Certificate authority(KeyPair keys, Instant now, Duration life)
      throws GeneralSecurityException {
    X500Name name = new X500Name("CN=appaware " + new BigInteger(48, RANDOM).toString(16));
    try {
      X509v3CertificateBuilder builder =
          builder(name, name, keys.getPublic(), now, now.plus(life))
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
              .addExtension(
                  Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
              .addExtension(
                  Extension.subjectKeyIdentifier,
                  false,
                  new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
      return sign(builder, keys.getPrivate());
    } catch (CertIOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  /**
   * A server's certificate.
   *
   * @param names of the host, in normal form
   * @param addresses of the host, as literals
   */
  static X509Certificate server(
      KeyIdentity.Signer by, PublicKey key, List<String> names, List<String> addresses, Validity in)
      throws GeneralSecurityException {
    GeneralName[] all = new GeneralName[names.size() + addresses.size()];
    for (int i = 0; i < names.size(); i++) {
      all[i] = new GeneralName(GeneralName.dNSName, names.get(i));
    }
    for (int i = 0; i < addresses.size(); i++) {
      all[names.size() + i] = new GeneralName(GeneralName.iPAddress, addresses.get(i));
    }
    X500Name subject = new X500Name("OU=server,CN=appaware server");
    return end(by, subject, key, in, KeyPurposeId.id_kp_serverAuth, new GeneralNames(all));
  }

  /** A client's certificate; the name needs no escapes. */
  static X509Certificate client(
      KeyIdentity.Signer by, PublicKey key, String name, Role role, Validity in)
      throws GeneralSecurityException {
    if (!EnrolledName.isGood(name)) {
      throw new GeneralSecurityException("a name that can't be in a certificate");
    }
    X500Name subject = new X500Name("OU=" + role.label() + ",CN=" + name);
    return end(by, subject, key, in, KeyPurposeId.id_kp_clientAuth, null);
  }

  /** From when and how long; never beyond the authority's own end. */
  record Validity(Instant now, Duration life) {}

  private static X509Certificate end(
      KeyIdentity.Signer by,
      X500Name subject,
      PublicKey key,
      Validity in,
      KeyPurposeId purpose,
      GeneralNames names)
      throws GeneralSecurityException {
    Instant until = in.now.plus(in.life);
    Instant last = by.certificate().getNotAfter().toInstant();
    X500Name issuer = X500Name.getInstance(by.certificate().getSubjectX500Principal().getEncoded());
    try {
      JcaX509ExtensionUtils utilities = new JcaX509ExtensionUtils();
      X509v3CertificateBuilder builder =
          builder(issuer, subject, key, in.now, until.isBefore(last) ? until : last)
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
              .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
              .addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(purpose))
              .addExtension(
                  Extension.subjectKeyIdentifier, false, utilities.createSubjectKeyIdentifier(key))
              .addExtension(
                  Extension.authorityKeyIdentifier,
                  false,
                  utilities.createAuthorityKeyIdentifier(by.certificate().getPublicKey()));
      if (names != null) {
        builder.addExtension(Extension.subjectAlternativeName, false, names);
      }
      return sign(builder, by.key());
    } catch (CertIOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, PublicKey key, Instant now, Instant until) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(SERIAL_BITS, RANDOM).setBit(SERIAL_BITS - 1),
        Date.from(now.minus(SKEW)),
        Date.from(until),
        subject,
        key);
  }

  private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
      throws GeneralSecurityException {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }
}
