package lockstep.vault.machine;

import java.util.Optional;
import lockstep.spec.NonNormative;
import lockstep.wire.Bytes;

/**
 * What {@link VaultMachine} decided on a command.
 *
 * @param reply to be given once {@code replacement} is durable
 * @param replacement what to store in place of the account's bytes; empty: write nothing
 * @param erases whether a record is gone from the replacement, so that the store must overwrite it
 *     on disk before the reply leaves (ATR-4)
 */
@NonNormative("value type of VaultMachine's result")
public record Decision(VaultReply reply, Optional<Bytes> replacement, boolean erases) {}
