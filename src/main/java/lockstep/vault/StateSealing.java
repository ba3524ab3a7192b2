package lockstep.vault;

import com.google.crypto.tink.Aead;
import java.security.GeneralSecurityException;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import lockstep.vault.machine.VaultDamagedException;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.VaultId;
import lockstep.wire.WireWriter;

/**
 * Seals what a store keeps, so that whoever can write its files and has no key can change nothing
 * in them: an account's whole state, for this account of this vault, and the store's own register
 * of them.
 */
@Decides("ATR-12")
public final class StateSealing {

  private final Aead keyset;
  private final VaultId vault;

  /** Seals under the vault's keyset for the vault with that id. */
  public StateSealing(Aead keyset, VaultId vault) {
    this.keyset = keyset;
    this.vault = vault;
  }

  /** An account's state as it is stored. */
  public byte[] sealState(AccountName account, Bytes state) {
    return seal(state.toArray(), statePlace(account));
  }

  /**
   * The state that {@link #sealState} sealed for this account.
   *
   * @throws VaultDamagedException for anything else
   */
  public Bytes openState(AccountName account, byte[] stored) throws VaultDamagedException {
    return Bytes.copyOf(open(stored, statePlace(account)));
  }

  /** A store's register of its accounts as it is stored. */
  byte[] sealRegister(byte[] register) {
    return seal(register, registerPlace());
  }

  /**
   * The register that {@link #sealRegister} sealed.
   *
   * @throws VaultDamagedException for anything else
   */
  byte[] openRegister(byte[] stored) throws VaultDamagedException {
    return open(stored, registerPlace());
  }

  /** How far a replica has applied the agreed log, as it is stored. */
  @Implements("REP-1~2")
  public byte[] sealProgress(byte[] progress) {
    return seal(progress, place("lockstep/v1/log-progress"));
  }

  /**
   * The progress that {@link #sealProgress} sealed.
   *
   * @throws VaultDamagedException for anything else
   */
  public byte[] openProgress(byte[] stored) throws VaultDamagedException {
    return open(stored, place("lockstep/v1/log-progress"));
  }

  /**
   * What an entry of the agreed log says, as it stands there.
   *
   * @param term in which it is proposed
   * @param number among its proposer's in that term
   */
  @Implements("REP-1~2")
  public byte[] sealEntry(long term, long number, byte[] content) {
    return seal(content, entryPlace(term, number));
  }

  /**
   * The content that {@link #sealEntry} sealed for that term and number.
   *
   * @throws VaultDamagedException for anything else
   */
  public byte[] openEntry(long term, long number, byte[] sealed) throws VaultDamagedException {
    return open(sealed, entryPlace(term, number));
  }

  private byte[] seal(byte[] plaintext, byte[] place) {
    try {
      return keyset.encrypt(plaintext, place);
    } catch (GeneralSecurityException keysetUnfit) {
      throw new IllegalStateException("the vault's keyset cannot seal", keysetUnfit);
    }
  }

  private byte[] open(byte[] stored, byte[] place) throws VaultDamagedException {
    try {
      return keyset.decrypt(stored, place);
    } catch (GeneralSecurityException changedOrElsewhere) {
      throw new VaultDamagedException("stored state does not open under the vault's keyset");
    }
  }

  private byte[] statePlace(AccountName account) {
    return new WireWriter()
        .ascii("lockstep/v1/account-state")
        .bytes(vault.value())
        .account(account)
        .toByteArray();
  }

  private byte[] registerPlace() {
    return place("lockstep/v1/account-register");
  }

  private byte[] entryPlace(long term, long number) {
    return new WireWriter()
        .bytes(place("lockstep/v1/log-entry"))
        .u64(term)
        .u64(number)
        .toByteArray();
  }

  private byte[] place(String label) {
    return new WireWriter().ascii(label).bytes(vault.value()).toByteArray();
  }
}
