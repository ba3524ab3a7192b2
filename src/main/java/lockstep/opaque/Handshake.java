package lockstep.opaque;

import java.security.MessageDigest;
import lockstep.secret.Hmac;
import lockstep.secret.SecretBytes;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/** The keys of one login: RFC 9807 section 6.4.2, which both sides derive alike. */
@Decides("OPQ-1")
@Implements("OPQ-2")
public final class Handshake implements AutoCloseable {

  private static final byte[] NO_TRANSCRIPT = {};

  private final byte[] preamble;
  private final SecretBytes serverMacKey;
  private final SecretBytes clientMacKey;
  private final SecretBytes sessionKey;

  private Handshake(byte[] preamble, SecretBytes extracted) {
    byte[] transcriptHash = KeySchedule.sha256(preamble);
    this.preamble = preamble;
    this.sessionKey = KeySchedule.deriveSecret(extracted, "SessionKey", transcriptHash);
    try (SecretBytes secret =
        KeySchedule.deriveSecret(extracted, "HandshakeSecret", transcriptHash)) {
      this.serverMacKey = KeySchedule.deriveSecret(secret, "ServerMAC", NO_TRANSCRIPT);
      this.clientMacKey = KeySchedule.deriveSecret(secret, "ClientMAC", NO_TRANSCRIPT);
    }
  }

  /**
   * Derives the keys of a login.
   *
   * @param ke2Head {@link KE2#head}
   * @param ephemeral both key shares agreed
   * @param serverStatic the server's key agreed with the client's key share
   * @param clientStatic the client's key agreed with the server's key share
   */
  public static Handshake derive(
      OpaqueIdentities identities,
      KE1 ke1,
      byte[] ke2Head,
      SecretBytes ephemeral,
      SecretBytes serverStatic,
      SecretBytes clientStatic) {
    try (SecretBytes extracted = KeySchedule.extract(ephemeral, serverStatic, clientStatic)) {
      return new Handshake(identities.preamble(ke1, ke2Head), extracted);
    }
  }

  /** {@code server_mac}, 32 bytes. */
  public byte[] serverMac() {
    return Hmac.sha256(serverMacKey, KeySchedule.sha256(preamble));
  }

  /** Whether {@code mac} is {@link #serverMac}, in constant time. */
  @Implements("SEC-4")
  public boolean isServerMac(byte[] mac) {
    return MessageDigest.isEqual(serverMac(), mac);
  }

  /** {@code client_mac}, 32 bytes. */
  public byte[] clientMac() {
    return Hmac.sha256(clientMacKey, KeySchedule.sha256(Bytes.concat(preamble, serverMac())));
  }

  /** The session key; a copy, the caller's to close. */
  public SecretBytes sessionKey() {
    return sessionKey.duplicate();
  }

  /** Wipes the keys. */
  @Override
  public void close() {
    serverMacKey.close();
    clientMacKey.close();
    sessionKey.close();
  }
}
