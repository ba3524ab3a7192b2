package lockstep.vectors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import lockstep.oracle.RejectedAs;

/** The manifest's content: what is one, and what is not. */
final class ManifestTopic {

  private static final String CONTENT = "content";
  // A path's length and bytes, as they stand in the content.
  private static final String DOCS = "0004" + Sample.text("docs");
  private static final String NOTE = "000a" + Sample.text("docs/a.txt");
  private static final String LINK = "0006" + Sample.text("docs/l");
  private static final String TARGET = "0005" + Sample.text("a.txt");

  private ManifestTopic() {}

  static void manifest(Draft draft) {
    ObjectNode whole = ManifestSamples.whole();
    draft.valid("MAN-1", "no entry at all", "manifest.encode", ManifestSamples.header());
    draft.valid("MAN-1 MAN-3 MAN-4 MAN-5", "a bit of everything", "manifest.encode", whole);
    String decoded =
        draft.valid(
            "MAN-1 MAN-3 MAN-4 MAN-5",
            "a bit of everything, decoded",
            "manifest.decode",
            Json.object(CONTENT, draft.text("manifest.encode", whole, CONTENT)));
    draft.valid(
        "MAN-6",
        "a name that is no UTF-8 keeps its bytes",
        "manifest.encode",
        Json.with(ManifestSamples.header(), "entries", List.of(ManifestSamples.directory("ff66"))));
    draft.valid(
        "MAN-7",
        "a time before 1970, with nanoseconds",
        "manifest.encode",
        Json.with(
            ManifestSamples.header(),
            "entries",
            List.of(
                Json.with(
                    ManifestSamples.directory("63"), "seconds", -1, "nanoseconds", 999_999_999))));
    sealed(draft, whole);
    header(draft, decoded);
    paths(draft, decoded);
    order(draft, decoded);
    fields(draft, decoded);
    table(draft, decoded);
    ForgedManifests.manifests(draft);
  }

  private static void sealed(Draft draft, ObjectNode whole) {
    ObjectNode input =
        Json.with(
            whole,
            "rootKey",
            Sample.of("root key", 32),
            "account",
            Sample.ALICE,
            "objectId",
            Sample.of("manifest id", 16),
            "salt",
            Sample.of("manifest salt", 24));
    draft.valid("MAN-1 OBJ-1 OBJ-2", "a sealed manifest", "manifest.seal", input);
    opened(draft, input);
  }

  private static void opened(Draft draft, ObjectNode input) {
    ObjectNode made = draft.result("manifest.seal", input);
    String opened =
        draft.valid(
            "MAN-1 OBJ-1 OBJ-2",
            "a sealed manifest opens",
            "manifest.open",
            Json.object(
                "rootKey", Sample.of("root key", 32),
                "account", Sample.ALICE,
                "object", made.get("object"),
                "sealed", made.get("sealed")));
    draft.negative(
        opened,
        "OBJ-1",
        RejectedAs.DAMAGED,
        Mutation.set("object.backupNumber", 8, "another backup"),
        "an older manifest under a newer number");
    draft.negative(
        opened,
        "OBJ-8",
        RejectedAs.DAMAGED,
        Mutation.flip("sealed", 100),
        "a manifest that was tampered with");
    draft.negative(
        opened,
        "OBJ-1",
        RejectedAs.DAMAGED,
        Mutation.set("account", "bob", "another account"),
        "another account's manifest");
  }

  private static void header(Draft draft, String decoded) {
    damaged(draft, decoded, "MAN-1", Mutation.replacePart(CONTENT, "4c534d31", "4c534d32", "LSM2"));
    damaged(
        draft,
        decoded,
        "ENC-2",
        Mutation.replacePart(CONTENT, Sample.text("LSM1"), "", "the magic left out"));
    damaged(draft, decoded, "ENC-2", Mutation.append(CONTENT, "00"));
    damaged(draft, decoded, "ENC-2", Mutation.cut(CONTENT, 1));
    damaged(draft, decoded, "ENC-2", Mutation.cut(CONTENT, 16));
    damaged(
        draft,
        decoded,
        "ENC-2",
        Mutation.replacePart(
            CONTENT,
            "01" + ManifestSamples.previousHex(),
            "02" + ManifestSamples.previousHex(),
            "a flag that is neither 0 nor 1"));
    damaged(
        draft,
        decoded,
        "ENC-1",
        Mutation.replacePart(
            CONTENT,
            "4c534d310000000000000007",
            "4c534d318000000000000007",
            "a backup number above 2^63"));
  }

  private static void paths(Draft draft, String decoded) {
    String[][] paths = {
      {"0004" + Sample.text("/ocs"), "an absolute path"},
      {"0000", "an empty path"},
      {"0002" + Sample.text(".."), "the directory above"},
      {"0001" + Sample.text("."), "the directory itself"},
      {"0004" + Sample.text("doc") + "00", "a NUL"},
      {"0005" + Sample.text("docs/"), "an empty component at the end"},
      {"0100" + "64".repeat(256), "a component of 256 bytes"}
    };
    for (String[] path : paths) {
      damaged(draft, decoded, "MAN-2", Mutation.replacePart(CONTENT, DOCS, path[0], path[1]));
    }
    String[][] below = {
      {"000a" + Sample.text("docs/../xx"), "a way up in the middle"},
      {"000a" + Sample.text("docs//a.tx"), "an empty component in the middle"},
      {"000a" + Sample.text("docs/./a.t"), "a dot in the middle"}
    };
    for (String[] path : below) {
      damaged(draft, decoded, "MAN-2", Mutation.replacePart(CONTENT, NOTE, path[0], path[1]));
    }
  }

  private static void order(Draft draft, String decoded) {
    damaged(
        draft,
        decoded,
        "MAN-3",
        Mutation.replacePart(CONTENT, LINK, "0006" + Sample.text("docs/L"), "out of order"));
    damaged(
        draft, decoded, "MAN-3", Mutation.replacePart(CONTENT, LINK, NOTE, "the same path twice"));
    damaged(
        draft,
        decoded,
        "MAN-4",
        Mutation.replacePart(
            CONTENT, DOCS, "0004" + Sample.text("docr"), "the parent is not in the manifest"));
    damaged(
        draft,
        decoded,
        "MAN-4",
        Mutation.replacePart(
            CONTENT, LINK, "000c" + Sample.text("docs/a.txt/l"), "an entry below a file"));
  }

  private static void fields(Draft draft, String decoded) {
    String time = "000004006167730000000000";
    Object[][] changes = {
      {"01" + DOCS, "04" + DOCS, "an entry of no type"},
      {DOCS + "01ed", DOCS + "81ed", "a mode beyond the nine bits"},
      {DOCS + "01ed" + time, DOCS + "01ed" + "00000400616773003b9aca00", "10^9 nanoseconds"},
      {DOCS + "01ed" + time, DOCS + "01ed" + "000008006167730000000000", "seconds above 2^43"},
      {LINK + "0000", LINK + "01ff", "a link with a mode"},
      {TARGET, "0000", "a link to nothing"},
      {TARGET, "0005" + Sample.text("a.tx") + "00", "a NUL in a link's target"}
    };
    for (Object[] one : changes) {
      damaged(
          draft,
          decoded,
          "MAN-1",
          Mutation.replacePart(CONTENT, (String) one[0], (String) one[1], (String) one[2]));
    }
  }

  private static void table(Draft draft, String decoded) {
    for (Object[] one : tableChanges()) {
      damaged(
          draft,
          decoded,
          (String) one[2],
          Mutation.replacePart(CONTENT, (String) one[0], (String) one[1], (String) one[3]));
    }
  }

  private static Object[][] tableChanges() {
    String segment = "00000000" + "0000000000000002" + "0000000000000003";
    return new Object[][] {
      {"00000001" + segment, "00000002" + segment, "MAN-1", "more segments than there are"},
      {
        "0000000000000003" + "00000001" + segment,
        "0000000000000004" + "00000001" + segment,
        "MAN-5",
        "segments that do not add up"
      },
      {
        segment,
        "00000000" + "0000000000000003" + "0000000000000003",
        "MAN-5",
        "a segment that ends outside its object"
      },
      {
        segment,
        "00000001" + "0000000000000002" + "0000000000000003",
        "MAN-5",
        "an object that is not in the table"
      },
      {
        "00" + "00000001" + ManifestSamples.object().get("objectId").textValue(),
        "00" + "00000002" + ManifestSamples.object().get("objectId").textValue(),
        "MAN-1",
        "fewer objects than announced"
      },
      {
        "0000000000000003" + "0000000000000003",
        "0000000000000002" + "0000000000000003",
        "MAN-1",
        "a wrong count of entries"
      }
    };
  }

  private static void damaged(Draft draft, String decoded, String clause, Mutation mutation) {
    draft.negative(
        decoded, clause, RejectedAs.DAMAGED, mutation, "not refused: " + mutation.detail());
  }
}
