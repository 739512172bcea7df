package io.github.appaware.identity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/** SHA-256 of files. */
final class Hashes {
  /** Large enough that system calls cost little compared with the digest. */
  static final int BUFFER = 128 << 10;

  private Hashes() {}

  /**
   * 64 lower-case hexadecimal digits for the bytes of the file.
   *
   * @throws UnhashableException if the budget does not allow it
   */
  static String sha256(Path file, ReadBudget budget) throws IOException {
    return hex(digest(file, budget));
  }

  static byte[] digest(Path file, ReadBudget budget) throws IOException {
    budget.requireStored(file);
    budget.requireBytes(Files.size(file));
    Stamp before = Stamp.of(file);
    byte[] digest = digestOpen(file, budget);
    if (!before.equals(Stamp.of(file))) {
      throw new IOException(file + " changes while it is read");
    }
    budget.note(file, before);
    return digest;
  }

  /** The same for what {@link OpenFiles} lead to. */
  static byte[] digestOpen(Path file, ReadBudget budget) throws IOException {
    MessageDigest digest = begin();
    byte[] buffer = new byte[BUFFER];
    try (InputStream bytes = Files.newInputStream(file)) {
      for (int n = bytes.read(buffer); n >= 0; n = bytes.read(buffer)) {
        budget.countBytes(n);
        digest.update(buffer, 0, n);
      }
    }
    return digest.digest();
  }

  static MessageDigest begin() {
    return DigestUtils.getSha256Digest();
  }

  static String hex(byte[] digest) {
    return Hex.encodeHexString(digest);
  }
}
