package lockstep.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lockstep.kernel.PaddingArithmetic;
import lockstep.keys.KeyHierarchy;
import lockstep.keys.RootKey;
import lockstep.secret.KeyLabel;
import lockstep.secret.SecretBytes;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * A head as the provider holds it: 404 bytes, of which 76 are in clear.
 *
 * <p>The clear part tells whose key it is, to whoever has that key, before any payload is read. The
 * provider can spoil it, which is damage; it cannot make a wrong key match.
 */
@Implements({"HED-1", "HED-2"})
public final class SealedHead {

  /** Bytes of every head. */
  public static final int LENGTH_BYTES = 404;

  static final int CONTENT_BYTES = 76;

  private static final int MAGIC = 0x4c534831;
  private static final int CONTENT_MAGIC = 0x4c534331;
  private static final int SALT_BYTES = 16;
  private static final int PREFIX_BYTES =
      Integer.BYTES + Long.BYTES + ObjectId.LENGTH_BYTES + SALT_BYTES + Digests.HASH_BYTES;
  private static final int PADDED_BYTES = (int) PaddingArithmetic.MIN_PADDED_BYTES;

  private final long backupNumber;
  private final ObjectId id;
  private final byte[] checkSalt;
  private final byte[] keyCheck;
  private final byte[] sealed;

  private SealedHead(
      long backupNumber, ObjectId id, byte[] checkSalt, byte[] keyCheck, byte[] sealed) {
    this.backupNumber = backupNumber;
    this.id = id;
    this.checkSalt = checkSalt;
    this.keyCheck = keyCheck;
    this.sealed = sealed;
  }

  /** A head that seals {@code content} while it is written, with a fresh id and check salt. */
  @Implements({"HED-3~2", "OBJ-3", "ENC-1"})
  public static SealedObject seal(BackupKeys keys, SecureRandom random, HeadContent content) {
    ObjectId id = ObjectId.random(random);
    byte[] checkSalt = new byte[SALT_BYTES];
    random.nextBytes(checkSalt);
    byte[] prefix =
        ByteBuffer.allocate(PREFIX_BYTES)
            .putInt(MAGIC)
            .putLong(content.backupNumber())
            .put(id.bytes())
            .put(checkSalt)
            .put(keys.keyCheck(checkSalt))
            .array();
    return SealedObject.head(
        prefix,
        keys.inputKey(ObjectKind.HEAD),
        keys.context(ObjectKind.HEAD, content.backupNumber(), id),
        random,
        sink -> sink.write(encode(content)));
  }

  /** Takes a head apart; nothing when the bytes are not a head, which is damage. */
  @Implements({"ENC-2", "HED-6"})
  public static Optional<SealedHead> parse(byte[] bytes) {
    if (bytes.length != LENGTH_BYTES) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int magic = buffer.getInt();
    long backupNumber = buffer.getLong();
    if (magic != MAGIC || backupNumber < 1) {
      return Optional.empty();
    }
    return Optional.of(
        new SealedHead(
            backupNumber,
            ObjectId.of(take(buffer, ObjectId.LENGTH_BYTES)),
            take(buffer, SALT_BYTES),
            take(buffer, Digests.HASH_BYTES),
            take(buffer, buffer.remaining())));
  }

  /** The number that the clear part gives; authentic only once {@link #open} has succeeded. */
  public long backupNumber() {
    return backupNumber;
  }

  /** Whether the key-check value is that of {@code rootKey} and {@code account}. */
  @Implements({"HED-3~2", "HED-4~2"})
  public boolean matches(RootKey rootKey, byte[] account) {
    return MessageDigest.isEqual(keyCheck, BackupKeys.keyCheck(rootKey, account, checkSalt));
  }

  /** Whether one of the heads has the key-check value of {@code rootKey} and {@code account}. */
  @Implements({"HED-3~2", "HED-4~2"})
  public static boolean anyMatches(List<SealedHead> heads, RootKey rootKey, byte[] account) {
    try (SecretBytes key = KeyHierarchy.derive(rootKey, KeyLabel.KEY_CHECK)) {
      return heads.stream()
          .anyMatch(
              head ->
                  MessageDigest.isEqual(
                      head.keyCheck, BackupKeys.keyCheck(key, account, head.checkSalt)));
    }
  }

  /** Checks the key, then opens the content. */
  @Decides({"HED-2", "HED-4~2"})
  public HeadResult open(BackupKeys keys) {
    if (!MessageDigest.isEqual(keyCheck, keys.keyCheck(checkSalt))) {
      return new HeadResult.WrongKey();
    }
    return plaintext(keys)
        .flatMap(this::decode)
        .<HeadResult>map(HeadResult.Opened::new)
        .orElseGet(HeadResult.Damaged::new);
  }

  private Optional<byte[]> plaintext(BackupKeys keys) {
    byte[] context = keys.context(ObjectKind.HEAD, backupNumber, id);
    try (InputStream padded =
        BackupCipher.open(
            keys.inputKey(ObjectKind.HEAD),
            context,
            keys.nameOf(id),
            new ByteArrayInputStream(sealed))) {
      return Optional.of(padded.readAllBytes());
    } catch (DamagedBackup e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new IllegalStateException("an array does not fail to be read", e);
    }
  }

  private Optional<HeadContent> decode(byte[] padded) {
    ByteBuffer buffer = ByteBuffer.wrap(padded);
    if (padded.length != PADDED_BYTES
        || buffer.getInt() != CONTENT_MAGIC
        || buffer.getLong() != backupNumber
        || !MessageDigest.isEqual(
            Arrays.copyOfRange(padded, CONTENT_BYTES, PADDED_BYTES),
            new byte[PADDED_BYTES - CONTENT_BYTES])) {
      return Optional.empty();
    }
    long createdAt = buffer.getLong();
    ObjectId manifestId = ObjectId.of(take(buffer, ObjectId.LENGTH_BYTES));
    long contentBytes = buffer.getLong();
    SealedDigest digest = SealedDigest.of(take(buffer, SealedDigest.LENGTH_BYTES));
    if (createdAt < 0 || contentBytes < 0 || contentBytes > StoredObject.MAX_CONTENT_BYTES) {
      return Optional.empty();
    }
    return Optional.of(
        new HeadContent(
            Instant.ofEpochMilli(createdAt),
            new StoredObject(manifestId, backupNumber, contentBytes, digest)));
  }

  private static byte[] encode(HeadContent content) {
    StoredObject manifest = content.manifest();
    return ByteBuffer.allocate(CONTENT_BYTES)
        .putInt(CONTENT_MAGIC)
        .putLong(content.backupNumber())
        .putLong(content.createdAt().toEpochMilli())
        .put(manifest.id().bytes())
        .putLong(manifest.contentBytes())
        .put(manifest.digest().bytes())
        .array();
  }

  private static byte[] take(ByteBuffer buffer, int length) {
    byte[] taken = new byte[length];
    buffer.get(taken);
    return taken;
  }
}
