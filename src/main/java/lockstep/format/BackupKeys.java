package lockstep.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import lockstep.kernel.AccountSyntax;
import lockstep.kernel.HexDigits;
import lockstep.keys.KeyHierarchy;
import lockstep.keys.RootKey;
import lockstep.secret.KeyLabel;
import lockstep.secret.SecretBytes;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * One account's backup under one root key: names its objects, seals them and opens them.
 *
 * <p>Safe for use by several threads. The root key that it was made from stays the caller's to
 * close.
 */
public final class BackupKeys implements AutoCloseable {

  private final byte[] account;
  private final SecretBytes dataKey;
  private final SecretBytes manifestKey;
  private final SecretBytes headKey;
  private final SecretBytes objectNameKey;
  private final SecretBytes keyCheckKey;
  private final SecretBytes restoreNoteKey;
  private final SetName setName;

  private BackupKeys(RootKey rootKey, byte[] account) {
    this.account = account;
    this.dataKey = KeyHierarchy.derive(rootKey, ObjectKind.DATA.label());
    this.manifestKey = KeyHierarchy.derive(rootKey, ObjectKind.MANIFEST.label());
    this.headKey = KeyHierarchy.derive(rootKey, ObjectKind.HEAD.label());
    this.objectNameKey = KeyHierarchy.derive(rootKey, KeyLabel.OBJECT_NAME);
    this.keyCheckKey = KeyHierarchy.derive(rootKey, KeyLabel.KEY_CHECK);
    this.restoreNoteKey = KeyHierarchy.derive(rootKey, KeyLabel.RESTORE_NOTE);
    try (SecretBytes setNameKey = KeyHierarchy.derive(rootKey, KeyLabel.SET_NAME)) {
      this.setName = new SetName(shortHash(setNameKey, account));
    }
  }

  /**
   * Derives the keys of an account's backup.
   *
   * @param account the account's name in UTF-8
   * @throws IllegalArgumentException when that is not an account name
   */
  @Decides("OBJ-2")
  @Implements("ENC-4")
  public static BackupKeys derive(RootKey rootKey, byte[] account) {
    if (!AccountSyntax.isAccountName(account)) {
      throw new IllegalArgumentException("not an account name");
    }
    return new BackupKeys(rootKey, account.clone());
  }

  /** The name of the set that the objects lie in, and of the head. */
  @Implements("OBJ-5~2")
  public SetName setName() {
    return setName;
  }

  /** The name of an object at the provider. */
  @Decides("OBJ-4")
  @Implements("PRV-5")
  public ObjectName nameOf(ObjectId id) {
    return new ObjectName(shortHash(objectNameKey, id.bytes()));
  }

  /**
   * A data object or manifest that seals {@code content} while it is written.
   *
   * @param id a fresh one for each object
   * @throws IllegalArgumentException for a head, which {@link SealedHead} makes
   */
  @Implements({"OBJ-1", "OBJ-2"})
  public SealedObject seal(
      ObjectKind kind, long backupNumber, ObjectId id, SecureRandom random, ContentSource content) {
    if (kind == ObjectKind.HEAD) {
      throw new IllegalArgumentException("a head is not an object of a set");
    }
    return SealedObject.of(kind, inputKey(kind), context(kind, backupNumber, id), random, content);
  }

  /**
   * Opens an object and gives a stream of its content.
   *
   * <p>The read that gives out the last byte of content, or the end of an empty one, has found the
   * object whole and to be the one {@code expected}. Closing the stream closes {@code sealed}.
   *
   * @throws DamagedBackup from here or from a later read, when the object is not that one
   * @throws IOException when {@code sealed} fails
   */
  @Decides("OBJ-8")
  @Implements({"OBJ-1", "OBJ-2"})
  public InputStream open(ObjectKind kind, StoredObject expected, InputStream sealed)
      throws IOException {
    ObjectName name = nameOf(expected.id());
    DigestingInput digesting = new DigestingInput(sealed);
    byte[] context = context(kind, expected.backupNumber(), expected.id());
    InputStream padded = BackupCipher.open(inputKey(kind), context, name, digesting);
    return new ContentStream(padded, digesting, expected, name);
  }

  /** Wipes the keys; a second call does nothing. */
  @Override
  @Implements("SEC-3")
  public void close() {
    dataKey.close();
    manifestKey.close();
    headKey.close();
    objectNameKey.close();
    keyCheckKey.close();
    restoreNoteKey.close();
  }

  @Override
  public String toString() {
    return "BackupKeys(redacted)";
  }

  SecretBytes inputKey(ObjectKind kind) {
    return switch (kind) {
      case DATA -> dataKey;
      case MANIFEST -> manifestKey;
      case HEAD -> headKey;
    };
  }

  byte[] context(ObjectKind kind, long backupNumber, ObjectId id) {
    return ObjectContext.encode(account, kind, backupNumber, id);
  }

  /**
   * The MAC of what a restore notes in its target: 32 bytes that only the key's holder can make.
   */
  @Implements("RST-15")
  public byte[] restoreNoteTag(byte[] message) {
    return Digests.hmacSha256(restoreNoteKey, message);
  }

  @Decides("HED-3~2")
  byte[] keyCheck(byte[] salt) {
    return keyCheck(keyCheckKey, account, salt);
  }

  /** The key-check value of {@code rootKey} under a head's salt, without deriving anything else. */
  @Implements("HED-3~2")
  static byte[] keyCheck(RootKey rootKey, byte[] account, byte[] salt) {
    try (SecretBytes key = KeyHierarchy.derive(rootKey, KeyLabel.KEY_CHECK)) {
      return keyCheck(key, account, salt);
    }
  }

  static byte[] keyCheck(SecretBytes key, byte[] account, byte[] salt) {
    byte[] message =
        ByteBuffer.allocate(salt.length + 2 + account.length)
            .put(salt)
            .putShort((short) account.length)
            .put(account)
            .array();
    return Digests.hmacSha256(key, message);
  }

  private static String shortHash(SecretBytes key, byte[] message) {
    byte[] hash = Digests.hmacSha256(key, message);
    return new String(HexDigits.encode(Arrays.copyOf(hash, ObjectName.HASH_BYTES)));
  }
}
