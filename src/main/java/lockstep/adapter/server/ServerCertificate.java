package lockstep.adapter.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lockstep.spec.Decides;
import lockstep.wire.Bytes;
import lockstep.wire.Sha256;

/** A chain of certificates and the private key of its first one, from two PEM files. */
@Decides("NET-5")
public final class ServerCertificate {

  /** What a key store in memory is asked for; nobody else sees it. */
  static final String PASSWORD = "in memory only";

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private final Certificate[] chain;
  private final PrivateKey key;

  private ServerCertificate(Certificate[] chain, PrivateKey key) {
    this.chain = chain;
    this.key = key;
  }

  /** No such files, no certificate, no key in PKCS#8, or ones that do not belong together. */
  public static final class Unusable extends IOException {

    private static final long serialVersionUID = 1;

    Unusable(Exception cause) {
      super("certificate and key cannot be used", cause);
    }
  }

  /**
   * What two files hold.
   *
   * @throws Unusable if that is no certificate and its key
   */
  static ServerCertificate of(byte[] certificates, byte[] key) throws Unusable {
    try {
      Collection<? extends Certificate> chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(certificates));
      if (chain.isEmpty()) {
        throw new GeneralSecurityException("no certificate");
      }
      Certificate[] all = chain.toArray(Certificate[]::new);
      PrivateKey own = privateKey(key, all[0].getPublicKey().getAlgorithm());
      requirePair(own, all[0].getPublicKey());
      return new ServerCertificate(all, own);
    } catch (GeneralSecurityException | IllegalArgumentException none) {
      throw new Unusable(none);
    }
  }

  /** What a device is told as {@code --vault-tls-key}: SHA-256 of the public key, 32 bytes. */
  public Bytes keyDigest() {
    return Sha256.of(chain[0].getPublicKey().getEncoded());
  }

  KeyStore inMemory() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("vault", key, PASSWORD.toCharArray(), chain);
    return store;
  }

  private static PrivateKey privateKey(byte[] pem, String algorithm)
      throws GeneralSecurityException {
    Matcher found = KEY.matcher(new String(pem, StandardCharsets.ISO_8859_1));
    if (!found.find()) {
      throw new GeneralSecurityException("no key in PKCS#8");
    }
    byte[] encoded = Base64.getMimeDecoder().decode(found.group(1));
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
  }

  private static void requirePair(PrivateKey key, PublicKey published)
      throws GeneralSecurityException {
    String algorithm = signatureOf(key.getAlgorithm());
    byte[] probe = new byte[Sha256.LENGTH_BYTES];
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key, new SecureRandom());
    signature.update(probe);
    byte[] made = signature.sign();
    signature.initVerify(published);
    signature.update(probe);
    if (!signature.verify(made)) {
      throw new GeneralSecurityException("the key is not the certificate's");
    }
  }

  private static String signatureOf(String algorithm) {
    return switch (algorithm) {
      case "EC" -> "SHA256withECDSA";
      case "RSA" -> "SHA256withRSA";
      default -> algorithm;
    };
  }
}
