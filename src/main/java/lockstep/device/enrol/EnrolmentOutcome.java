package lockstep.device.enrol;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import lockstep.device.state.VaultBinding;
import lockstep.device.vault.VaultFailure;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/** What becomes of an enrolment in password mode. */
@Implements({"ENR-3~1", "ENR-5~2", "ENR-7~1"})
public sealed interface EnrolmentOutcome {

  /**
   * Backups are enabled under the password.
   *
   * @param vault the record
   */
  record Enrolled(VaultBinding vault) implements EnrolmentOutcome {}

  /** An interrupted enrolment had taken effect: the password in force is the one typed then. */
  record EnrolledWithEarlierPassword(VaultBinding vault) implements EnrolmentOutcome {}

  /** This device is enabled already. */
  record AlreadyEnabled() implements EnrolmentOutcome {}

  /** The account has a record that this device does not know: restore, or restart. */
  record AlreadyEnrolled() implements EnrolmentOutcome {}

  /**
   * Plain copies that were neither removed nor accepted; nothing was sent.
   *
   * @param names at the provider
   */
  record PlainCopiesFound(List<String> names) implements EnrolmentOutcome {}

  /**
   * The vault accepts no enrolment for now.
   *
   * @param until when it does, in milliseconds since 1970
   */
  record Locked(long until) implements EnrolmentOutcome {}

  /**
   * The account's record was destroyed, and the only ways forward are a device that still has the
   * key, or a restart.
   */
  record Destroyed() implements EnrolmentOutcome {}

  /** Whether the vault activated the record is not known; run again to find out. */
  record OutcomeUnknown() implements EnrolmentOutcome {}

  /**
   * The vault could not be asked or believed; the device is not enabled.
   *
   * @param failure why
   */
  record VaultFailed(VaultFailure failure) implements EnrolmentOutcome {}

  /** Calls the one function that fits. */
  default <R extends @Nullable Object> R match(
      Function<VaultBinding, R> enrolled,
      Function<VaultBinding, R> enrolledWithEarlierPassword,
      Supplier<R> alreadyEnabled,
      Supplier<R> alreadyEnrolled,
      Function<List<String>, R> plainCopiesFound,
      Function<Locked, R> locked,
      Supplier<R> destroyed,
      Supplier<R> outcomeUnknown,
      Function<VaultFailure, R> vaultFailed) {
    if (this instanceof Enrolled outcome) {
      return enrolled.apply(outcome.vault());
    }
    if (this instanceof EnrolledWithEarlierPassword outcome) {
      return enrolledWithEarlierPassword.apply(outcome.vault());
    }
    if (this instanceof AlreadyEnabled) {
      return alreadyEnabled.get();
    }
    if (this instanceof AlreadyEnrolled) {
      return alreadyEnrolled.get();
    }
    if (this instanceof PlainCopiesFound outcome) {
      return plainCopiesFound.apply(outcome.names());
    }
    if (this instanceof Locked outcome) {
      return locked.apply(outcome);
    }
    if (this instanceof Destroyed) {
      return destroyed.get();
    }
    if (this instanceof OutcomeUnknown) {
      return outcomeUnknown.get();
    }
    return vaultFailed.apply(((VaultFailed) this).failure());
  }
}
