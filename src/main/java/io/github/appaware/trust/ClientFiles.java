package io.github.appaware.trust;

import io.github.appaware.tls.SecretFile;
import io.github.appaware.wire.ServerAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;

/**
 * The files of a user's keys: {@code servers/HOST_PORT/ROLE.pem} in appaware's configuration
 * directory. The names are taken by the agent as well, when it runs without a launcher.
 */
public final class ClientFiles {
  private final Path configuration;

  /** In this directory, which is {@code ~/.config/appaware} or what the user has in its place. */
  public ClientFiles(Path configuration) {
    this.configuration = configuration;
  }

  /** The file for one server and role, whether it exists or not. */
  public Path of(ServerAddress server, Role role) {
    return configuration
        .resolve("servers")
        .resolve(server.directory())
        .resolve(role.label() + ".pem");
  }

  Path save(ServerAddress server, KeyIdentity identity, PeerIdentity peer, Instant now)
      throws IOException, TrustException, GeneralSecurityException {
    Path file = of(server, peer.role());
    PrivateFiles.makeDirectory(configuration.resolve("servers"));
    PrivateFiles.makeDirectory(file.getParent());
    String comment = peer.role().label() + " " + peer.name() + " of " + server + "; written " + now;
    SecretFile.replace(file, identity.text(comment));
    SecretFile.sync(file.getParent().getParent());
    return file;
  }
}
