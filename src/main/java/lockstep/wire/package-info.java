/**
 * The messages between device and vault, byte by byte, and the strict codec that both sides share.
 *
 * <p>Trust zone: both. What is here is public or protected by its receiver; a message holds no
 * password, root key, {@code exportKey}, {@code sessionKey} or private key in clear. The package
 * depends on nothing, so that neither zone reaches the other through it. Clauses: ENC-1 to ENC-4,
 * WIR-1 to WIR-7, DOR-1, the byte layouts of AUT-2, AUT-4, AUT-5, AUT-6 and RCP-1, and ATR-8.
 *
 * <p>Public types: {@link lockstep.wire.Request} and {@link lockstep.wire.Reply} with their {@code
 * match}, {@link lockstep.wire.SignedReply}, {@link lockstep.wire.Authority}, {@link
 * lockstep.wire.AccountToken}, {@link lockstep.wire.Receipt}; the values {@link
 * lockstep.wire.AccountName}, {@link lockstep.wire.VaultId}, {@link lockstep.wire.Policy}, {@link
 * lockstep.wire.StretchingParameters}, {@link lockstep.wire.Bytes}; the codec {@link
 * lockstep.wire.WireReader}, {@link lockstep.wire.WireWriter}, {@link lockstep.wire.MessageFrame};
 * and {@link lockstep.wire.Ed25519Signature}.
 */
@NullMarked
package lockstep.wire;

import org.jspecify.annotations.NullMarked;
