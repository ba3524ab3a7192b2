package lockstep.opaque.server;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import lockstep.opaque.CredentialIdentifier;
import lockstep.opaque.Element;
import lockstep.opaque.OpaqueSuite;
import lockstep.opaque.Scalar;
import lockstep.secret.Hkdf;
import lockstep.secret.SecretBytes;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/** A vault's long-lived OPAQUE secrets: the OPRF seed and the AKE private key. */
@Implements({"OPQ-1", "OPR-3", "SEC-3"})
public final class ServerSetup implements AutoCloseable {

  /** {@code oprf_seed || server_private_key}. */
  public static final int LENGTH_BYTES = OpaqueSuite.HASH_BYTES + OpaqueSuite.SCALAR_BYTES;

  private final SecretBytes oprfSeed;
  private final Scalar privateKey;
  private final Element publicKey;

  private ServerSetup(SecretBytes oprfSeed, Scalar privateKey) {
    this(oprfSeed, privateKey, privateKey.publicKey());
  }

  private ServerSetup(SecretBytes oprfSeed, Scalar privateKey, Element publicKey) {
    this.oprfSeed = oprfSeed;
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /** Draws both secrets; once in a vault's life. */
  public static ServerSetup generate(SecureRandom random) {
    return new ServerSetup(
        SecretBytes.random(random, OpaqueSuite.HASH_BYTES), Scalar.random(random));
  }

  /** Empty unless {@code encoded} is 64 bytes whose second half is a scalar from 1 to n−1. */
  public static Optional<ServerSetup> parse(SecretBytes encoded) {
    if (encoded.length() != LENGTH_BYTES) {
      return Optional.empty();
    }
    try (SecretBytes scalar = slice(encoded, OpaqueSuite.HASH_BYTES, LENGTH_BYTES)) {
      return Scalar.parse(scalar)
          .map(key -> new ServerSetup(slice(encoded, 0, OpaqueSuite.HASH_BYTES), key));
    }
  }

  /** The 64 bytes, to be sealed before they are stored; the caller's to close. */
  public SecretBytes encode() {
    try (SecretBytes scalar = privateKey.encode()) {
      return oprfSeed.expose(
          seed ->
              scalar.expose(
                  key -> {
                    byte[] joined = Arrays.copyOf(seed, LENGTH_BYTES);
                    System.arraycopy(key, 0, joined, seed.length, key.length);
                    return SecretBytes.absorb(joined);
                  }));
    }
  }

  /** The AKE public key, which every registration hands out. */
  public Element publicKey() {
    return publicKey;
  }

  Scalar privateKey() {
    return privateKey;
  }

  /**
   * The setup under which one record is evaluated: the same AKE key, and an OPRF seed that nobody
   * has who lacks either this setup's seed or the record's secret. The caller's to close.
   *
   * @param recordSecret stays the caller's to close
   */
  @Decides("OPQ-8")
  public ServerSetup forRecord(SecretBytes recordSecret) {
    return new ServerSetup(
        oprfSeed.expose(seed -> Hkdf.extractSha256(seed, recordSecret)),
        privateKey.duplicate(),
        publicKey);
  }

  /** The OPRF key of one record; the caller's to close. */
  @Implements("OPQ-3~2")
  Scalar oprfKey(CredentialIdentifier identifier) {
    return identifier.oprfKey(oprfSeed);
  }

  /** Wipes both secrets. */
  @Override
  public void close() {
    oprfSeed.close();
    privateKey.close();
  }

  @Override
  public String toString() {
    return "ServerSetup(redacted)";
  }

  private static SecretBytes slice(SecretBytes source, int from, int to) {
    return source.expose(bytes -> SecretBytes.absorb(Arrays.copyOfRange(bytes, from, to)));
  }
}
