package lockstep.opaque;

import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.spec.NonNormative;

/** Who logs in where, and in which protocol: what both sides bind into envelope and transcript. */
@Decides("OPQ-2")
public final class OpaqueIdentities {

  private static final int MAXIMUM_ACCOUNT_BYTES = 255;

  private final byte[] context;
  private final byte[] client;
  private final byte[] server;

  private OpaqueIdentities(byte[] context, byte[] client, byte[] server) {
    this.context = context.clone();
    this.client = client.clone();
    this.server = server.clone();
  }

  /**
   * The identities of an account at a vault.
   *
   * @param account UTF-8, 1 to 255 bytes
   * @param vaultId 32 bytes
   * @throws IllegalArgumentException for other lengths
   */
  public static OpaqueIdentities of(byte[] account, byte[] vaultId) {
    if (account.length < 1 || account.length > MAXIMUM_ACCOUNT_BYTES) {
      throw new IllegalArgumentException("account is 1 to 255 bytes");
    }
    if (vaultId.length != OpaqueSuite.VAULT_ID_BYTES) {
      throw new IllegalArgumentException("vault id is 32 bytes");
    }
    return new OpaqueIdentities(OpaqueSuite.context(), account, vaultId);
  }

  /** Any context and identities, each at most 65,535 bytes. */
  @NonNormative("reproduces published vectors, which have a context of their own")
  public static OpaqueIdentities withContext(byte[] context, byte[] client, byte[] server) {
    return new OpaqueIdentities(context, client, server);
  }

  /** What an envelope authenticates besides its nonce (RFC 9807 {@code CleartextCredentials}). */
  @Implements("OPQ-1")
  public byte[] cleartextCredentials(Element serverPublicKey) {
    return Bytes.concat(serverPublicKey.encode(), Bytes.bytes16(server), Bytes.bytes16(client));
  }

  /** RFC 9807 {@code Preamble}; {@code ke2Head} is KE2 up to its MAC. */
  byte[] preamble(KE1 ke1, byte[] ke2Head) {
    return Bytes.concat(
        Bytes.ascii("OPAQUEv1-"),
        Bytes.bytes16(context),
        Bytes.bytes16(client),
        ke1.encode(),
        Bytes.bytes16(server),
        ke2Head);
  }
}
