package lockstep.opaque;

import java.util.Optional;
import lockstep.secret.SecretBytes;
import lockstep.spec.Implements;

/**
 * What a vault keeps of a password (RFC 9807 section 5.1). Holds the masking key, so it is closed
 * after use.
 */
@Implements({"OPQ-1", "OPR-2", "ENC-2", "SEC-3"})
public final class RegistrationRecord implements AutoCloseable {

  /** {@code client_public_key || masking_key || envelope}. */
  public static final int LENGTH_BYTES =
      OpaqueSuite.ELEMENT_BYTES + OpaqueSuite.HASH_BYTES + Envelope.LENGTH_BYTES;

  private static final int MASKING_KEY_OFFSET = OpaqueSuite.ELEMENT_BYTES;
  private static final int ENVELOPE_OFFSET = MASKING_KEY_OFFSET + OpaqueSuite.HASH_BYTES;

  private final Element clientPublicKey;
  private final SecretBytes maskingKey;
  private final Envelope envelope;

  private RegistrationRecord(Element clientPublicKey, SecretBytes maskingKey, Envelope envelope) {
    this.clientPublicKey = clientPublicKey;
    this.maskingKey = maskingKey;
    this.envelope = envelope;
  }

  /** The record of the three; {@code maskingKey} is 32 bytes and stays the caller's to close. */
  public static RegistrationRecord of(
      Element clientPublicKey, SecretBytes maskingKey, Envelope envelope) {
    if (maskingKey.length() != OpaqueSuite.HASH_BYTES) {
      throw new IllegalArgumentException("masking key is 32 bytes");
    }
    return new RegistrationRecord(clientPublicKey, maskingKey.duplicate(), envelope);
  }

  /** Empty unless {@code encoded} is 129 bytes that begin with an element. */
  public static Optional<RegistrationRecord> parse(byte[] encoded) {
    if (encoded.length != LENGTH_BYTES) {
      return Optional.empty();
    }
    return Message.element(encoded, 0)
        .flatMap(
            key ->
                Envelope.parse(Bytes.slice(encoded, ENVELOPE_OFFSET, Envelope.LENGTH_BYTES))
                    .map(envelope -> new RegistrationRecord(key, maskingKey(encoded), envelope)));
  }

  /** The 129 bytes: as sensitive as the record, for the caller to wipe. */
  public byte[] encode() {
    return maskingKey.expose(key -> Bytes.concat(clientPublicKey.encode(), key, envelope.encode()));
  }

  /** The client's AKE public key. */
  public Element clientPublicKey() {
    return clientPublicKey;
  }

  /** The key that masks the envelope in KE2; this record's to close. */
  public SecretBytes maskingKey() {
    return maskingKey;
  }

  /** The envelope. */
  public Envelope envelope() {
    return envelope;
  }

  /** Wipes the masking key. */
  @Override
  public void close() {
    maskingKey.close();
  }

  @Override
  public String toString() {
    return "RegistrationRecord(redacted)";
  }

  private static SecretBytes maskingKey(byte[] encoded) {
    return SecretBytes.absorb(Bytes.slice(encoded, MASKING_KEY_OFFSET, OpaqueSuite.HASH_BYTES));
  }
}
