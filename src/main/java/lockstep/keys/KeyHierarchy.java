package lockstep.keys;

import lockstep.secret.Hkdf;
import lockstep.secret.KeyLabel;
import lockstep.secret.SecretBytes;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/** The subkeys of a root key: one for each label whose parent is the root key (KEY-2, KEY-3). */
@Decides("KEY-2")
@Implements("KEY-3~2")
public final class KeyHierarchy {

  private KeyHierarchy() {}

  /**
   * The subkey of 32 bytes for {@code label}; the caller closes it.
   *
   * @throws IllegalArgumentException when the label belongs to another parent
   */
  public static SecretBytes derive(RootKey rootKey, KeyLabel label) {
    if (label.parent() != KeyLabel.Parent.ROOT_KEY) {
      throw new IllegalArgumentException(label + " is not derived from a root key");
    }
    return Hkdf.derive(rootKey.bytes(), label);
  }
}
