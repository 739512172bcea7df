package io.github.appaware.trust;

import io.github.appaware.tls.Lifetime;
import io.github.appaware.tls.Pem;
import io.github.appaware.tls.ProofOfPossession;
import io.github.appaware.tls.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * A server's directory: {@code ca.key} and {@code ca.pem} (the certificate authority), {@code
 * server.pem} (the server's key and certificate), {@code register} (what was issued and revoked),
 * {@code tokens} (those outstanding), {@code lifetimes}. All of it is for the server's user alone.
 */
public final class ServerHome {
  private static final String LOST =
      "start anew with `appaware server init` and enrol all hosts again";

  private final Path directory;

  private ServerHome(Path directory) {
    this.directory = directory;
  }

  /**
   * Makes a certificate authority, and a certificate for a server of these names.
   *
   * @throws TrustException when the directory has one already
   */
  public static ServerHome init(
      Path directory, List<String> names, Lifetimes lifetimes, Clock clock)
      throws IOException, TrustException {
    ServerNames checked = ServerNames.of(names);
    lifetimes.check();
    ServerHome home = new ServerHome(directory);
    PrivateFiles.makeDirectory(directory);
    try (DirectoryLock lock = DirectoryLock.of(directory)) {
      for (Path each : home.all()) {
        if (PrivateFiles.exists(each)) {
          throw new TrustException(
              "there is a `" + each + "` already, and nothing is overwritten",
              "name another directory; or delete this one, and enrol all hosts again");
        }
      }
      lock.requireHeld();
      home.fill(checked, lifetimes, clock.instant());
    } catch (GeneralSecurityException e) {
      throw new TrustException("certificates can't be made: " + e.getMessage(), "");
    }
    return home;
  }

  /** Writes the authority's certificate last: without it nothing else is used. */
  private void fill(ServerNames names, Lifetimes lifetimes, Instant now)
      throws IOException, TrustException, GeneralSecurityException {
    KeyPair keys = ProofOfPossession.newKeys();
    X509Certificate authority = Certificates.authority(keys, now, Lifetimes.AUTHORITY);
    SecretFile.create(authorityKey(), Pem.of(keys.getPrivate()));
    PrivateFiles.makeDirectory(tokens());
    SecretFile.create(register(), "");
    SecretFile.create(lifetimes(), lifetimes.text());
    KeyIdentity.Signer signer = new KeyIdentity.Signer(keys.getPrivate(), authority);
    SecretFile.create(server(), serverIdentity(signer, names, lifetimes, now));
    SecretFile.create(authority(), Pem.of(authority));
  }

  private static String serverIdentity(
      KeyIdentity.Signer signer, ServerNames names, Lifetimes lifetimes, Instant now)
      throws GeneralSecurityException {
    KeyPair keys = ProofOfPossession.newKeys();
    X509Certificate certificate =
        Certificates.server(
            signer,
            keys.getPublic(),
            names.hosts(),
            names.addresses(),
            new Certificates.Validity(now, lifetimes.server()));
    return new KeyIdentity(keys.getPrivate(), certificate, signer.certificate())
        .text("appaware server; made " + now);
  }

  /** Opens a directory that {@link #init} made. */
  public static ServerHome open(Path directory) throws IOException, TrustException {
    ServerHome home = new ServerHome(directory);
    if (!Files.isRegularFile(home.authority())) {
      throw new TrustException(
          "`" + directory + "` is not a server's directory",
          "make one: appaware server init " + directory + " --name HOST");
    }
    PrivateFiles.requireOwnDirectory(directory);
    PrivateFiles.requireOwnDirectory(home.tokens());
    return home;
  }

  /** The authority's certificate, which is no secret. */
  public X509Certificate certificate() throws IOException, TrustException {
    try {
      List<X509Certificate> one = Pem.certificates(PrivateFiles.read(authority()));
      if (one.size() == 1) {
        return one.get(0);
      }
    } catch (GeneralSecurityException e) {
      // Said below.
    }
    throw new TrustException("`" + authority() + "` is not one certificate", LOST);
  }

  /** The authority's key and certificate. Read when needed, and not kept in memory. */
  KeyIdentity.Signer signer() throws IOException, TrustException {
    X509Certificate certificate = certificate();
    if (!Files.isRegularFile(authorityKey())) {
      throw new TrustException("there is no `" + authorityKey() + "` to sign with", LOST);
    }
    try {
      String text = PrivateFiles.readSecret(authorityKey(), LOST);
      KeyIdentity.Signer signer = new KeyIdentity.Signer(Pem.key(text), certificate);
      if (ProofOfPossession.belong(signer.key(), certificate.getPublicKey())) {
        return signer;
      }
    } catch (GeneralSecurityException e) {
      // Said below.
    }
    throw new TrustException("`" + authorityKey() + "` is not the authority's key", LOST);
  }

  /** The server's key and certificate, made anew when due. */
  KeyIdentity identity(Instant now) throws IOException, TrustException {
    String otherwise = "delete it, and init another directory";
    try (DirectoryLock lock = DirectoryLock.of(directory)) {
      KeyIdentity found = KeyIdentity.read(server(), otherwise);
      if (!found.authority().equals(certificate())) {
        throw new TrustException("`" + server() + "` is of another authority", otherwise);
      }
      if (!Lifetime.isDue(found.certificate(), now)) {
        return found;
      }
      lock.requireHeld();
      ServerNames names = ServerNames.of(found.certificate());
      SecretFile.replace(
          server(), serverIdentity(signer(), names, Lifetimes.read(lifetimes()), now));
      return KeyIdentity.read(server(), otherwise);
    } catch (GeneralSecurityException e) {
      throw new TrustException("certificates can't be made: " + e.getMessage(), "");
    }
  }

  Path directory() {
    return directory;
  }

  Path register() {
    return directory.resolve("register");
  }

  Path tokens() {
    return directory.resolve("tokens");
  }

  Path lifetimes() {
    return directory.resolve("lifetimes");
  }

  private Path authority() {
    return directory.resolve("ca.pem");
  }

  private Path authorityKey() {
    return directory.resolve("ca.key");
  }

  private Path server() {
    return directory.resolve("server.pem");
  }

  private List<Path> all() {
    return List.of(authority(), authorityKey(), server(), register(), tokens(), lifetimes());
  }
}
