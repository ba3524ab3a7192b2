package lockstep.backup.store;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import lockstep.format.HeadName;
import lockstep.format.BackupKeys;
import lockstep.format.SealedHead;
import lockstep.keys.RecoveryKey;
import lockstep.keys.RootKey;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/** Tells whether a 64-digit key is the account's, from heads alone, before any payload is read. */
@Implements({"HED-4~1", "RKY-4~1"})
public final class RecoveryKeyCheck {

  private final BackupStorage storage;

  /** A check at a provider. */
  public RecoveryKeyCheck(BackupStorage storage) {
    this.storage = storage;
  }

  /** What comes of a check. */
  public sealed interface Outcome {

    /** A head is this key's and account's. */
    record Matches() implements Outcome {}

    /** No head is; where one digit or two neighbours are wrong, the group that they stand in. */
    record WrongRecoveryKey(OptionalInt group) implements Outcome {}

    /** The provider holds no head at all. */
    record NoBackup() implements Outcome {}

    /** The provider is missing or failed. */
    record ProviderFailed(String reason) implements Outcome {}

    /** Calls the one function that fits. */
    default <R extends @Nullable Object> R match(
        Supplier<R> matches,
        Function<OptionalInt, R> wrongRecoveryKey,
        Supplier<R> noBackup,
        Function<ProviderFailed, R> providerFailed) {
      if (this instanceof WrongRecoveryKey outcome) {
        return wrongRecoveryKey.apply(outcome.group());
      }
      if (this instanceof ProviderFailed outcome) {
        return providerFailed.apply(outcome);
      }
      return this instanceof Matches ? matches.get() : noBackup.get();
    }
  }

  /** Compares the key with the key-check value of every head. */
  public Outcome check(RootKey rootKey, byte[] account) {
    try (BackupKeys keys = BackupKeys.derive(rootKey, account)) {
      if (!storage.heads(keys.setName()).isEmpty()) {
        return new Outcome.Matches();
      }
      List<SealedHead> heads = new ArrayList<>();
      for (HeadName name : storage.heads()) {
        storage.readHead(name).flatMap(SealedHead::parse).ifPresent(heads::add);
      }
      if (heads.isEmpty()) {
        return new Outcome.NoBackup();
      }
      Predicate<RootKey> opens =
          candidate -> heads.stream().anyMatch(head -> head.matches(candidate, account));
      return opens.test(rootKey)
          ? new Outcome.Matches()
          : new Outcome.WrongRecoveryKey(RecoveryKey.locateTypo(rootKey, opens));
    } catch (ProviderUnavailable unavailable) {
      return new Outcome.ProviderFailed(String.valueOf(unavailable.getMessage()));
    }
  }
}
