package lockstep.vault;

import com.google.crypto.tink.Aead;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import lockstep.opaque.server.ServerSetup;
import lockstep.secret.SecretBytes;
import lockstep.spec.Implements;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.wire.Bytes;

/**
 * The vault's long-lived private keys as one value: its identity and OPAQUE's setup. It is how
 * whoever stores them (ATR-2) gets them as bytes and gives them back.
 */
@Implements({"ATR-2", "SEC-3"})
public final class VaultKeys implements AutoCloseable {

  private static final byte FORMAT = 1;
  private static final int SETUP_OFFSET = 1 + VaultIdentity.SEED_BYTES;
  private static final int LENGTH = SETUP_OFFSET + ServerSetup.LENGTH_BYTES;

  private final SecretBytes encoded;
  private final Bytes publicKey;

  private VaultKeys(SecretBytes encoded, Bytes publicKey) {
    this.encoded = encoded;
    this.publicKey = publicKey;
  }

  /** The keys of a new vault; once in its life. */
  public static VaultKeys generate(SecureRandom random) {
    try (VaultIdentity identity = VaultIdentity.generate(random);
        ServerSetup opaque = ServerSetup.generate(random);
        SecretBytes seed = identity.seed();
        SecretBytes setup = opaque.encode()) {
      byte[] joined = new byte[LENGTH];
      joined[0] = FORMAT;
      seed.expose(bytes -> copy(bytes, joined, 1));
      setup.expose(bytes -> copy(bytes, joined, SETUP_OFFSET));
      return new VaultKeys(SecretBytes.absorb(joined), identity.publicKey());
    }
  }

  /**
   * The keys, or empty if {@code stored} is not exactly what {@link #encode} gave.
   *
   * @param stored wiped before this method returns
   */
  public static Optional<VaultKeys> decode(byte[] stored) {
    try (SecretBytes encoded = SecretBytes.absorb(stored)) {
      boolean inForm =
          encoded.length() == LENGTH && encoded.<Boolean>expose(bytes -> bytes[0] == FORMAT);
      if (!inForm) {
        return Optional.empty();
      }
      try (VaultIdentity identity = identityOf(encoded)) {
        return setupOf(encoded)
            .map(
                setup -> {
                  setup.close();
                  return new VaultKeys(encoded.duplicate(), identity.publicKey());
                });
      }
    }
  }

  /** The keys in clear, to be stored with access for their owner only, and then wiped. */
  public byte[] encode() {
    return encoded.expose(byte[]::clone);
  }

  /** The identity's public key, 32 bytes. */
  public Bytes publicKey() {
    return publicKey;
  }

  /** What a vault with these keys is constructed from; it owns copies of them. */
  public VaultConfiguration configuration(Aead recordSealing, AttemptPolicy policy) {
    ServerSetup setup = setupOf(encoded).orElseThrow();
    return new VaultConfiguration(identityOf(encoded), setup, recordSealing, policy);
  }

  /** Wipes the keys. */
  @Override
  public void close() {
    encoded.close();
  }

  @Override
  public String toString() {
    return "VaultKeys(redacted)";
  }

  private static VaultIdentity identityOf(SecretBytes encoded) {
    try (SecretBytes seed = slice(encoded, 1, SETUP_OFFSET)) {
      return VaultIdentity.fromSeed(seed);
    }
  }

  private static Optional<ServerSetup> setupOf(SecretBytes encoded) {
    try (SecretBytes setup = slice(encoded, SETUP_OFFSET, LENGTH)) {
      return ServerSetup.parse(setup);
    }
  }

  private static SecretBytes slice(SecretBytes source, int from, int to) {
    return source.expose(bytes -> SecretBytes.absorb(Arrays.copyOfRange(bytes, from, to)));
  }

  private static int copy(byte[] from, byte[] to, int offset) {
    System.arraycopy(from, 0, to, offset, from.length);
    return from.length;
  }
}
