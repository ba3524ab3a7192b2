package lockstep.secret;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * Every label that a subkey is derived for, each for one purpose and from one kind of parent.
 *
 * <p>The labels of both zones stand in this one list, so that their uniqueness is a property of one
 * type; a zone derives only from the parents that it holds. Source: KEY-3.
 */
@Decides("KEY-3~2")
@Implements("KEY-2")
public enum KeyLabel {
  /** Input key of data objects. */
  DATA(Parent.ROOT_KEY),
  /** Input key of manifests. */
  MANIFEST(Parent.ROOT_KEY),
  /** Input key of heads. */
  HEAD(Parent.ROOT_KEY),
  /** Key of the hash that names objects. */
  OBJECT_NAME(Parent.ROOT_KEY),
  /** Key of the hash that names a root key's set of objects. */
  SET_NAME(Parent.ROOT_KEY),
  /** Key of the key-check value. */
  KEY_CHECK(Parent.ROOT_KEY),
  /** Key of the MAC over the note that a restore leaves in its target. */
  RESTORE_NOTE(Parent.ROOT_KEY),
  /** Ed25519 seed of commands that the device signs. */
  COMMAND_SIGNATURE(Parent.ROOT_KEY),
  /** Key that wraps the root key for the vault. */
  ROOT_KEY_WRAP(Parent.EXPORT_KEY),
  /** Key that encrypts the record which a vault releases. */
  RELEASE(Parent.SESSION_KEY),
  /** Key of the MAC over commands under a session. */
  SESSION_COMMAND(Parent.SESSION_KEY),
  /** Key that seals a record in the vault. */
  RECORD_SEALING(Parent.RECORD_SECRET);

  /** The kind of key that a label may be derived from. */
  public enum Parent {
    /** The backup's root key; client zone only. */
    ROOT_KEY,
    /** OPAQUE's {@code exportKey}; client zone only. */
    EXPORT_KEY,
    /** OPAQUE's {@code sessionKey}; both ends of a session. */
    SESSION_KEY,
    /** A record's own secret; vault only. */
    RECORD_SECRET
  }

  private static final String PREFIX = "lockstep/v1/";

  private final Parent parent;

  KeyLabel(Parent parent) {
    this.parent = parent;
  }

  /** The only kind of key that this label may be derived from. */
  public Parent parent() {
    return parent;
  }

  /** The label as text: {@code lockstep/v1/} and the purpose. */
  public String text() {
    return PREFIX + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** HKDF's {@code info} for this label: its length in one byte, then its US-ASCII bytes. */
  @Implements("KEY-2")
  byte[] info() {
    byte[] label = text().getBytes(StandardCharsets.US_ASCII);
    byte[] info = new byte[1 + label.length];
    info[0] = (byte) label.length;
    System.arraycopy(label, 0, info, 1, label.length);
    return info;
  }
}
