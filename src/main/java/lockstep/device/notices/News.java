package lockstep.device.notices;

import java.util.ArrayList;
import java.util.List;
import lockstep.spec.Implements;
import lockstep.wire.Receipt;
import lockstep.wire.Reply;

/** What others did, told from how the account stands now and how it stood. */
@Implements("USR-5~2")
final class News {

  private final LastHeard before;
  private final List<VaultNotice> notices = new ArrayList<>();

  private News(LastHeard before) {
    this.before = before;
  }

  /** What a report brings, by the device's own signature or by a token. */
  static List<VaultNotice> in(
      Reply.StatusReport seen, LastHeard before, OwnRecord own, boolean signed) {
    News news = new News(before);
    if (!before.isNothing()) {
      news.budget(seen);
    }
    news.restart(seen);
    if (signed) {
      news.record(seen, own);
    }
    return news.notices;
  }

  /**
   * What the receipt of this device's own act brings where others acted since the one before it.
   *
   * @param between how many receipts there are that this device has not seen
   */
  static List<VaultNotice> in(Receipt.Body own, LastHeard before, long between) {
    if (between <= 0 || before.isNothing()) {
      return List.of();
    }
    int others = own.charges() - (isCharged(own.kind()) ? 1 : 0);
    boolean isMore = others > 0 && (others != before.charges() || own.round() != before.round());
    return List.of(
        isMore
            ? new VaultNotice.AttemptsByOthers(others, own.round())
            : new VaultNotice.ActsByOthers(between));
  }

  private static boolean isCharged(Receipt.Kind kind) {
    return kind == Receipt.Kind.ATTEMPT
        || kind == Receipt.Kind.STAGE_RESERVED
        || kind == Receipt.Kind.STAGE_RESERVED_IN_NEW_EPOCH;
  }

  private void budget(Reply.StatusReport seen) {
    boolean isNewEpoch = seen.epoch() > before.epoch();
    boolean isOpened = seen.successes() > before.successes();
    if (isNewEpoch) {
      notices.add(new VaultNotice.DestroyedMeanwhile());
    }
    if (isOpened) {
      notices.add(new VaultNotice.UnlockedElsewhere());
    }
    boolean isOther = seen.charges() != before.charges() || seen.round() != before.round();
    if (seen.charges() > 0 && (isNewEpoch || isOpened || isOther)) {
      notices.add(new VaultNotice.AttemptsByOthers(seen.charges(), seen.round()));
    }
    if (seen.lockedUntil() > before.lockedUntil()) {
      notices.add(new VaultNotice.LockedByOthers(seen.lockedUntil()));
    }
  }

  private void restart(Reply.StatusReport seen) {
    boolean wasCompleted =
        seen.epoch() != before.epoch() || seen.record() == Reply.RecordState.RESTARTED;
    if (seen.restartAt() != 0 && seen.restartAt() != before.restartAt()) {
      notices.add(new VaultNotice.RestartRequested(seen.restartAt()));
    } else if (seen.restartAt() == 0 && before.restartAt() != 0 && !wasCompleted) {
      notices.add(new VaultNotice.RestartCancelled(before.restartAt()));
    }
  }

  private void record(Reply.StatusReport seen, OwnRecord own) {
    if (seen.record() != Reply.RecordState.ACTIVE) {
      notices.add(new VaultNotice.RecordDestroyed());
      return;
    }
    long active = seen.activeGeneration();
    boolean isOwn = active == own.generation() || active == before.staged();
    if (!isOwn && active != before.generation()) {
      notices.add(new VaultNotice.PasswordChangedElsewhere());
    }
    if (own.newestBackup().filter(newest -> newest < seen.markNumber()).isPresent()) {
      notices.add(new VaultNotice.NewerBackup(seen.markNumber()));
    }
  }
}
