package lockstep.vault.machine;

import java.util.Optional;
import java.util.OptionalLong;
import lockstep.spec.NonNormative;
import lockstep.wire.Bytes;

/**
 * What {@link VaultMachine} decided on a command.
 *
 * @param reply to be given once {@code replacement} is durable
 * @param replacement what to store in place of the account's bytes; empty: write nothing
 * @param due when the replacement holds something that has to be erased if nothing happens before,
 *     in milliseconds since 1970; the store has it decided again then (ATR-13)
 */
@NonNormative("value type of VaultMachine's result")
public record Decision(VaultReply reply, Optional<Bytes> replacement, OptionalLong due) {}
