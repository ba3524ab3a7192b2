package lockstep.adapter.server;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import lockstep.spec.Implements;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** A new key on P-256 and a certificate that it signed itself, both as PEM. */
@Implements("NET-5")
public final class SelfSigned {

  private static final int SERIAL_BITS = 127;

  /** Devices' clocks may be somewhat behind. */
  private static final Duration BACKWARD = Duration.ofDays(1);

  private final byte[] certificate;
  private final byte[] key;

  private SelfSigned(byte[] certificate, byte[] key) {
    this.certificate = certificate;
    this.key = key;
  }

  /** The certificate's text. */
  public byte[] certificate() {
    return certificate.clone();
  }

  /** The private key's text, a secret. */
  public byte[] key() {
    return key.clone();
  }

  /** One that is valid from a day before {@code now}, for so long after it. */
  public static SelfSigned make(Instant now, Duration validity, SecureRandom random)
      throws IOException {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      TBSCertificate said = said(pair, now, validity, random);
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(pair.getPrivate(), random);
      signature.update(said.getEncoded(ASN1Encoding.DER));
      ASN1EncodableVector whole = new ASN1EncodableVector();
      whole.add(said);
      whole.add(said.getSignature());
      whole.add(new DERBitString(signature.sign()));
      return new SelfSigned(
          pem("CERTIFICATE", new DERSequence(whole).getEncoded(ASN1Encoding.DER)),
          pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    } catch (GeneralSecurityException everyPlatformHasIt) {
      throw new IllegalStateException(everyPlatformHasIt);
    }
  }

  private static TBSCertificate said(
      KeyPair pair, Instant now, Duration validity, SecureRandom random) {
    X500Name name = new X500Name("CN=Lockstep vault");
    V3TBSCertificateGenerator fields = new V3TBSCertificateGenerator();
    fields.setSerialNumber(
        new ASN1Integer(new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE)));
    fields.setSignature(new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256));
    fields.setIssuer(name);
    fields.setSubject(name);
    fields.setStartDate(new Time(Date.from(now.minus(BACKWARD))));
    fields.setEndDate(new Time(Date.from(now.plus(validity))));
    fields.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
    return fields.generateTBSCertificate();
  }

  private static byte[] pem(String kind, byte[] content) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return ("-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
