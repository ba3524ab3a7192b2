package lockstep.device.rotation;

import java.io.IOException;
import java.util.Optional;
import lockstep.device.state.Device;
import lockstep.device.state.DeviceSlot;
import lockstep.device.state.FreshnessMark;
import lockstep.device.state.PasswordVerifier;
import lockstep.device.state.RehearsalVerifier;
import lockstep.format.SetName;
import lockstep.keys.RootKey;
import lockstep.secret.SecretBytes;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import lockstep.wire.WireReader;
import lockstep.wire.WireWriter;

/**
 * A key rotation under way: the new root key, the old key's set, and how far it is.
 *
 * <p>Without a stage the new key is not the account's. With one it is if the vault says so. In key
 * mode the device's own root key tells.
 */
@Implements("ROT-3~2")
final class RotationJournal implements AutoCloseable {

  private static final int NAME_CHARACTERS = 32;

  private final AccountName account;
  private final RootKey newKey;
  private final SetName oldSet;
  private final Optional<FreshnessMark> copy;
  private final long copiedFrom;
  private final Optional<RehearsalVerifier> stage;

  /** Takes over {@code newKey}. */
  RotationJournal(
      AccountName account,
      RootKey newKey,
      SetName oldSet,
      Optional<FreshnessMark> copy,
      long copiedFrom,
      Optional<RehearsalVerifier> stage) {
    this.account = account;
    this.newKey = newKey;
    this.oldSet = oldSet;
    this.copy = copy;
    this.copiedFrom = copiedFrom;
    this.stage = stage;
  }

  RootKey newKey() {
    return newKey;
  }

  SetName oldSet() {
    return oldSet;
  }

  /** The backup that stands under the new key, once it does. */
  Optional<FreshnessMark> copy() {
    return copy;
  }

  /** The number of the old set's backup that it is a copy of; 0 where none is known. */
  long copiedFrom() {
    return copiedFrom;
  }

  /** The generation staged under the new key, and the verifier of the password that it has. */
  Optional<RehearsalVerifier> stage() {
    return stage;
  }

  /** What was staged stays: it may take effect as long as no other stage takes its place. */
  @Implements("ROT-5")
  RotationJournal withCopy(Optional<FreshnessMark> stands, long from) {
    return new RotationJournal(account, newKey.duplicate(), oldSet, stands, from, stage);
  }

  RotationJournal withStage(RehearsalVerifier staged) {
    return new RotationJournal(
        account, newKey.duplicate(), oldSet, copy, copiedFrom, Optional.of(staged));
  }

  void remember(Device device) throws IOException {
    WireWriter writer = new WireWriter().text16(oldSet.hex()).flag(copy.isPresent());
    copy.ifPresent(mark -> writer.u64(mark.backupNumber()).bytes(mark.manifestDigest()));
    writer.flag(stage.isPresent());
    stage.ifPresent(
        staged -> {
          writer.u64(staged.generation());
          staged.verifier().write(writer);
        });
    writer.u64(copiedFrom);
    byte[] rest = writer.toByteArray();
    byte[] plaintext =
        newKey.expose(
            key -> {
              byte[] both = new byte[key.length + rest.length];
              System.arraycopy(key, 0, both, 0, key.length);
              System.arraycopy(rest, 0, both, key.length, rest.length);
              return both;
            });
    device.write(DeviceSlot.KEY_ROTATION, account, plaintext);
  }

  static Optional<RotationJournal> recall(Device device) throws IOException {
    return device.read(
        DeviceSlot.KEY_ROTATION,
        (account, encoded) -> WireReader.decode(encoded, reader -> read(account, reader)));
  }

  private static RotationJournal read(AccountName account, WireReader reader) {
    byte[] key = reader.bytes(RootKey.LENGTH_BYTES);
    SetName oldSet = reader.orRefuse(SetName.parse(reader.text16(NAME_CHARACTERS)));
    Optional<FreshnessMark> copy = reader.flag() ? Optional.of(readMark(reader)) : Optional.empty();
    Optional<RehearsalVerifier> stage =
        reader.flag()
            ? Optional.of(new RehearsalVerifier(reader.u64(), PasswordVerifier.read(reader)))
            : Optional.empty();
    // Version 0.1.0 wrote none.
    long copiedFrom = reader.remaining() == 0 ? 0 : reader.u64();
    RootKey newKey = RootKey.copyOf(key);
    SecretBytes.wipe(key);
    return new RotationJournal(account, newKey, oldSet, copy, copiedFrom, stage);
  }

  private static FreshnessMark readMark(WireReader reader) {
    long number = reader.u64();
    reader.require(number > 0);
    return new FreshnessMark(number, reader.fixed(FreshnessMark.DIGEST_BYTES));
  }

  @Override
  public void close() {
    newKey.close();
  }
}
