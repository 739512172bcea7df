package io.github.appaware.trust;

import io.github.appaware.tls.ProofOfPossession;
import io.github.appaware.wire.Message;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Issues and revokes certificates. Safe for use by many threads and processes: each change locks
 * the directory, and is on disk before a method returns.
 */
public final class Authority {
  /** Longer would make tokens a second kind of certificate. */
  private static final Duration MAX_TOKEN_LIFE = Duration.ofDays(366);

  private final ServerHome home;
  private final Clock clock;
  private final Tokens tokens;
  private final CertificateRegister register;

  /** Of this directory. */
  public Authority(ServerHome home, Clock clock) {
    this.home = home;
    this.clock = clock;
    this.tokens = new Tokens(home.tokens());
    this.register = new CertificateRegister(home.register());
  }

  /**
   * A token that is good once.
   *
   * @param name that it is for, even if that has a certificate already; or empty for any free one
   * @param life at most 366 days
   */
  public Token token(Role role, String name, Duration life) throws IOException, TrustException {
    String checked = name.isEmpty() ? "" : EnrolledName.checked(name);
    if (life.isNegative() || life.isZero() || life.compareTo(MAX_TOKEN_LIFE) > 0) {
      throw new TrustException("a token can't be good for " + life, "use up to 366d");
    }
    try (DirectoryLock lock = DirectoryLock.of(home.directory())) {
      Instant now = clock.instant();
      Token token = Token.random(role, home.certificate());
      tokens.add(lock, token, new Tokens.Grant(role, checked, now.plus(life)), now);
      return token;
    }
  }

  /**
   * Issues the first certificate of a name. Those that the name had before are no longer valid.
   *
   * @throws TrustException when it is refused; the token is used up only by a certificate
   */
  public X509Certificate enrol(Message.Enroll asked) throws IOException, TrustException {
    // A client without a token is refused without the lock, so that it delays no other.
    tokens.find(asked.token(), clock.instant());
    PublicKey key = key(asked.publicKey());
    String[] purpose = {ProofOfPossession.ENROL, asked.token(), asked.name(), asked.host()};
    requireProof(asked.proof(), key, purpose);
    try (DirectoryLock lock = DirectoryLock.of(home.directory())) {
      Instant now = clock.instant();
      Tokens.Grant grant = tokens.find(asked.token(), now);
      String name = name(grant, asked);
      if (grant.name().isEmpty() && register.read().knows(name)) {
        throw new TrustException(
            "the name `" + name + "` is taken",
            "choose another with --name; or, for the same host again, ask for a token that is made"
                + " for it: appaware server token --name "
                + name);
      }
      X509Certificate certificate = issue(key, name, grant.role(), now);
      tokens.use(lock, asked.token());
      register.enrolled(lock, now, peer(certificate));
      return certificate;
    }
  }

  private static String name(Tokens.Grant grant, Message.Enroll asked) throws TrustException {
    if (!asked.name().isEmpty()) {
      String name = EnrolledName.checked(asked.name());
      if (!grant.name().isEmpty() && !grant.name().equals(name)) {
        throw new TrustException(
            "the token is for another name than `" + name + "`", "leave out --name");
      }
      return name;
    }
    return grant.name().isEmpty() ? EnrolledName.checked(asked.host()) : grant.name();
  }

  /** Issues the next certificate of a client whose present one is valid; that one stays valid. */
  public X509Certificate renew(PeerIdentity peer, String publicKey, String proof)
      throws IOException, TrustException {
    PublicKey key = key(publicKey);
    requireProof(proof, key, ProofOfPossession.RENEW, peer.serial());
    try (DirectoryLock lock = DirectoryLock.of(home.directory())) {
      Instant now = clock.instant();
      if (!register.read().isValid(peer) || now.isAfter(peer.notAfter())) {
        throw new TrustException("the certificate of `" + peer.name() + "` is not valid", "");
      }
      X509Certificate certificate = issue(key, peer.name(), peer.role(), now);
      register.renewed(lock, now, peer(certificate));
      return certificate;
    }
  }

  /** Revokes all certificates of a name; running servers notice within a second. */
  public void revoke(String name) throws IOException, TrustException {
    String checked = EnrolledName.checked(name);
    try (DirectoryLock lock = DirectoryLock.of(home.directory())) {
      CertificateRegister.Entries state = register.read();
      if (!state.knows(checked)) {
        throw new TrustException("no client has enrolled as `" + checked + "`", "");
      }
      if (!state.isRevoked(checked)) {
        register.revoked(lock, clock.instant(), checked);
      }
    }
  }

  /** All names that ever had a certificate, in the order of their first enrolment. */
  public List<EnrolledClient> clients() throws IOException {
    try (DirectoryLock lock = DirectoryLock.of(home.directory())) {
      lock.requireHeld();
      return List.copyOf(register.read().clients().values());
    }
  }

  /** The tokens that may still be used, the next to expire first. */
  public List<OpenToken> openTokens() throws IOException {
    try (DirectoryLock lock = DirectoryLock.of(home.directory())) {
      lock.requireHeld();
      return tokens.open(clock.instant());
    }
  }

  private static PublicKey key(String text) throws TrustException {
    try {
      return ProofOfPossession.key(text);
    } catch (GeneralSecurityException e) {
      throw new TrustException("a public key that can't be certified: " + e.getMessage(), "");
    }
  }

  private static void requireProof(String proof, PublicKey key, String... purpose)
      throws TrustException {
    if (!ProofOfPossession.holds(proof, key, purpose)) {
      throw new TrustException("the client does not prove that it has the private key", "");
    }
  }

  private X509Certificate issue(PublicKey key, String name, Role role, Instant now)
      throws IOException, TrustException {
    Duration life = Lifetimes.read(home.lifetimes()).clients();
    try {
      return Certificates.client(
          home.signer(), key, name, role, new Certificates.Validity(now, life));
    } catch (GeneralSecurityException e) {
      throw new TrustException("certificates can't be made: " + e.getMessage(), "");
    }
  }

  private static PeerIdentity peer(X509Certificate certificate) {
    try {
      return PeerIdentity.of(certificate);
    } catch (CertificateException e) {
      throw new IllegalStateException("a certificate of our own", e);
    }
  }
}
