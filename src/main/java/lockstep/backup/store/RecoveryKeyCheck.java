package lockstep.backup.store;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import lockstep.format.BackupKeys;
import lockstep.format.HeadName;
import lockstep.format.SealedHead;
import lockstep.keys.RecoveryKey;
import lockstep.keys.RootKey;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a 64-digit key is the account's, from heads alone, before any payload is read.
 *
 * <p>The provider learns the key's set name by being asked for it and may put anything there. So
 * only a head that opens matches, and nothing else that is found keeps a typo from being located.
 */
@Implements({"HED-4~2", "RKY-4"})
public final class RecoveryKeyCheck {

  /** With more heads than these no typo is looked for: it takes up to 1,023 candidates a head. */
  static final int HEADS_COMPARED = 1024;

  private final BackupStorage storage;

  /** A check at a provider. */
  public RecoveryKeyCheck(BackupStorage storage) {
    this.storage = storage;
  }

  /** What comes of a check. */
  public sealed interface Outcome {

    /** The head in the key's own place is this key's and account's. */
    record Matches() implements Outcome {}

    /** What belongs to the key is there, but not its head as it must be. */
    record Damaged(String objectName) implements Outcome {}

    /** No head is; where one digit or two neighbours are wrong, the group that they stand in. */
    record WrongRecoveryKey(OptionalInt group) implements Outcome {}

    /** The provider holds no head at all. */
    record NoBackup() implements Outcome {}

    /** The provider is missing or failed. */
    record ProviderFailed(String reason) implements Outcome {}

    /** Calls the one function that fits. */
    default <R extends @Nullable Object> R match(
        Supplier<R> matches,
        Function<Damaged, R> damaged,
        Function<OptionalInt, R> wrongRecoveryKey,
        Supplier<R> noBackup,
        Function<ProviderFailed, R> providerFailed) {
      if (this instanceof Damaged outcome) {
        return damaged.apply(outcome);
      }
      if (this instanceof WrongRecoveryKey outcome) {
        return wrongRecoveryKey.apply(outcome.group());
      }
      if (this instanceof ProviderFailed outcome) {
        return providerFailed.apply(outcome);
      }
      return this instanceof Matches ? matches.get() : noBackup.get();
    }
  }

  /** Compares the key with the head in its place, then with all others. */
  @Implements({"HED-4~2", "RKY-4"})
  public Outcome check(RootKey rootKey, byte[] account) {
    try (BackupKeys keys = BackupKeys.derive(rootKey, account)) {
      FoundHead own = FoundHead.read(storage, keys);
      if (own instanceof FoundHead.Opened) {
        return new Outcome.Matches();
      }
      Outcome damaged = new Outcome.Damaged("heads/" + keys.setName());
      List<SealedHead> heads = heads();
      if (SealedHead.anyMatches(heads, rootKey, account)) {
        return damaged;
      }
      OptionalInt group =
          heads.isEmpty()
              ? OptionalInt.empty()
              : RecoveryKey.locateTypo(
                  rootKey, candidate -> SealedHead.anyMatches(heads, candidate, account));
      if (group.isPresent()) {
        return new Outcome.WrongRecoveryKey(group);
      }
      if (own instanceof FoundHead.Damaged || !storage.list(keys.setName()).isEmpty()) {
        return damaged;
      }
      return heads.isEmpty() && storage.heads().isEmpty()
          ? new Outcome.NoBackup()
          : new Outcome.WrongRecoveryKey(OptionalInt.empty());
    } catch (ProviderUnavailable unavailable) {
      return new Outcome.ProviderFailed(String.valueOf(unavailable.getMessage()));
    }
  }

  /** What is a head of those that the provider shows; none where there are too many to compare. */
  private List<SealedHead> heads() throws ProviderUnavailable {
    List<HeadName> names = storage.heads();
    List<SealedHead> heads = new ArrayList<>();
    if (names.size() <= HEADS_COMPARED) {
      for (HeadName name : names) {
        storage.readHead(name).flatMap(SealedHead::parse).ifPresent(heads::add);
      }
    }
    return heads;
  }
}
