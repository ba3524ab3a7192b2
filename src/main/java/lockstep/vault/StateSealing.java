package lockstep.vault;

import com.google.crypto.tink.Aead;
import java.security.GeneralSecurityException;
import lockstep.spec.Decides;
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
    return new WireWriter()
        .ascii("lockstep/v1/account-register")
        .bytes(vault.value())
        .toByteArray();
  }
}
