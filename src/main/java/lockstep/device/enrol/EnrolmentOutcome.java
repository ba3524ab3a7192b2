package lockstep.device.enrol;

import java.util.List;
import lockstep.device.state.VaultBinding;
import lockstep.device.vault.VaultFailure;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/** What becomes of an enrolment in password mode. */
@Implements({"ENR-3", "ENR-5~2", "ENR-7"})
public sealed interface EnrolmentOutcome {

  /** Calls the one case that fits. */
  <R extends @Nullable Object> R match(Cases<R> cases);

  /** A method for each case. */
  interface Cases<R extends @Nullable Object> {
    R enrolled(VaultBinding vault);

    R enrolledWithEarlierPassword(VaultBinding vault);

    R alreadyEnabled();

    R alreadyEnrolled();

    R plainCopiesFound(List<String> names);

    R locked(long until);

    R destroyed();

    R samePassword();

    R outcomeUnknown(VaultFailure why);

    R vaultFailed(VaultFailure failure);
  }

  /**
   * Backups are enabled under the password.
   *
   * @param vault the record
   */
  record Enrolled(VaultBinding vault) implements EnrolmentOutcome {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.enrolled(vault);
    }
  }

  /** An interrupted enrolment had taken effect: the password in force is the one typed then. */
  record EnrolledWithEarlierPassword(VaultBinding vault) implements EnrolmentOutcome {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.enrolledWithEarlierPassword(vault);
    }
  }

  /** This device is enabled already. */
  record AlreadyEnabled() implements EnrolmentOutcome {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.alreadyEnabled();
    }
  }

  /** The account has a record that this device does not know: restore, or restart. */
  record AlreadyEnrolled() implements EnrolmentOutcome {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.alreadyEnrolled();
    }
  }

  /**
   * Plain copies that were neither removed nor accepted; nothing was sent.
   *
   * @param names at the provider
   */
  record PlainCopiesFound(List<String> names) implements EnrolmentOutcome {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.plainCopiesFound(names);
    }
  }

  /**
   * The vault accepts no enrolment for now.
   *
   * @param until when it does, in milliseconds since 1970
   */
  record Locked(long until) implements EnrolmentOutcome {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.locked(until);
    }
  }

  /**
   * The account's record was destroyed, and the only ways forward are a device that still has the
   * key, or a restart.
   */
  record Destroyed() implements EnrolmentOutcome {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.destroyed();
    }
  }

  /**
   * The password is the one that was in force when the record was destroyed; nothing was staged.
   */
  record SamePassword() implements EnrolmentOutcome {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.samePassword();
    }
  }

  /**
   * Whether the vault activated the record is not known; run again to find out.
   *
   * @param why its answer was lost, or is not to be believed
   */
  record OutcomeUnknown(VaultFailure why) implements EnrolmentOutcome {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.outcomeUnknown(why);
    }
  }

  /**
   * The vault could not be asked or believed; the device is not enabled.
   *
   * @param failure why
   */
  record VaultFailed(VaultFailure failure) implements EnrolmentOutcome {
    @Override
    public <R extends @Nullable Object> R match(Cases<R> cases) {
      return cases.vaultFailed(failure);
    }
  }
}
