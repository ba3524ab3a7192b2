package lockstep.oracle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import lockstep.format.BackupKeys;
import lockstep.format.ContentSource;
import lockstep.format.DamagedBackup;
import lockstep.format.HeadContent;
import lockstep.format.HeadName;
import lockstep.format.ObjectId;
import lockstep.format.ObjectKind;
import lockstep.format.SealedDigest;
import lockstep.format.SealedHead;
import lockstep.format.SealedObject;
import lockstep.format.StoredObject;
import lockstep.keys.RootKey;
import lockstep.spec.Implements;

/** Names, sealed objects and heads of an account's backup. */
final class BackupOperations {

  private static final int SALT_BYTES = 24;
  private static final int CHECK_SALT_BYTES = 16;

  private BackupOperations() {}

  static Map<String, Operation> table(SecureRandom random) {
    return Map.of(
        "backup.names", BackupOperations::names,
        "object.seal", input -> sealData(input, random),
        "object.open", BackupOperations::openData,
        "head.seal", input -> sealHead(input, random),
        "head.open", BackupOperations::openHead);
  }

  private static ObjectNode names(Fields input) {
    try (BackupKeys keys = keys(input)) {
      ObjectNode result = Fields.empty().put("setName", keys.setName().hex());
      if (input.has("backupNumber")) {
        HeadName head = new HeadName(keys.setName(), headNumber(input));
        result.put("headName", head.toString());
      }
      return input.has("objectId")
          ? result.put("objectName", keys.nameOf(objectId(input, "objectId")).hex())
          : result;
    }
  }

  private static ObjectNode sealData(Fields input, SecureRandom random) throws IOException {
    byte[] content = input.bytes("content");
    if (content.length > ObjectKind.DATA.maxContentBytes()) {
      throw Unanswerable.malformed();
    }
    return seal(input, ObjectKind.DATA, random, sink -> sink.write(content));
  }

  private static ObjectNode openData(Fields input) throws IOException {
    try (BackupKeys keys = keys(input);
        InputStream content = open(input, keys, ObjectKind.DATA)) {
      return Fields.empty().put("content", Hex.of(content.readAllBytes()));
    } catch (DamagedBackup damaged) {
      throw damaged(damaged);
    }
  }

  /** Seals an object of a set; the salt may be named. */
  static ObjectNode seal(Fields input, ObjectKind kind, SecureRandom random, ContentSource content)
      throws IOException {
    ObjectId id = objectId(input, "objectId");
    long backupNumber = input.u64("backupNumber");
    InjectedRandom injected =
        new InjectedRandom(random).then(input.optionalBytes("salt", SALT_BYTES));
    ByteArrayOutputStream sealed = new ByteArrayOutputStream();
    try (BackupKeys keys = keys(input)) {
      SealedObject object = keys.seal(kind, backupNumber, id, injected, content);
      object.writeTo(sealed);
      ObjectNode result = Fields.empty().put("sealed", Hex.of(sealed.toByteArray()));
      result.put("objectName", keys.nameOf(id).hex());
      result.set(
          "object",
          json(new StoredObject(id, backupNumber, object.contentBytes(), object.digest())));
      return result;
    }
  }

  /** The content of the object that a request describes; reading it may find it damaged. */
  static InputStream open(Fields input, BackupKeys keys, ObjectKind kind) throws IOException {
    StoredObject expected = storedObject(input.object("object"));
    return keys.open(kind, expected, new ByteArrayInputStream(input.bytes("sealed")));
  }

  private static ObjectNode sealHead(Fields input, SecureRandom random) throws IOException {
    InjectedRandom injected =
        new InjectedRandom(random)
            .then(input.optionalBytes("objectId", ObjectId.LENGTH_BYTES))
            .then(input.optionalBytes("checkSalt", CHECK_SALT_BYTES))
            .then(input.optionalBytes("salt", SALT_BYTES));
    Fields manifest = input.object("manifest");
    headNumber(manifest);
    HeadContent content = new HeadContent(time(input, "createdAt"), storedObject(manifest));
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    try (BackupKeys keys = keys(input)) {
      SealedHead.seal(keys, injected, content).writeTo(head);
    }
    return Fields.empty().put("head", Hex.of(head.toByteArray()));
  }

  private static ObjectNode openHead(Fields input) {
    byte[] bytes = input.bytes("head");
    try (BackupKeys keys = keys(input)) {
      return SealedHead.parse(bytes)
          .orElseThrow(() -> Unanswerable.rejected(RejectedAs.DAMAGED))
          .open(keys)
          .match(
              BackupOperations::json,
              () -> {
                throw Unanswerable.rejected(RejectedAs.WRONG_RECOVERY_KEY);
              },
              () -> {
                throw Unanswerable.rejected(RejectedAs.DAMAGED);
              });
    }
  }

  private static ObjectNode json(HeadContent content) {
    ObjectNode result = Fields.empty();
    result.put("createdAt", content.createdAt().toEpochMilli());
    result.set("manifest", json(content.manifest()));
    return result;
  }

  /** The keys of a request's {@code rootKey} and {@code account}. */
  static BackupKeys keys(Fields input) {
    byte[] account = input.account("account").utf8();
    try (RootKey rootKey = PrimitiveOperations.rootKey(input)) {
      return BackupKeys.derive(rootKey, account);
    }
  }

  /** The number of a backup that has a head. */
  @Implements("HED-6")
  private static long headNumber(Fields object) {
    return object.number("backupNumber", 1, Long.MAX_VALUE);
  }

  static ObjectId objectId(Fields input, String name) {
    return ObjectId.of(input.bytes(name, ObjectId.LENGTH_BYTES));
  }

  static Instant time(Fields input, String name) {
    return Instant.ofEpochMilli(input.u64(name));
  }

  /** What a request says that an object is. */
  static StoredObject storedObject(Fields object) {
    return new StoredObject(
        objectId(object, "objectId"),
        object.u64("backupNumber"),
        object.number("contentBytes", 0, StoredObject.MAX_CONTENT_BYTES),
        SealedDigest.of(object.bytes("digest", SealedDigest.LENGTH_BYTES)));
  }

  static ObjectNode json(StoredObject object) {
    return Fields.empty()
        .put("objectId", Hex.of(object.id().bytes()))
        .put("backupNumber", object.backupNumber())
        .put("contentBytes", object.contentBytes())
        .put("digest", Hex.of(object.digest().bytes()));
  }

  static Unanswerable damaged(DamagedBackup damaged) {
    return Unanswerable.rejected(
        RejectedAs.DAMAGED, Fields.empty().put("objectName", damaged.objectName()));
  }
}
