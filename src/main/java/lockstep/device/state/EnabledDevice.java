package lockstep.device.state;

import java.util.Optional;
import lockstep.keys.RootKey;
import lockstep.secret.SecretBytes;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import lockstep.wire.Policy;
import lockstep.wire.StretchingParameters;
import lockstep.wire.WireReader;
import lockstep.wire.WireWriter;

/**
 * What a device knows while backups are enabled: the same after enrolment and after restore, with a
 * password and with a 64-digit key.
 *
 * <p>It owns its root key; closing it wipes the key. The {@code with…} methods give a new value
 * with a root key of its own and leave this one open.
 */
@Implements({"RST-8", "ENR-3", "ENR-4"})
public final class EnabledDevice implements AutoCloseable {

  private static final int FORMAT = 2;
  private static final int WITHOUT_FLOOR = 1;
  private static final int KEY_BYTES = 32;

  private final AccountName account;
  private final RootKey rootKey;
  private final Optional<VaultBinding> vault;
  private final Optional<FreshnessMark> lastBackup;
  private final Optional<FreshnessMark> floor;
  private final boolean markPending;
  private final long passedOver;

  private EnabledDevice(
      AccountName account,
      RootKey owned,
      Optional<VaultBinding> vault,
      Optional<FreshnessMark> lastBackup,
      Optional<FreshnessMark> floor,
      boolean markPending,
      long passedOver) {
    this.account = account;
    this.rootKey = owned;
    this.vault = vault;
    this.lastBackup = lastBackup;
    this.floor = floor;
    this.markPending = markPending;
    this.passedOver = passedOver;
  }

  /** A device in password mode, without a backup yet; {@code rootKey} stays the caller's. */
  public static EnabledDevice withPassword(
      AccountName account, RootKey rootKey, VaultBinding vault) {
    return new EnabledDevice(
        account,
        rootKey.duplicate(),
        Optional.of(vault),
        Optional.empty(),
        Optional.empty(),
        false,
        0);
  }

  /** A device in key mode, without a backup yet; {@code rootKey} stays the caller's. */
  public static EnabledDevice withRecoveryKey(AccountName account, RootKey rootKey) {
    return new EnabledDevice(
        account,
        rootKey.duplicate(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        0);
  }

  /** The account. */
  public AccountName account() {
    return account;
  }

  /** The root key, which stays this value's to close. */
  public RootKey rootKey() {
    return rootKey;
  }

  /** The vault record in password mode; empty in key mode. */
  public Optional<VaultBinding> vault() {
    return vault;
  }

  /** The backup that this device goes on from: the one that it made or restored last. */
  public Optional<FreshnessMark> lastBackup() {
    return lastBackup;
  }

  /**
   * The newest backup that this device ever knew of, from its own, from marks heard and from
   * restores; nothing lowers it (RST-12).
   */
  public Optional<FreshnessMark> floor() {
    return floor;
  }

  /** Whether the vault has yet to be told of {@link #floor} (BAK-9). */
  public boolean markPending() {
    return markPending;
  }

  /**
   * The highest number of a backup that the user knowingly passed over, when this device was filled
   * from an older one; 0 for none.
   */
  public long passedOver() {
    return passedOver;
  }

  /** The same once a backup of this device's own stands. */
  @Implements({"BAK-9~2", "RST-12"})
  public EnabledDevice withBackup(FreshnessMark backup) {
    boolean rises = backup.backupNumber() >= number(floor);
    return rises
        ? with(Optional.of(backup), Optional.of(backup), vault.isPresent(), 0)
        : with(Optional.of(backup), floor, markPending, passedOver);
  }

  /** The same once the device was filled from that backup, which the user may know to be older. */
  @Implements({"BAK-9~2", "BAK-10~3", "RST-12"})
  public EnabledDevice withRestored(FreshnessMark backup) {
    try (EnabledDevice seen = withSeen(backup)) {
      long newer = number(seen.floor) > backup.backupNumber() ? number(seen.floor) : 0;
      return seen.with(Optional.of(backup), seen.floor, seen.markPending, newer);
    }
  }

  /** The same once that backup was found whole and fresh at the provider. */
  @Implements({"BAK-9~2", "RST-12"})
  public EnabledDevice withSeen(FreshnessMark backup) {
    return backup.backupNumber() > number(floor)
        ? with(lastBackup, Optional.of(backup), vault.isPresent(), passedOver)
        : with(lastBackup, floor, markPending, passedOver);
  }

  /**
   * The same once the vault said that its mark is that one, of this root key's set. A mark of the
   * floor's number takes its place: it is what every device of the account is told.
   */
  @Implements({"BAK-9~2", "RST-12"})
  public EnabledDevice withHeard(FreshnessMark mark) {
    return mark.backupNumber() >= number(floor)
        ? with(lastBackup, Optional.of(mark), false, passedOver)
        : with(lastBackup, floor, markPending, passedOver);
  }

  private EnabledDevice with(
      Optional<FreshnessMark> last, Optional<FreshnessMark> newest, boolean pending, long passed) {
    return new EnabledDevice(account, rootKey.duplicate(), vault, last, newest, pending, passed);
  }

  private static long number(Optional<FreshnessMark> mark) {
    return mark.map(FreshnessMark::backupNumber).orElse(0L);
  }

  /** The same under another vault record, whose vault may not know the newest backup yet. */
  public EnabledDevice withVault(VaultBinding binding) {
    return new EnabledDevice(
        account,
        rootKey.duplicate(),
        Optional.of(binding),
        lastBackup,
        floor,
        markPending,
        passedOver);
  }

  /** The same account under another root key, whose set holds {@code backup}. */
  @Implements("ROT-1~3")
  public EnabledDevice rotated(
      RootKey newKey, Optional<VaultBinding> binding, Optional<FreshnessMark> backup) {
    boolean pending = binding.isPresent() && backup.isPresent();
    return new EnabledDevice(account, newKey.duplicate(), binding, backup, backup, pending, 0);
  }

  /** The plaintext of the device's slot; the caller wipes it. */
  byte[] encode() {
    WireWriter rest = new WireWriter().flag(vault.isPresent());
    vault.ifPresent(binding -> write(rest, binding));
    rest.flag(lastBackup.isPresent());
    lastBackup.ifPresent(mark -> rest.u64(mark.backupNumber()).bytes(mark.manifestDigest()));
    rest.flag(floor.isPresent());
    floor.ifPresent(mark -> rest.u64(mark.backupNumber()).bytes(mark.manifestDigest()));
    rest.flag(markPending).u64(passedOver);
    byte[] known = rest.toByteArray();
    return rootKey.expose(
        key -> {
          byte[] encoded = new byte[1 + key.length + known.length];
          encoded[0] = FORMAT;
          System.arraycopy(key, 0, encoded, 1, key.length);
          System.arraycopy(known, 0, encoded, 1 + key.length, known.length);
          return encoded;
        });
  }

  /** The device that {@code encoded} is; empty if it is none. */
  static Optional<EnabledDevice> decode(AccountName account, byte[] encoded) {
    return WireReader.decode(
        encoded,
        reader -> {
          int format = reader.u8();
          reader.require(format == FORMAT || format == WITHOUT_FLOOR);
          byte[] key = reader.bytes(RootKey.LENGTH_BYTES);
          Optional<VaultBinding> vault = reader.flag() ? Optional.of(readBinding(reader)) : empty();
          Optional<FreshnessMark> backup = reader.flag() ? Optional.of(readMark(reader)) : empty();
          // Before there was a floor, the last backup was all that the device knew.
          Optional<FreshnessMark> floor =
              format == WITHOUT_FLOOR
                  ? backup
                  : reader.flag() ? Optional.of(readMark(reader)) : empty();
          boolean pending = reader.flag();
          long passedOver = format == WITHOUT_FLOOR ? 0 : reader.u64();
          RootKey rootKey = RootKey.copyOf(key);
          SecretBytes.wipe(key);
          return new EnabledDevice(account, rootKey, vault, backup, floor, pending, passedOver);
        });
  }

  /** Writes a vault record's particulars, as {@link #readBinding} reads them. */
  static void write(WireWriter writer, VaultBinding binding) {
    writer
        .bytes(binding.publicKey())
        .u64(binding.generation())
        .bytes(binding.policy().encode())
        .bytes(binding.stretching().encode());
  }

  /** Reads a vault record's particulars. */
  static VaultBinding readBinding(WireReader reader) {
    return new VaultBinding(
        reader.fixed(KEY_BYTES),
        reader.u64(),
        Policy.read(reader),
        StretchingParameters.read(reader));
  }

  @Override
  public void close() {
    rootKey.close();
  }

  @Override
  public String toString() {
    return "EnabledDevice(" + account.text() + ")";
  }

  private static FreshnessMark readMark(WireReader reader) {
    long number = reader.u64();
    reader.require(number > 0);
    return new FreshnessMark(number, reader.fixed(FreshnessMark.DIGEST_BYTES));
  }

  private static <T> Optional<T> empty() {
    return Optional.empty();
  }
}
