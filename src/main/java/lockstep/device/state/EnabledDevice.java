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
@Implements({"RST-8~1", "ENR-3~1", "ENR-4~1"})
public final class EnabledDevice implements AutoCloseable {

  private static final int FORMAT = 1;
  private static final int KEY_BYTES = 32;

  private final AccountName account;
  private final RootKey rootKey;
  private final Optional<VaultBinding> vault;
  private final Optional<FreshnessMark> lastBackup;
  private final boolean markPending;

  private EnabledDevice(
      AccountName account,
      RootKey owned,
      Optional<VaultBinding> vault,
      Optional<FreshnessMark> lastBackup,
      boolean markPending) {
    this.account = account;
    this.rootKey = owned;
    this.vault = vault;
    this.lastBackup = lastBackup;
    this.markPending = markPending;
  }

  /** A device in password mode, without a backup yet; {@code rootKey} stays the caller's. */
  public static EnabledDevice withPassword(
      AccountName account, RootKey rootKey, VaultBinding vault) {
    return new EnabledDevice(
        account, rootKey.duplicate(), Optional.of(vault), Optional.empty(), false);
  }

  /** A device in key mode, without a backup yet; {@code rootKey} stays the caller's. */
  public static EnabledDevice withRecoveryKey(AccountName account, RootKey rootKey) {
    return new EnabledDevice(
        account, rootKey.duplicate(), Optional.empty(), Optional.empty(), false);
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

  /** The newest backup that this device made or restored. */
  public Optional<FreshnessMark> lastBackup() {
    return lastBackup;
  }

  /** Whether the vault has yet to be told of {@link #lastBackup} (BAK-9). */
  public boolean markPending() {
    return markPending;
  }

  /** The same with another newest backup. */
  @Implements("BAK-9~1")
  public EnabledDevice withLastBackup(FreshnessMark backup, boolean pending) {
    return new EnabledDevice(account, rootKey.duplicate(), vault, Optional.of(backup), pending);
  }

  /** The same under another vault record. */
  public EnabledDevice withVault(VaultBinding binding) {
    return new EnabledDevice(
        account, rootKey.duplicate(), Optional.of(binding), lastBackup, markPending);
  }

  /** The same account under another root key, whose set holds {@code backup}. */
  @Implements("ROT-1~1")
  public EnabledDevice rotated(
      RootKey newKey, Optional<VaultBinding> binding, Optional<FreshnessMark> backup) {
    boolean pending = binding.isPresent() && backup.isPresent();
    return new EnabledDevice(account, newKey.duplicate(), binding, backup, pending);
  }

  /** The plaintext of the device's slot; the caller wipes it. */
  byte[] encode() {
    WireWriter rest = new WireWriter().flag(vault.isPresent());
    vault.ifPresent(binding -> write(rest, binding));
    rest.flag(lastBackup.isPresent());
    lastBackup.ifPresent(mark -> rest.u64(mark.backupNumber()).bytes(mark.manifestDigest()));
    rest.flag(markPending);
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
          reader.require(reader.u8() == FORMAT);
          byte[] key = reader.bytes(RootKey.LENGTH_BYTES);
          Optional<VaultBinding> vault = reader.flag() ? Optional.of(readBinding(reader)) : empty();
          Optional<FreshnessMark> backup = reader.flag() ? Optional.of(readMark(reader)) : empty();
          boolean pending = reader.flag();
          RootKey rootKey = RootKey.copyOf(key);
          SecretBytes.wipe(key);
          return new EnabledDevice(account, rootKey, vault, backup, pending);
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
