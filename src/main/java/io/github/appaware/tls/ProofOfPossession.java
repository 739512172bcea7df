package io.github.appaware.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * Keys of NIST P-256, and proofs of possession of the private one: a signature over the purpose of
 * the key, so that it proves nothing for another purpose.
 */
public final class ProofOfPossession {
  /** What a key is for when a token is to have it certified. */
  public static final String ENROL = "enrol";

  /** What a key is for when it is to take the place of one that is certified. */
  public static final String RENEW = "renew";

  private static final String CURVE = "secp256r1";
  private static final String SIGNATURE = "SHA256withECDSA";

  private ProofOfPossession() {}

  /** Makes a new pair of keys. */
  public static KeyPair newKeys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(CURVE));
    return generator.generateKeyPair();
  }

  /**
   * Made by the owner of the key.
   *
   * @param purpose all that the certificate will depend on
   * @return in Base64
   */
  public static String of(KeyPair keys, String... purpose) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(SIGNATURE);
    signature.initSign(keys.getPrivate());
    signature.update(statement(keys.getPublic(), purpose));
    return Base64.getEncoder().encodeToString(signature.sign());
  }

  /** Whether {@link #of} made it with the private key of this public one. */
  public static boolean holds(String proof, PublicKey key, String... purpose) {
    try {
      Signature signature = Signature.getInstance(SIGNATURE);
      signature.initVerify(key);
      signature.update(statement(key, purpose));
      return signature.verify(Base64.getDecoder().decode(proof));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether both keys are of one pair. */
  public static boolean belong(PrivateKey secret, PublicKey open) throws GeneralSecurityException {
    String proof = of(new KeyPair(open, secret), "a key of its own file");
    return holds(proof, open, "a key of its own file");
  }

  /** Each part with its length in front, so that no two lists look the same. */
  private static byte[] statement(PublicKey key, String... purpose) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    append(out, "appaware proof of possession 1".getBytes(StandardCharsets.US_ASCII));
    for (String part : purpose) {
      append(out, part.getBytes(StandardCharsets.UTF_8));
    }
    append(out, key.getEncoded());
    return out.toByteArray();
  }

  private static void append(ByteArrayOutputStream out, byte[] part) {
    out.writeBytes(ByteBuffer.allocate(4).putInt(part.length).array());
    out.writeBytes(part);
  }

  /** As it travels. */
  public static String text(PublicKey key) {
    return Base64.getEncoder().encodeToString(key.getEncoded());
  }

  /** A key from the other side, which may be anything. */
  public static PublicKey key(String text) throws GeneralSecurityException {
    byte[] der;
    try {
      der = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("a public key that is not Base64", e);
    }
    PublicKey key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der));
    if (!(key instanceof ECPublicKey point) || !isOnCurve(point)) {
      throw new GeneralSecurityException("a public key that is not of the curve P-256");
    }
    return key;
  }

  private static boolean isOnCurve(ECPublicKey key) throws GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(CURVE));
    ECParameterSpec ours = parameters.getParameterSpec(ECParameterSpec.class);
    ECParameterSpec theirs = key.getParams();
    if (!theirs.getCurve().equals(ours.getCurve())
        || !theirs.getGenerator().equals(ours.getGenerator())
        || !theirs.getOrder().equals(ours.getOrder())
        || key.getW().equals(ECPoint.POINT_INFINITY)) {
      return false;
    }
    BigInteger p = ((ECFieldFp) ours.getCurve().getField()).getP();
    BigInteger x = key.getW().getAffineX();
    BigInteger y = key.getW().getAffineY();
    BigInteger right =
        x.pow(3).add(ours.getCurve().getA().multiply(x)).add(ours.getCurve().getB()).mod(p);
    return x.compareTo(p) < 0 && y.compareTo(p) < 0 && y.pow(2).mod(p).equals(right);
  }
}
