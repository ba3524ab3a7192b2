package lockstep.format;

import lockstep.secret.KeyLabel;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/** What an object holds; bound into its encryption, so that none passes for another. */
@Decides("OBJ-7")
@Implements({"OBJ-1", "OBJ-2"})
public enum ObjectKind {
  /** Content of files, at most 16,777,216 bytes. */
  DATA(1, KeyLabel.DATA, 16_777_216L),
  /** The list of what is backed up. */
  MANIFEST(2, KeyLabel.MANIFEST, StoredObject.MAX_CONTENT_BYTES),
  /** The pointer to the newest manifest. */
  HEAD(3, KeyLabel.HEAD, SealedHead.CONTENT_BYTES);

  private final int code;
  private final KeyLabel label;
  private final long maxContentBytes;

  ObjectKind(int code, KeyLabel label, long maxContentBytes) {
    this.code = code;
    this.label = label;
    this.maxContentBytes = maxContentBytes;
  }

  /** The most content in bytes that one object of this kind holds. */
  public long maxContentBytes() {
    return maxContentBytes;
  }

  int code() {
    return code;
  }

  KeyLabel label() {
    return label;
  }
}
