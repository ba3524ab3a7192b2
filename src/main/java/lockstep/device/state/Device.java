package lockstep.device.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import lockstep.secret.SecretBytes;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.WireWriter;

/**
 * The device as every protocol sees it: its slots, sealed by its keystore, and its source of
 * randomness.
 */
@Decides("DEV-1")
@Implements("DEV-2")
public final class Device {

  private static final byte[] SEALING_LABEL =
      "lockstep/v1/device-slot".getBytes(StandardCharsets.US_ASCII);

  private final DeviceState state;
  private final DeviceKeystore keystore;
  private final SecureRandom random;
  private final Stretching stretching;

  /** The device over its ports; {@code stretching} is {@link Stretching#STANDARD} in a product. */
  public Device(
      DeviceState state, DeviceKeystore keystore, SecureRandom random, Stretching stretching) {
    this.state = state;
    this.keystore = keystore;
    this.random = random;
    this.stretching = stretching;
  }

  /**
   * What the device knows if backups are enabled; the caller closes it.
   *
   * @throws DeviceStateDamaged when the slot does not open
   */
  public Optional<EnabledDevice> enabled() throws IOException {
    return read(DeviceSlot.ENABLED_DEVICE, EnabledDevice::decode);
  }

  /** Records what the device knows; {@code device} stays the caller's. */
  @Implements("RST-8")
  public void record(EnabledDevice device) throws IOException {
    write(DeviceSlot.ENABLED_DEVICE, device.account(), device.encode());
  }

  /**
   * Changes what the device knows, from what it knows now.
   *
   * @param change gives the value to record, which is closed here
   * @throws IllegalStateException when the device is not enabled
   */
  public void update(UnaryOperator<EnabledDevice> change) throws IOException {
    try (EnabledDevice known =
            enabled().orElseThrow(() -> new IllegalStateException("the device is not enabled"));
        EnabledDevice changed = change.apply(known)) {
      record(changed);
    }
  }

  /** What {@link #notePlaces} noted. */
  public Optional<Bytes> places() throws IOException {
    return read(DeviceSlot.PLACES, (account, noted) -> Optional.of(Bytes.copyOf(noted)));
  }

  /** Notes where the account's provider and vault are, in a form of the caller's. */
  public void notePlaces(AccountName account, Bytes places) throws IOException {
    write(DeviceSlot.PLACES, account, places.toArray());
  }

  /** Whether a protocol was interrupted that uses that slot as its journal. */
  public boolean isPending(DeviceSlot journal) throws IOException {
    return state.read(journal).isPresent();
  }

  /**
   * Opens a slot.
   *
   * @param decoder makes the value of account and plaintext, which is wiped afterwards; empty when
   *     the plaintext is none
   * @throws DeviceStateDamaged when the slot holds something else than such a value
   */
  public <T> Optional<T> read(DeviceSlot slot, BiFunction<AccountName, byte[], Optional<T>> decoder)
      throws IOException {
    Optional<SealedRecord> stored = state.read(slot);
    if (stored.isEmpty()) {
      return Optional.empty();
    }
    AccountName account = stored.get().account();
    byte[] plaintext;
    try {
      plaintext =
          keystore
              .aead()
              .decrypt(stored.get().ciphertext().toArray(), associatedData(account, slot));
    } catch (GeneralSecurityException notSealedHere) {
      throw new DeviceStateDamaged(slot);
    }
    try {
      Optional<T> value = decoder.apply(account, plaintext);
      if (value.isEmpty()) {
        throw new DeviceStateDamaged(slot);
      }
      return value;
    } finally {
      SecretBytes.wipe(plaintext);
    }
  }

  /** Seals and stores {@code plaintext}, and wipes it. */
  public void write(DeviceSlot slot, AccountName account, byte[] plaintext) throws IOException {
    try {
      byte[] ciphertext = keystore.aead().encrypt(plaintext, associatedData(account, slot));
      state.write(slot, new SealedRecord(account, Bytes.copyOf(ciphertext)));
    } catch (GeneralSecurityException keystoreFailed) {
      throw new IOException("the device's keystore cannot seal", keystoreFailed);
    } finally {
      SecretBytes.wipe(plaintext);
    }
  }

  /** Empties a slot. */
  public void erase(DeviceSlot slot) throws IOException {
    state.erase(slot);
  }

  public SecureRandom random() {
    return random;
  }

  public Stretching stretching() {
    return stretching;
  }

  private static byte[] associatedData(AccountName account, DeviceSlot slot) {
    return new WireWriter().bytes(SEALING_LABEL).account(account).text16(slot.text()).toByteArray();
  }
}
