package lockstep.device.contact;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import lockstep.device.notices.Notices;
import lockstep.device.notices.VaultNotice;
import lockstep.device.state.FreshnessMark;
import lockstep.device.vault.VaultFailure;
import lockstep.spec.Implements;
import lockstep.wire.Policy;
import lockstep.wire.Reply;
import org.jspecify.annotations.Nullable;

/** What an enabled device hears from its vault. */
@Implements({"USR-5~2", "BAK-9~2"})
public sealed interface ContactOutcome {

  /**
   * The vault answered.
   *
   * @param report what it said
   */
  record InContact(Report report) implements ContactOutcome {}

  /** This device is not enabled. */
  record NotEnabled() implements ContactOutcome {}

  /** Key mode: there is no vault to ask. */
  record WithoutVault() implements ContactOutcome {}

  /**
   * The vault could not be asked or believed.
   *
   * @param failure why
   */
  record VaultFailed(VaultFailure failure) implements ContactOutcome {}

  /**
   * The account's state at the vault.
   *
   * @param record whether there is a record
   * @param policy the policy in force
   * @param charges charges in the present round
   * @param round the present round, from 1
   * @param lockedUntil until when the account is locked, in milliseconds since 1970; 0 when not
   * @param mark the newest backup that the vault knows of, after this contact
   * @param markPending whether this device's newest backup could not be marked
   * @param isReplaced whether the record is another root key's, or gone
   * @param notices what others did and nobody was told yet, the oldest first; see {@link Notices}
   */
  record Report(
      Reply.RecordState record,
      Policy policy,
      int charges,
      int round,
      long lockedUntil,
      Optional<FreshnessMark> mark,
      boolean markPending,
      boolean isReplaced,
      List<VaultNotice> notices) {

    /** Copies the notices. */
    public Report {
      notices = List.copyOf(notices);
    }
  }

  /** Calls the one function that fits. */
  default <R extends @Nullable Object> R match(
      Function<Report, R> inContact,
      Supplier<R> notEnabled,
      Supplier<R> withoutVault,
      Function<VaultFailure, R> vaultFailed) {
    if (this instanceof InContact outcome) {
      return inContact.apply(outcome.report());
    }
    if (this instanceof NotEnabled) {
      return notEnabled.get();
    }
    if (this instanceof WithoutVault) {
      return withoutVault.get();
    }
    return vaultFailed.apply(((VaultFailed) this).failure());
  }
}
