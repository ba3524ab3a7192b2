package lockstep.device.notices;

import java.util.Optional;
import lockstep.spec.Implements;
import lockstep.wire.WireReader;
import lockstep.wire.WireWriter;

/** A notice at rest: a number for its kind, and what it says. */
@Implements("USR-8")
final class NoticeWriter implements VaultNotice.Cases<WireWriter> {

  private final WireWriter writer;

  NoticeWriter(WireWriter writer) {
    this.writer = writer;
  }

  static Optional<VaultNotice> read(WireReader reader) {
    VaultNotice notice =
        switch (reader.u8()) {
          case 1 -> new VaultNotice.AttemptsByOthers(reader.u32(), reader.u32());
          case 2 -> new VaultNotice.ActsByOthers(reader.u64());
          case 3 -> new VaultNotice.UnlockedElsewhere();
          case 4 -> new VaultNotice.LockedByOthers(reader.u64());
          case 5 -> new VaultNotice.RestartRequested(reader.u64());
          case 6 -> new VaultNotice.RestartCancelled(reader.u64());
          case 7 -> new VaultNotice.RecordDestroyed();
          case 8 -> new VaultNotice.DestroyedMeanwhile();
          case 9 -> new VaultNotice.RecordReplaced();
          case 10 -> new VaultNotice.PasswordChangedElsewhere();
          case 11 -> new VaultNotice.PasswordChangeTookEffect();
          case 12 -> new VaultNotice.NewerBackup(reader.u64());
          case 13 -> new VaultNotice.RollbackNotExcluded(reader.u64());
          default -> null;
        };
    return Optional.ofNullable(notice);
  }

  @Override
  public WireWriter attemptsByOthers(VaultNotice.AttemptsByOthers notice) {
    return writer.u8(1).u32(notice.charges()).u32(notice.round());
  }

  @Override
  public WireWriter actsByOthers(long acts) {
    return writer.u8(2).u64(acts);
  }

  @Override
  public WireWriter unlockedElsewhere() {
    return writer.u8(3);
  }

  @Override
  public WireWriter lockedByOthers(long until) {
    return writer.u8(4).u64(until);
  }

  @Override
  public WireWriter restartRequested(long completesAt) {
    return writer.u8(5).u64(completesAt);
  }

  @Override
  public WireWriter restartCancelled(long completesAt) {
    return writer.u8(6).u64(completesAt);
  }

  @Override
  public WireWriter recordDestroyed() {
    return writer.u8(7);
  }

  @Override
  public WireWriter destroyedMeanwhile() {
    return writer.u8(8);
  }

  @Override
  public WireWriter recordReplaced() {
    return writer.u8(9);
  }

  @Override
  public WireWriter passwordChangedElsewhere() {
    return writer.u8(10);
  }

  @Override
  public WireWriter passwordChangeTookEffect() {
    return writer.u8(11);
  }

  @Override
  public WireWriter newerBackup(long backupNumber) {
    return writer.u8(12).u64(backupNumber);
  }

  @Override
  public WireWriter rollbackNotExcluded(long receipts) {
    return writer.u8(13).u64(receipts);
  }
}
