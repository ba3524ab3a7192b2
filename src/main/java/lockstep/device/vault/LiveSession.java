package lockstep.device.vault;

import com.google.crypto.tink.subtle.AesGcmJce;
import java.security.GeneralSecurityException;
import java.util.Optional;
import lockstep.device.state.FreshnessMark;
import lockstep.secret.Hkdf;
import lockstep.secret.Hmac;
import lockstep.secret.KeyLabel;
import lockstep.secret.SecretBytes;
import lockstep.spec.Implements;
import lockstep.spec.NonNormative;
import lockstep.wire.Authority;
import lockstep.wire.Bytes;
import lockstep.wire.VaultId;
import lockstep.wire.WireReader;
import lockstep.wire.WireWriter;

/** A session that the vault has verified, while it lasts: its id and its key. */
public final class LiveSession implements AutoCloseable {

  private static final String RELEASE_LABEL = "lockstep/v1/release";
  private final Bytes id;
  private final SecretBytes sessionKey;

  /** Takes over {@code sessionKey}. */
  LiveSession(Bytes id, SecretBytes sessionKey) {
    this.id = id;
    this.sessionKey = sessionKey;
  }

  /** What the vault released under this session. */
  record Release(Bytes wrap, long generation, Optional<FreshnessMark> mark) {}

  /** Opens the vault's release; empty when it is not a release of this session. */
  @Implements("SES-8")
  Optional<Release> open(Bytes release) {
    byte[] associatedData = new WireWriter().ascii(RELEASE_LABEL).bytes(id).toByteArray();
    try (SecretBytes releaseKey = Hkdf.derive(sessionKey, KeyLabel.RELEASE)) {
      byte[] key = releaseKey.expose(byte[]::clone);
      try {
        byte[] content = new AesGcmJce(key).decrypt(release.toArray(), associatedData);
        return WireReader.decode(content, LiveSession::read);
      } finally {
        SecretBytes.wipe(key);
      }
    } catch (GeneralSecurityException doesNotOpen) {
      return Optional.empty();
    }
  }

  /** The session as authority for its one command. */
  @Implements("AUT-5")
  public Credential forCommand(VaultId vaultId) {
    return conversation ->
        part -> new Authority.SessionMac(id, mac(Authority.SessionMac.macInput(vaultId, id, part)));
  }

  @Override
  @NonNormative("wipes the session key")
  public void close() {
    sessionKey.close();
  }

  private static Release read(WireReader reader) {
    Bytes wrap = reader.fixed(RootKeyWrap.LENGTH_BYTES);
    long generation = reader.u64();
    long number = reader.u64();
    Bytes digest = reader.fixed(FreshnessMark.DIGEST_BYTES);
    return new Release(
        wrap,
        generation,
        number == 0 ? Optional.empty() : Optional.of(new FreshnessMark(number, digest)));
  }

  private Bytes mac(byte[] input) {
    try (SecretBytes macKey = Hkdf.derive(sessionKey, KeyLabel.SESSION_COMMAND)) {
      return Bytes.copyOf(Hmac.sha256(macKey, input));
    }
  }
}
