package lockstep.device.contact;

import java.io.IOException;
import java.util.Optional;
import lockstep.backup.run.MarkSetter;
import lockstep.backup.store.BackupMark;
import lockstep.device.state.Device;
import lockstep.device.state.EnabledDevice;
import lockstep.device.state.FreshnessMark;
import lockstep.device.vault.VaultConnection;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * Records a backup whose head stands as the device's newest, and has the vault mark it, now or at
 * the next contact.
 */
@Decides("BAK-9~2")
@Implements("MRK-1")
public final class MarkKeeper implements MarkSetter {

  private final Device device;
  private final Optional<VaultConnection> vault;

  /** {@code vault} is empty when there is none, or none that can be reached. */
  public MarkKeeper(Device device, Optional<VaultConnection> vault) {
    this.device = device;
    this.vault = vault;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException when the device is not enabled
   */
  @Override
  public Result set(BackupMark mark) throws IOException {
    boolean passwordMode;
    try (EnabledDevice enabled =
        device
            .enabled()
            .orElseThrow(() -> new IllegalStateException("the device is not enabled"))) {
      passwordMode = enabled.vault().isPresent();
      try (EnabledDevice newer = enabled.withBackup(FreshnessMark.of(mark))) {
        device.record(newer);
      }
    }
    if (!passwordMode) {
      return Result.NO_VAULT;
    }
    if (vault.isEmpty()) {
      return Result.PENDING;
    }
    boolean set =
        new VaultContact(device, vault.get())
            .contact()
            .match(
                report -> report.mark().equals(Optional.of(FreshnessMark.of(mark))),
                () -> false,
                () -> false,
                failure -> false);
    return set ? Result.SET : Result.PENDING;
  }
}
