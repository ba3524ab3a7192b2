package lockstep.vectors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import lockstep.oracle.RejectedAs;

/** The head, and what a device decides of all that it is offered. */
final class RestoreTopics {

  private static final String ROOT = Sample.of("root key", 32);
  private static final String HEAD = "head";
  private static final String HEADS = "heads";
  private static final String THIRD = "heads.3";
  private static final String OBJECTS = "objects";
  private static final String MARK = "mark";

  private RestoreTopics() {}

  static void head(Draft draft) {
    ObjectNode sealing = sealHead(7, ManifestSamples.reference("manifest", 7, 300));
    draft.valid("HED-1 HED-2 HED-3", "a head", "head.seal", sealing);
    String head = draft.text("head.seal", sealing, HEAD);
    ObjectNode opening = Json.object("rootKey", ROOT, "account", Sample.ALICE, HEAD, head);
    String keyCheck = head.substring(2 * (4 + 8 + 16 + 16), 2 * (4 + 8 + 16 + 16 + 32));
    String opened =
        draft.valid(
            "HED-1 HED-2 HED-3",
            "a head opens",
            "head.open",
            opening,
            Json.object(
                "keyCheckKey",
                draft.text(
                    "keys.derive",
                    Json.object("parent", ROOT, "label", "lockstep/v1/key-check"),
                    "key"),
                "keyCheck",
                keyCheck));
    wrongHeads(draft, opened);
  }

  private static void wrongHeads(Draft draft, String opened) {
    Object[][] wrong = {
      {Mutation.flip("rootKey", 0), "another root key"},
      {Mutation.set("account", "bob", "another account"), "the account is not bound"},
      {Mutation.flip(HEAD, 4 + 8 + 16), "the check salt is not used"},
      {Mutation.flip(HEAD, 4 + 8 + 16 + 16), "the key-check value is not compared"},
      {Mutation.flip(HEAD, 4 + 8 + 16 + 16 + 31), "only a part of it is compared"}
    };
    for (Object[] one : wrong) {
      draft.negative(
          opened, "HED-3 HED-4", RejectedAs.WRONG_RECOVERY_KEY, (Mutation) one[0], (String) one[1]);
    }
    Object[][] damaged = {
      {"HED-1", Mutation.flip(HEAD, 3), "another magic"},
      {"HED-1", Mutation.flip(HEAD, 11), "the number in clear is believed"},
      {"HED-1", Mutation.flip(HEAD, 12), "the id in clear is not bound"},
      {"HED-1", Mutation.cut(HEAD, 1), "a head that was cut"},
      {"HED-1", Mutation.append(HEAD, "00"), "a head with more at its end"},
      {"HED-1", Mutation.replace(HEAD, "", "nothing"), "an empty head is no missing one"},
      {"PAY-3", Mutation.flip(HEAD, 76 + 24), "the sealed part's commitment"},
      {"PAY-4", Mutation.flip(HEAD, -1), "the sealed part's tag"}
    };
    for (Object[] one : damaged) {
      draft.negative(
          opened, (String) one[0], RejectedAs.DAMAGED, (Mutation) one[1], (String) one[2]);
    }
  }

  static void restore(Draft draft) {
    Chain chain = Chain.of(draft);
    ObjectNode newest = chain.offered();
    String unmarked =
        draft.valid(
            "RST-7 RST-10", "without a mark, the newest is taken", "restore.verify", newest);
    String equal =
        draft.valid(
            "RST-6",
            "the mark's number and digest",
            "restore.verify",
            Json.with(newest, MARK, chain.mark(3)));
    String newer =
        draft.valid(
            "RST-6",
            "newer than the mark, and the chain reaches it",
            "restore.verify",
            Json.with(newest, MARK, chain.mark(1)));
    String accepted =
        draft.valid(
            "RST-6",
            "older than the mark, and the user accepts it by name",
            "restore.verify",
            Json.with(newest, MARK, mark(9, "00".repeat(32)), "acceptOlder", true));
    severalHeads(draft, chain, newest);
    rolledBack(draft, accepted, equal);
    brokenChains(draft, newer, chain);
    objects(draft, unmarked, chain);
    WorkedBackup.vector(draft);
    ForgedBackups.backups(draft, chain);
  }

  private static void severalHeads(Draft draft, Chain chain, ObjectNode newest) {
    draft.valid(
        "HED-5",
        "of several heads the one with the highest number counts",
        "restore.verify",
        Json.with(newest, HEADS, Json.object("2", chain.head(2), "3", chain.head(3))));
    draft.valid(
        "HED-5",
        "a higher head that was cut does not hide a lower one",
        "restore.verify",
        Json.with(newest, HEADS, Json.object("2", chain.head(2), "3", chain.head(3).substring(2))));
    draft.valid(
        "HED-5",
        "a head under another number than its own does not hide a lower one",
        "restore.verify",
        Json.with(newest, HEADS, Json.object("2", chain.head(2), "4", chain.head(3))));
  }

  private static void rolledBack(Draft draft, String accepted, String equal) {
    draft.negative(
        accepted,
        "RST-6",
        RejectedAs.OLDER_BACKUP,
        Mutation.set("acceptOlder", false, "not accepted"),
        "the provider rolled the backup back");
    draft.negative(
        equal,
        "RST-6",
        RejectedAs.DAMAGED,
        Mutation.flip("mark.digest", 0),
        "another backup of the same number");
  }

  private static void brokenChains(Draft draft, String newer, Chain chain) {
    draft.negative(
        newer,
        "RST-6",
        RejectedAs.DAMAGED,
        Mutation.flip("mark.digest", 0),
        "the chain ends at another backup of the mark's number");
    draft.negative(
        newer,
        "RST-6",
        RejectedAs.DAMAGED,
        Mutation.remove(OBJECTS + "." + chain.manifestName(2), "the chain's middle"),
        "a chain that does not reach the mark");
    draft.negative(
        newer,
        "RST-6",
        RejectedAs.DAMAGED,
        Mutation.set(MARK, mark(0, "00".repeat(32)), "a mark below the first backup"),
        "a chain that ends before the mark");
  }

  private static void objects(Draft draft, String whole, Chain chain) {
    String data = OBJECTS + "." + chain.dataName();
    String manifest = OBJECTS + "." + chain.manifestName(3);
    draft.negative(
        whole, "HED-4", RejectedAs.NO_BACKUP, Mutation.remove(HEADS, "no head"), "no head at all");
    Object[][] damaged = {
      {"BAK-12", Mutation.replace(THIRD, "", "an empty head"), "an empty head is taken for none"},
      {"HED-1", Mutation.flip(THIRD, -1), "a head that was tampered with"},
      {"BAK-12", Mutation.flip("rootKey", 0), "a head that does not open is taken for none"},
      {
        "HED-5",
        Mutation.replace(THIRD, chain.head(2), "the one before"),
        "an older head under the newer's name"
      },
      {
        "HED-5",
        Mutation.set(HEADS, Json.object("4", chain.head(3)), "under a higher number"),
        "a head under another number than its own"
      },
      {"RST-1", Mutation.remove(data, "a missing object"), "an object is missing"},
      {"RST-1", Mutation.flip(data, -1), "an object was tampered with"},
      {"OBJ-8", Mutation.append(data, "00"), "an object has more at its end"},
      {"RST-1", Mutation.remove(manifest, "no manifest"), "the manifest is missing"},
      {"RST-1", Mutation.flip(manifest, 60), "the manifest was tampered with"},
      {
        "RST-1",
        Mutation.replace(manifest, chain.sealedManifest(2), "the one before"),
        "an older manifest under the newer's name"
      }
    };
    for (Object[] one : damaged) {
      draft.negative(
          whole, (String) one[0], RejectedAs.DAMAGED, (Mutation) one[1], (String) one[2]);
    }
  }

  static ObjectNode mark(long number, String digest) {
    return Json.object("backupNumber", number, "digest", digest);
  }

  static ObjectNode sealHead(long number, ObjectNode manifest) {
    return Json.object(
        "rootKey",
        ROOT,
        "account",
        Sample.ALICE,
        "createdAt",
        Sample.DAY + number,
        "manifest",
        manifest,
        "objectId",
        Sample.of("head id " + number, 16),
        "checkSalt",
        Sample.of("check salt " + number, 16),
        "salt",
        Sample.of("head salt " + number, 24));
  }

  /**
   * Three backups of one file, each naming the one before.
   *
   * @param data the object that all refer to
   * @param manifests what sealing the manifests gave
   * @param heads theirs
   */
  record Chain(ObjectNode data, List<ObjectNode> manifests, List<String> heads) {

    static Chain of(Draft draft) {
      ObjectNode data =
          draft.result(
              "object.seal",
              Json.object(
                  "rootKey",
                  ROOT,
                  "account",
                  Sample.ALICE,
                  "backupNumber",
                  1,
                  "objectId",
                  Sample.of("data id", 16),
                  "salt",
                  Sample.of("data salt", 24),
                  "content",
                  Sample.text("hello")));
      ObjectNode first = manifest(draft, 1, data, Json.object());
      ObjectNode second = manifest(draft, 2, data, previous(first));
      ObjectNode third = manifest(draft, 3, data, previous(second));
      return new Chain(
          data,
          List.of(first, second, third),
          List.of(head(draft, 1, first), head(draft, 2, second), head(draft, 3, third)));
    }

    private static String head(Draft draft, long number, ObjectNode manifest) {
      return draft.text("head.seal", sealHead(number, (ObjectNode) manifest.get("object")), HEAD);
    }

    String head(int number) {
      return heads.get(number - 1);
    }

    private static ObjectNode previous(ObjectNode manifest) {
      return Json.object("previous", manifest.get("object"));
    }

    private static ObjectNode manifest(
        Draft draft, long number, ObjectNode data, ObjectNode previous) {
      ObjectNode file =
          Json.object(
              "type",
              "file",
              "path",
              Sample.text("hello.txt"),
              "mode",
              0644,
              "seconds",
              1_634_169_600L,
              "nanoseconds",
              0,
              "size",
              5,
              "segments",
              List.of(Json.object("objectIndex", 0, "offset", 0, "length", 5)));
      ObjectNode input =
          Json.object(
              "rootKey",
              ROOT,
              "account",
              Sample.ALICE,
              "backupNumber",
              number,
              "objectId",
              Sample.of("manifest id " + number, 16),
              "salt",
              Sample.of("manifest salt " + number, 24),
              "createdAt",
              Sample.DAY + number,
              "entries",
              List.of(file),
              OBJECTS,
              List.of(data.get("object")));
      input.setAll(previous);
      return draft.result("manifest.seal", input);
    }

    String dataName() {
      return data.get("objectName").textValue();
    }

    String manifestName(int number) {
      return manifests.get(number - 1).get("objectName").textValue();
    }

    String sealedManifest(int number) {
      return manifests.get(number - 1).get("sealed").textValue();
    }

    ObjectNode mark(int number) {
      return RestoreTopics.mark(
          number, manifests.get(number - 1).get("object").get("digest").textValue());
    }

    /** The newest backup as a provider offers it. */
    ObjectNode offered() {
      ObjectNode objects = Json.object(dataName(), data.get("sealed"));
      for (int number = 1; number <= manifests.size(); number++) {
        objects.put(manifestName(number), sealedManifest(number));
      }
      return Json.object(
          "rootKey",
          ROOT,
          "account",
          Sample.ALICE,
          HEADS,
          Json.object("3", head(3)),
          OBJECTS,
          objects);
    }
  }
}
