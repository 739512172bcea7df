package io.github.appaware.trust;

import io.github.appaware.tls.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The outstanding tokens: each a file, named after the hash of the token's secret, which itself is
 * not stored. A random secret of 192 bits needs no slow hash.
 */
final class Tokens {
  /** How long used and expired tokens are remembered, so that errors can say so. */
  private static final Duration REMEMBERED = Duration.ofDays(7);

  private static final String USED = ".used";

  /**
   * What a token grants.
   *
   * @param name or empty for any free one
   */
  record Grant(Role role, String name, Instant expires) {
    private String text() {
      return role.label() + "\n" + expires + "\n" + name + "\n";
    }

    private static Grant parse(String text) throws IOException {
      String[] lines = text.split("\n", -1);
      Optional<Role> role = Role.of(lines[0]);
      if (lines.length != 4
          || role.isEmpty()
          || (!lines[2].isEmpty() && !EnrolledName.isGood(lines[2]))) {
        throw new IOException("a token's file is not valid");
      }
      try {
        return new Grant(role.get(), lines[2], Instant.parse(lines[1]));
      } catch (DateTimeException e) {
        throw new IOException("a token's file is not valid", e);
      }
    }
  }

  private final Path directory;

  Tokens(Path directory) {
    this.directory = directory;
  }

  void add(DirectoryLock lock, Token token, Grant grant, Instant now) throws IOException {
    lock.requireHeld();
    sweep(now);
    SecretFile.replace(directory.resolve(hash(token.secret())), grant.text());
  }

  /**
   * What the token with this secret grants.
   *
   * @throws TrustException when the token is unknown, used or expired
   */
  Grant find(String secret, Instant now) throws IOException, TrustException {
    String hash = hash(secret);
    Grant grant;
    try {
      grant = Grant.parse(PrivateFiles.read(directory.resolve(hash)));
    } catch (NoSuchFileException e) {
      if (Files.exists(directory.resolve(hash + USED))) {
        throw new TrustException("the token was used already", "ask for another");
      }
      throw new TrustException("the server does not know the token", "ask for another");
    }
    if (!now.isBefore(grant.expires)) {
      throw new TrustException("the token expired " + grant.expires, "ask for another");
    }
    return grant;
  }

  /** Marks the token as used, durably. Of several threads or processes at once, one succeeds. */
  void use(DirectoryLock lock, String secret) throws IOException, TrustException {
    lock.requireHeld();
    String hash = hash(secret);
    try {
      Files.move(
          directory.resolve(hash), directory.resolve(hash + USED), StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      throw new TrustException("the token was used already", "ask for another");
    }
    SecretFile.sync(directory);
  }

  /** Those that may still be used, the next to expire first. */
  List<OpenToken> open(Instant now) throws IOException {
    List<OpenToken> open = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (!name.startsWith(".") && !name.endsWith(USED)) {
          Grant grant = Grant.parse(PrivateFiles.read(file));
          if (now.isBefore(grant.expires)) {
            open.add(new OpenToken(grant.role, grant.name, grant.expires));
          }
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    open.sort(Comparator.comparing(OpenToken::expiry));
    return open;
  }

  private static String hash(String secret) {
    return Token.sha256(secret.getBytes(StandardCharsets.UTF_8));
  }

  private void sweep(Instant now) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        boolean leftOver = file.getFileName().toString().startsWith("."); // by a crash
        if (leftOver
            || now.isAfter(Grant.parse(PrivateFiles.read(file)).expires.plus(REMEMBERED))) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
