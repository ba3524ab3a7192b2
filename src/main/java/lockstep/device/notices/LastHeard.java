package lockstep.device.notices;

import lockstep.spec.Implements;
import lockstep.wire.Receipt;
import lockstep.wire.Reply;
import lockstep.wire.WireReader;
import lockstep.wire.WireWriter;

/**
 * How the account stood when this device last heard of it, as far as notices are told from it.
 *
 * @param successes how often a password had opened the active record, this device's own included
 * @param restartAt when a requested restart may be completed, in milliseconds since 1970; 0 for
 *     none
 * @param generation the active record's by the last signed report; 0 for none
 * @param staged the generation that this device registered last, which may have become active
 *     unheard; 0 for none
 */
@Implements("USR-5~2")
record LastHeard(
    long epoch,
    int charges,
    int round,
    long lockedUntil,
    long successes,
    long restartAt,
    long generation,
    long staged) {

  /** Before anything was heard. */
  static final LastHeard NOTHING = new LastHeard(0, 0, 0, 0, 0, 0, 0, 0);

  boolean isNothing() {
    return epoch == 0;
  }

  /** After a report; a generation counts where the device's own signature got it. */
  LastHeard after(Reply.StatusReport seen, boolean signed) {
    return new LastHeard(
        seen.epoch(),
        seen.charges(),
        seen.round(),
        seen.lockedUntil(),
        seen.successes(),
        seen.restartAt(),
        signed ? seen.activeGeneration() : generation,
        staged);
  }

  /** After something that this device did itself. */
  LastHeard after(Receipt.Body own) {
    return new LastHeard(
        own.epoch(),
        own.charges(),
        own.round(),
        own.lockedUntil(),
        own.kind() == Receipt.Kind.UNLOCKED ? successes + 1 : successes,
        restartAt,
        generation,
        staged);
  }

  /** After this device registered that generation. */
  LastHeard registering(long own) {
    return new LastHeard(epoch, charges, round, lockedUntil, successes, restartAt, generation, own);
  }

  void write(WireWriter writer) {
    writer
        .u64(epoch)
        .u32(charges)
        .u32(round)
        .u64(lockedUntil)
        .u64(successes)
        .u64(restartAt)
        .u64(generation)
        .u64(staged);
  }

  static LastHeard read(WireReader reader) {
    return new LastHeard(
        reader.u64(),
        reader.u32(),
        reader.u32(),
        reader.u64(),
        reader.u64(),
        reader.u64(),
        reader.u64(),
        reader.u64());
  }
}
