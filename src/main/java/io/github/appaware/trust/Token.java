package io.github.appaware.trust;

import io.github.appaware.tls.TrustAnchors;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A token that lets a host enrol once, printed as {@code ROLE.FINGERPRINT.SECRET}.
 *
 * @param role of the certificate
 * @param fingerprint of the authority's certificate: SHA-256 in lower-case hexadecimal
 * @param secret 192 random bits in Base64
 */
public record Token(Role role, String fingerprint, String secret) {
  private static final int SECRET_BYTES = 24;
  private static final int HASH_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  /** A new one. */
  static Token random(Role role, X509Certificate authority) {
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    return new Token(role, TrustAnchors.fingerprint(authority), BASE64.encodeToString(secret));
  }

  /** Takes what {@link #text} made. */
  public static Token parse(String text) throws TrustException {
    String[] parts = text.strip().split("\\.", -1);
    if (parts.length != 3) {
      throw bad();
    }
    Role role = Role.of(parts[0].toLowerCase(Locale.ROOT)).orElseThrow(Token::bad);
    byte[] fingerprint = decode(parts[1], HASH_BYTES);
    decode(parts[2], SECRET_BYTES);
    return new Token(role, HexFormat.of().formatHex(fingerprint), parts[2]);
  }

  private static byte[] decode(String part, int length) throws TrustException {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(part);
      if (bytes.length == length) {
        return bytes;
      }
    } catch (IllegalArgumentException notBase64) {
      // Said below.
    }
    throw bad();
  }

  /** Without the text, which may be a mistyped token. */
  private static TrustException bad() {
    return new TrustException(
        "that is no token", "give the whole line that `appaware server token` printed");
  }

  /** The whole token: to have it is to be able to enrol. */
  public String text() {
    byte[] hash = HexFormat.of().parseHex(fingerprint);
    return role.label() + "." + BASE64.encodeToString(hash) + "." + secret;
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "Token[role=" + role + ", fingerprint=" + fingerprint + "]";
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("each JDK has SHA-256", e);
    }
  }
}
