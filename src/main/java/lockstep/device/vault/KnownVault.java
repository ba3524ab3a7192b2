package lockstep.device.vault;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import lockstep.device.state.Device;
import lockstep.device.state.DeviceSlot;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.Ed25519Signature;
import lockstep.wire.Receipt;
import lockstep.wire.Reply;
import lockstep.wire.WireReader;
import lockstep.wire.WireWriter;

/**
 * What the device remembers of the account's vault: who it is, and the newest that it said.
 *
 * @param publicKey the vault's identity
 * @param sequence number of the newest receipt heard of, 0 for none
 * @param hash of that receipt's body, 32 bytes
 * @param budget the limiter as it stood then
 * @param receipt the newest receipt held
 */
@Implements({"RCP-3", "ENR-1"})
public record KnownVault(
    Bytes publicKey, long sequence, Bytes hash, Budget budget, Optional<Receipt> receipt) {

  private static final int HASH_BYTES = 32;

  /** The limiter's state as a receipt or report tells it. */
  public record Budget(long epoch, int charges, int round, long lockedUntil) {

    public static Budget of(Receipt.Body body) {
      return new Budget(body.epoch(), body.charges(), body.round(), body.lockedUntil());
    }

    public static Budget of(Reply.StatusReport report) {
      return new Budget(report.epoch(), report.charges(), report.round(), report.lockedUntil());
    }
  }

  /** A vault of which nothing is known but its key. */
  public static KnownVault first(Bytes publicKey) {
    return new KnownVault(
        publicKey, 0, Bytes.zero(HASH_BYTES), new Budget(0, 0, 0, 0), Optional.empty());
  }

  /** What the device remembers for that account. */
  public static Optional<KnownVault> recall(Device device, AccountName account) throws IOException {
    Optional<Recalled> stored =
        device.read(
            DeviceSlot.KNOWN_VAULT,
            (whose, encoded) ->
                WireReader.decode(encoded, KnownVault::read)
                    .map(known -> new Recalled(whose, known)));
    return stored.filter(found -> found.account().equals(account)).map(Recalled::known);
  }

  private record Recalled(AccountName account, KnownVault known) {}

  public void remember(Device device, AccountName account) throws IOException {
    WireWriter writer =
        new WireWriter()
            .bytes(publicKey)
            .u64(sequence)
            .bytes(hash)
            .u64(budget.epoch())
            .u32(budget.charges())
            .u32(budget.round())
            .u64(budget.lockedUntil())
            .bytes16(receipt.map(Receipt::encode).orElse(new byte[0]));
    device.write(DeviceSlot.KNOWN_VAULT, account, writer.toByteArray());
  }

  /**
   * Whether a receipt cannot follow what is known: older, another of that number, another chain, an
   * earlier time, or a budget epoch that is over or that no receipt began.
   */
  @Implements({"RCP-3", "RCP-5"})
  boolean contradicts(Receipt.Body body) {
    return body.sequence() < sequence
        || (body.sequence() == sequence && !body.hash().equals(hash))
        || (body.sequence() == sequence + 1
            && !(body.previousHash().equals(hash) && mayFollow(body)))
        || body.epoch() < budget.epoch()
        || receipt.filter(newest -> body.time() < newest.body().time()).isPresent();
  }

  private boolean mayFollow(Receipt.Body next) {
    return sequence == 0
        || next.epoch() == budget.epoch()
        || (next.epoch() == budget.epoch() + 1
            && next.kind() == Receipt.Kind.STAGE_RESERVED_IN_NEW_EPOCH);
  }

  /** Whether a report cannot follow what is known, or does not show that it does. */
  @Implements({"RCP-3", "RCP-4"})
  boolean contradicts(Reply.StatusReport report) {
    if (sequence == 0) {
      return false;
    }
    long count = report.receiptSequence() - sequence + 1;
    List<Bytes> hashes = report.receiptHashes();
    if (count < 1 || report.epoch() < budget.epoch()) {
      return true;
    }
    if (cannotTell(report)) {
      return !hashes.isEmpty();
    }
    return hashes.size() != count
        || !hashes.get(0).equals(hash)
        || !hashes.get(hashes.size() - 1).equals(report.receiptHash());
  }

  /** Whether so much has happened that no vault shows how it came to that. */
  @Implements("RCP-4")
  boolean cannotTell(Reply.StatusReport report) {
    return cannotTell(report.receiptSequence());
  }

  private boolean cannotTell(long newest) {
    return sequence > 0 && newest - sequence >= Reply.StatusReport.MAX_RECEIPT_HASHES;
  }

  /**
   * Whether a receipt is neither the first nor the next one, so that it shows no chain by itself.
   */
  boolean leaps(Receipt.Body body) {
    return sequence > 0 && body.sequence() > sequence + 1;
  }

  /** Whether a report that follows what is known has that receipt, too, in its chain. */
  @Implements("RCP-6")
  boolean shows(Reply.StatusReport report, Receipt.Body body) {
    long place = body.sequence() - sequence;
    return cannotTell(report)
        || (place < report.receiptHashes().size()
            && report.receiptHashes().get((int) place).equals(body.hash()));
  }

  KnownVault with(Receipt newest) {
    Receipt.Body body = newest.body();
    return new KnownVault(
        publicKey, body.sequence(), body.hash(), Budget.of(body), Optional.of(newest));
  }

  KnownVault with(Reply.StatusReport report) {
    return new KnownVault(
        publicKey, report.receiptSequence(), report.receiptHash(), Budget.of(report), receipt);
  }

  private static KnownVault read(WireReader reader) {
    Bytes publicKey = reader.fixed(Ed25519Signature.PUBLIC_KEY_LENGTH);
    long sequence = reader.u64();
    Bytes hash = reader.fixed(HASH_BYTES);
    Budget budget = new Budget(reader.u64(), reader.u32(), reader.u32(), reader.u64());
    byte[] receipt = reader.bytes16(reader.remaining());
    return new KnownVault(
        publicKey,
        sequence,
        hash,
        budget,
        receipt.length == 0
            ? Optional.empty()
            : Optional.of(reader.orRefuse(Receipt.decode(receipt))));
  }
}
