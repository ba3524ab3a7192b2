package lockstep.vectors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lockstep.format.BackupKeys;
import lockstep.format.ObjectId;
import lockstep.format.ObjectKind;
import lockstep.format.SealedObject;
import lockstep.keys.RootKey;
import lockstep.oracle.RejectedAs;
import lockstep.vectors.RestoreTopics.Chain;
import lockstep.wire.Sha256;

/**
 * Whole backups, sealed by somebody who has the key, in which one thing does not fit: what a second
 * device with a fault would leave, and what a client that lacks just that check would take.
 */
final class ForgedBackups {

  private static final String ROOT = Sample.of("root key", 32);

  private final Draft draft;
  private final ObjectNode offered;
  private final Map<String, String> heads = new LinkedHashMap<>();

  private ForgedBackups(Draft draft, Chain chain) {
    this.draft = draft;
    this.offered = Json.with(chain.offered(), "mark", chain.mark(1));
  }

  /** Adds them beside the newest backup of the chain. */
  static void backups(Draft draft, Chain chain) {
    ForgedBackups forged = new ForgedBackups(draft, chain);
    ObjectNode newest = (ObjectNode) chain.manifests().get(2).get("object");
    forged.head("HED-6", "a time that is not its manifest's", newest, Sample.DAY + 4);
    for (int number : new int[] {2, 4}) {
      forged.manifest("HED-6", "a manifest that says it is number " + number, numbered(number));
    }
    ObjectNode second = (ObjectNode) chain.manifests().get(1).get("object");
    for (int number : new int[] {3, 4}) {
      ObjectNode previous = Json.with(second, "backupNumber", number);
      forged.manifest(
          "RST-6",
          "a chain that leads from backup 3 to a backup " + number,
          draft.result("manifest.seal", Json.with(fields(number), "previous", previous)));
    }
    forged.write();
  }

  private void write() {
    String sibling =
        draft.valid(
            "RST-6", "objects that no kept backup names are no harm", "restore.verify", offered);
    heads.forEach(
        (what, head) ->
            draft.negative(
                sibling,
                what.substring(0, what.indexOf(' ')),
                RejectedAs.DAMAGED,
                Mutation.set("heads.3", head, what.substring(what.indexOf(' ') + 1)),
                "a head with " + what.substring(what.indexOf(' ') + 1)));
  }

  private void manifest(String clause, String what, ObjectNode made) {
    ((ObjectNode) offered.get("objects"))
        .set(made.get("objectName").textValue(), made.get("sealed"));
    head(clause, what, (ObjectNode) made.get("object"), Sample.DAY + 3);
  }

  private void head(String clause, String what, ObjectNode manifest, long createdAt) {
    ObjectNode sealing = Json.with(RestoreTopics.sealHead(3, manifest), "createdAt", createdAt);
    heads.put(clause + " " + what, draft.text("head.seal", sealing, "head"));
  }

  private static ObjectNode fields(int number) {
    return Json.object(
        "rootKey",
        ROOT,
        "account",
        Sample.ALICE,
        "backupNumber",
        3,
        "objectId",
        Sample.of("forged manifest id " + number, 16),
        "salt",
        Sample.of("forged manifest salt " + number, 24),
        "createdAt",
        Sample.DAY + 3,
        "entries",
        List.of(),
        "objects",
        List.of());
  }

  /** Sealed as backup 3's manifest, though its content says another number. */
  private static ObjectNode numbered(int number) {
    byte[] content = Sample.bytes(new ForgedManifest(number, Sample.DAY + 3).hex());
    ObjectId id = ObjectId.of(Sample.bytes(Sample.of("forged id " + number, 16)));
    ByteArrayOutputStream sealed = new ByteArrayOutputStream();
    try (RootKey rootKey = RootKey.copyOf(Sample.bytes(ROOT));
        BackupKeys keys =
            BackupKeys.derive(rootKey, Sample.ALICE.getBytes(StandardCharsets.UTF_8))) {
      SecureRandom salt =
          FixedRandom.startingWith(Sample.bytes(Sample.of("forged salt " + number, 24)));
      SealedObject object =
          keys.seal(ObjectKind.MANIFEST, 3, id, salt, sink -> sink.write(content));
      object.writeTo(sealed);
      return Json.object(
          "objectName",
          keys.nameOf(id).hex(),
          "sealed",
          Sample.hex(sealed.toByteArray()),
          "object",
          Json.object(
              "objectId",
              Sample.hex(id.bytes()),
              "backupNumber",
              3,
              "contentBytes",
              content.length,
              "digest",
              Sample.hex(Sha256.of(sealed.toByteArray()).toArray())));
    } catch (IOException inMemory) {
      throw new UncheckedIOException(inMemory);
    }
  }
}
