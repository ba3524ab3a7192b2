package lockstep.protocol;

import java.util.Optional;
import lockstep.backup.ObjectId;
import lockstep.keys.RootKey;
import lockstep.secret.SecretBytes;
import lockstep.trace.Implements;
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
  private final Optional<LastBackup> lastBackup;
  private final Optional<FreshnessMark> pendingMark;

  private EnabledDevice(
      AccountName account,
      RootKey owned,
      Optional<VaultBinding> vault,
      Optional<LastBackup> lastBackup,
      Optional<FreshnessMark> pendingMark) {
    this.account = account;
    this.rootKey = owned;
    this.vault = vault;
    this.lastBackup = lastBackup;
    this.pendingMark = pendingMark;
  }

  /** A device in password mode, without a backup yet; {@code rootKey} stays the caller's. */
  public static EnabledDevice withPassword(
      AccountName account, RootKey rootKey, VaultBinding vault) {
    return new EnabledDevice(
        account, rootKey.duplicate(), Optional.of(vault), Optional.empty(), Optional.empty());
  }

  /** A device in key mode, without a backup yet; {@code rootKey} stays the caller's. */
  public static EnabledDevice withRecoveryKey(AccountName account, RootKey rootKey) {
    return new EnabledDevice(
        account, rootKey.duplicate(), Optional.empty(), Optional.empty(), Optional.empty());
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
  public Optional<LastBackup> lastBackup() {
    return lastBackup;
  }

  /** A mark that the vault has yet to be told of (BAK-9). */
  public Optional<FreshnessMark> pendingMark() {
    return pendingMark;
  }

  /** The same with another newest backup. */
  public EnabledDevice withLastBackup(LastBackup backup) {
    return new EnabledDevice(account, rootKey.duplicate(), vault, Optional.of(backup), pendingMark);
  }

  /** The same with a mark to set, or none. */
  @Implements("BAK-9~1")
  public EnabledDevice withPendingMark(Optional<FreshnessMark> mark) {
    return new EnabledDevice(account, rootKey.duplicate(), vault, lastBackup, mark);
  }

  /** The same under another vault record. */
  EnabledDevice withVault(VaultBinding binding) {
    return new EnabledDevice(
        account, rootKey.duplicate(), Optional.of(binding), lastBackup, pendingMark);
  }

  /** The same account and vault under another root key, whose set holds {@code backup}. */
  @Implements("ROT-1~1")
  EnabledDevice rotated(
      RootKey newKey,
      Optional<VaultBinding> binding,
      Optional<LastBackup> backup,
      Optional<FreshnessMark> mark) {
    return new EnabledDevice(account, newKey.duplicate(), binding, backup, mark);
  }

  /** The plaintext of the device's slot; the caller wipes it. */
  byte[] encode() {
    WireWriter rest = new WireWriter().flag(vault.isPresent());
    vault.ifPresent(binding -> write(rest, binding));
    rest.flag(lastBackup.isPresent());
    lastBackup.ifPresent(
        backup ->
            rest.u64(backup.number())
                .bytes(backup.headId().bytes())
                .bytes(backup.manifestDigest()));
    rest.flag(pendingMark.isPresent());
    pendingMark.ifPresent(mark -> rest.u64(mark.backupNumber()).bytes(mark.manifestDigest()));
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
          Optional<LastBackup> backup = reader.flag() ? Optional.of(readBackup(reader)) : empty();
          Optional<FreshnessMark> mark = reader.flag() ? Optional.of(readMark(reader)) : empty();
          RootKey rootKey = RootKey.copyOf(key);
          SecretBytes.wipe(key);
          return new EnabledDevice(account, rootKey, vault, backup, mark);
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

  private static LastBackup readBackup(WireReader reader) {
    return new LastBackup(
        readNumber(reader),
        ObjectId.of(reader.bytes(ObjectId.LENGTH_BYTES)),
        reader.fixed(FreshnessMark.DIGEST_BYTES));
  }

  private static FreshnessMark readMark(WireReader reader) {
    return new FreshnessMark(readNumber(reader), reader.fixed(FreshnessMark.DIGEST_BYTES));
  }

  private static long readNumber(WireReader reader) {
    long number = reader.u64();
    reader.require(number > 0);
    return number;
  }

  private static <T> Optional<T> empty() {
    return Optional.empty();
  }
}
