package lockstep.vectors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import lockstep.oracle.RejectedAs;

/** Payload encryption and sealed objects. */
final class PayloadTopics {

  private static final String KEY = Sample.of("payload key", 32);
  private static final String SALT = Sample.of("payload salt", 24);
  private static final String CONTEXT = Sample.text("context");
  private static final String CIPHERTEXT = "ciphertext";
  private static final String SEALED = "sealed";
  private static final int HEADER = 56;
  private static final int SEALED_CHUNK = Sample.CHUNK + 16;

  private PayloadTopics() {}

  static void payload(Draft draft) {
    int[] lengths = {0, 1, 16, 255, Sample.CHUNK - 1, Sample.CHUNK, Sample.CHUNK + 1};
    for (int length : lengths) {
      draft.valid(
          "PAY-1 PAY-2",
          "sealing " + length + " bytes: the last chunk is short, or empty",
          "chunked.seal",
          seal(length));
    }
    draft.valid(
        "PAY-1",
        "the third chunk: a nonce that does not count up, or counts in another order, shows",
        "chunked.seal",
        seal(2 * Sample.CHUNK + 1));
    draft.valid("PAY-1", "an empty context", "chunked.seal", Json.with(seal(1), "context", ""));
    sealNegatives(draft);
    open(draft);
    chunks(draft);
  }

  private static void sealNegatives(Draft draft) {
    String sealed = draft.valid("PAY-5", "the salt stands first", "chunked.seal", seal(2));
    draft.negative(
        sealed, "PAY-1", RejectedAs.MALFORMED, Mutation.cut("key", 1), "a key of 31 bytes");
    draft.negative(
        sealed, "PAY-5", RejectedAs.MALFORMED, Mutation.cut("salt", 1), "a salt of 23 bytes");
  }

  private static void open(Draft draft) {
    String empty = draft.valid("PAY-4", "an empty message", "chunked.open", open(0));
    draft.negative(
        empty,
        "PAY-4",
        RejectedAs.DAMAGED,
        Mutation.cut(CIPHERTEXT, 16),
        "no chunk at all is not an empty message");
    String small = draft.valid("PAY-1 PAY-3", "a small message", "chunked.open", open(100));
    Object[][] damaged = {
      {"PAY-3", Mutation.flip(CIPHERTEXT, 0), "the salt is not the one sealed with"},
      {"PAY-3", Mutation.flip(CIPHERTEXT, 24), "the commitment is not compared"},
      {"PAY-3", Mutation.flip(CIPHERTEXT, 55), "only a part of the commitment is compared"},
      {"PAY-4", Mutation.flip(CIPHERTEXT, HEADER), "the chunk is not authenticated"},
      {"PAY-4", Mutation.flip(CIPHERTEXT, -1), "the tag is not compared whole"},
      {"PAY-2", Mutation.cut(CIPHERTEXT, 1), "a message that was cut opens"},
      {"PAY-2", Mutation.cut(CIPHERTEXT, 100), "less than a tag is left of the last chunk"},
      {"PAY-2", Mutation.cut(CIPHERTEXT, 100 + 16 + 1), "the header is cut"},
      {"PAY-2", Mutation.cut(CIPHERTEXT, 100 + 16 + HEADER), "nothing opens as something"},
      {"PAY-4", Mutation.append(CIPHERTEXT, "00"), "bytes after the last chunk are ignored"},
      {"PAY-3", Mutation.flip("key", 31), "another key"},
      {"PAY-1", Mutation.append("context", "00"), "the context is not bound"},
      {"PAY-1", Mutation.cut("context", 7), "an empty context is taken for any"}
    };
    for (Object[] one : damaged) {
      draft.negative(
          small, (String) one[0], RejectedAs.DAMAGED, (Mutation) one[1], (String) one[2]);
    }
    draft.negative(
        small, "PAY-1", RejectedAs.MALFORMED, Mutation.append("key", "00"), "a key of 33 bytes");
  }

  private static void chunks(Draft draft) {
    String full =
        draft.valid(
            "PAY-2",
            "16,384 bytes: a full chunk, then an empty last one",
            "chunked.open",
            open(Sample.CHUNK));
    draft.negative(
        full,
        "PAY-4",
        RejectedAs.DAMAGED,
        Mutation.cut(CIPHERTEXT, 16),
        "truncation at a chunk's end: a full chunk is taken for the last");
    draft.negative(
        full,
        "PAY-4",
        RejectedAs.DAMAGED,
        Mutation.flip(CIPHERTEXT, -1),
        "the final chunk, being empty, is not checked");
    String two =
        draft.valid(
            "PAY-2",
            "two full chunks and an empty last one",
            "chunked.open",
            open(2 * Sample.CHUNK));
    draft.negative(
        two,
        "PAY-1",
        RejectedAs.DAMAGED,
        Mutation.swap(CIPHERTEXT, HEADER, HEADER + SEALED_CHUNK, SEALED_CHUNK),
        "chunks in another order: the nonce does not count");
  }

  private static ObjectNode seal(int length) {
    return Json.object(
        "key", KEY, "salt", SALT, "context", CONTEXT, "plaintext", Sample.counting(length));
  }

  private static ObjectNode open(int length) {
    Draft scratch = new Draft("payload", VectorFiles.oracle());
    return Json.object(
        "key",
        KEY,
        "context",
        CONTEXT,
        CIPHERTEXT,
        scratch.text("chunked.seal", seal(length), CIPHERTEXT));
  }

  static void objects(Draft draft) {
    for (int length : new int[] {0, 1, 256, 257, 1000}) {
      draft.valid(
          "OBJ-1 OBJ-2 PAD-1",
          "an object of " + length + " bytes, padded",
          "object.seal",
          object(length));
    }
    for (long length : new long[] {0, 256, 257, 1000, 65_537, 16_777_216, 1L << 40}) {
      draft.valid("PAD-1", "Padmé of " + length, "padme", Json.object("length", length));
    }
    openedObjects(draft);
  }

  private static void openedObjects(Draft draft) {
    ObjectNode made = draft.result("object.seal", object(300));
    String opened =
        draft.valid(
            "OBJ-1 OBJ-2 OBJ-8 PAD-1",
            "an object opens as what it is",
            "object.open",
            Json.object(
                "rootKey",
                Sample.of("root key", 32),
                "account",
                Sample.ALICE,
                "object",
                made.get("object"),
                SEALED,
                made.get(SEALED)));
    Object[][] damaged = {
      {"OBJ-2", Mutation.flip("rootKey", 0), "another root key"},
      {"OBJ-1", Mutation.set("account", "alicf", "another account"), "the account is not bound"},
      {"OBJ-1", Mutation.flip("object.objectId", 0), "the object's id is not bound"},
      {"OBJ-1", Mutation.set("object.backupNumber", 8, "another backup"), "a replayed object"},
      {"OBJ-8", Mutation.flip("object.digest", 31), "the digest is not compared"},
      {"PAD-1", Mutation.set("object.contentBytes", 299, "one less"), "padding that is not zero"},
      {"OBJ-8", Mutation.set("object.contentBytes", 400, "another size"), "the length is ignored"},
      {"OBJ-8", Mutation.flip(SEALED, -1), "a flipped bit"},
      {"OBJ-8", Mutation.cut(SEALED, 1), "a cut object"},
      {"OBJ-8", Mutation.append(SEALED, "00"), "an object with more at its end"}
    };
    for (Object[] one : damaged) {
      draft.negative(
          opened, (String) one[0], RejectedAs.DAMAGED, (Mutation) one[1], (String) one[2]);
    }
  }

  private static ObjectNode object(int length) {
    return Json.object(
        "rootKey", Sample.of("root key", 32),
        "account", Sample.ALICE,
        "backupNumber", 7,
        "objectId", Sample.of("object id", 16),
        "salt", Sample.of("object salt", 24),
        "content", "a5".repeat(length));
  }
}
