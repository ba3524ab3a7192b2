package lockstep.conformance;

import java.io.IOException;
import java.util.Optional;
import lockstep.secret.SecretBytes;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.Policy;

/**
 * The way to a live vault that is examined by its messages, and what whoever set it up offers
 * besides: its messenger's key, a clock that can be turned, an end as a crash makes it. Messages
 * may be sent by several threads.
 */
public interface VaultDoor extends AutoCloseable {

  /**
   * The reply to a message, or no bytes where the vault has none to give.
   *
   * @throws IOException when no reply came
   */
  byte[] exchange(byte[] request) throws IOException;

  /** Whether a message of that length can be sent at all; a carrier may take no longer one. */
  boolean carries(int length);

  /** The vault's Ed25519 public key, 32 bytes. */
  Bytes publicKey();

  /** The seed, 32 bytes, of the messenger's key that the vault believes; the caller's to close. */
  SecretBytes messengerSeed();

  /** The vault's time in milliseconds since 1970. */
  long now();

  /** The policy that the vault was set up with, where this is known. */
  Optional<Policy> policy();

  /** A token of the vault's own issuer, where there is one to ask. */
  Optional<Bytes> issued(AccountName account);

  /**
   * Lets time pass.
   *
   * @return false where the vault's clock cannot be turned
   */
  boolean advance(long millis) throws IOException;

  /**
   * Ends the vault as a crash does and starts it again over what it had made durable.
   *
   * @return false where nobody said how
   */
  boolean crash() throws IOException;

  @Override
  void close();
}
