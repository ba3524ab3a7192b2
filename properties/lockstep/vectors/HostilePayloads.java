package lockstep.vectors;

import static lockstep.vectors.ForgedMessage.CHUNK_BYTES;
import static lockstep.vectors.ForgedMessage.HEADER_BYTES;
import static lockstep.vectors.ForgedMessage.SEALED_CHUNK_BYTES;
import static lockstep.vectors.ForgedMessage.join;
import static lockstep.vectors.ForgedObject.appending;
import static lockstep.vectors.ForgedObject.cutting;
import static lockstep.vectors.ForgedObject.flipping;
import static lockstep.vectors.ForgedObject.putting;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What can be done to a sealed message: its chunks, its padding, its parameters. */
final class HostilePayloads {

  /** The three kinds of objects, and where each stands in a repository. */
  private static final List<Target> TARGETS =
      List.of(
          new Target("a data object", made -> made.data.get(1)),
          new Target("the newest manifest", made -> made.newest().manifest),
          new Target("the newest head", made -> made.newest().head));

  private record Target(String name, Function<ForgedRepository, ForgedObject> in) {}

  private final HostileDraft draft;

  private HostilePayloads(HostileDraft draft) {
    this.draft = draft;
  }

  static void payloads(HostileDraft draft) {
    HostilePayloads payloads = new HostilePayloads(draft);
    payloads.bits();
    payloads.parameters();
    payloads.padding();
    payloads.lengths();
    payloads.chunks();
    payloads.splices();
    payloads.lastChunk();
  }

  private void each(String clauses, String change, Consumer<ForgedObject> edit) {
    for (Target target : TARGETS) {
      draft.damaged(
          clauses, target.name() + ": " + change, made -> edit.accept(target.in().apply(made)));
    }
  }

  private void eachSealed(String clauses, String change, UnaryOperator<byte[]> edit) {
    each(clauses, change, object -> object.afterwards = edit);
  }

  private void bits() {
    draft.attack("changed-bits", "tree");
    eachSealed("PAY-3", "one bit of the salt", flipping(0));
    eachSealed("PAY-3", "the first bit of the commitment", flipping(24));
    eachSealed("PAY-3", "the last bit of the commitment", flipping(HEADER_BYTES - 1));
    eachSealed("PAY-4", "one bit of the ciphertext", flipping(HEADER_BYTES));
    eachSealed("PAY-4", "one bit of the tag", flipping(-1));
    eachSealed(
        "PAY-4",
        "a tag of zeros",
        bytes -> join(Arrays.copyOf(bytes, bytes.length - 16), new byte[16]));
    draft.damaged(
        "OBJ-8",
        "one bit of a data object, and nothing that describes it follows",
        made -> made.data.get(0).stored = flipping(-1));
  }

  private void parameters() {
    draft.attack("parameter-downgrade", "tree");
    shaped("PAY-1", "sealed as AES-128-GCM's suite", m -> m.suite = m.suite.replace("256", "128"));
    shaped(
        "PAY-1",
        "sealed as ChaCha20-Poly1305's suite",
        m -> m.suite = m.suite.replace("AES_256_GCM", "ChaCha20Poly1305"));
    shaped(
        "PAY-1", "sealed as version 2 of the scheme", m -> m.suite = m.suite.replace("@v1", "@v2"));
    shaped("PAY-1", "sealed with associated data", m -> m.associatedData = new byte[] {1});
    shaped("PAY-4", "sealed with tags of 96 bits", m -> m.tagBits = 96);
    shaped("PAY-1", "sealed from chunk number 1 on", m -> m.firstChunk = 1);
    draft.attack("no-key-commitment", "tree");
    shaped("PAY-3", "sealed without a commitment", m -> m.commits = false);
    eachSealed(
        "PAY-3",
        "the commitment of another key",
        bytes -> putting(24, Sample.bytes(Sample.of("hostile commitment", 32))).apply(bytes));
    draft.attack("key-substitution", "tree");
    shaped(
        "OBJ-2",
        "sealed under the root key's subkey for names",
        m -> m.label = "lockstep/v1/object-name");
    String[] others = {"lockstep/v1/manifest", "lockstep/v1/head", "lockstep/v1/data"};
    for (int i = 0; i < others.length; i++) {
      Target target = TARGETS.get(i);
      String label = others[i];
      draft.damaged(
          "OBJ-2",
          target.name() + ": sealed under the key of another kind",
          made -> target.in().apply(made).shape = labelled(label));
    }
  }

  private static UnaryOperator<ForgedMessage> labelled(String label) {
    return message -> {
      message.label = label;
      return message;
    };
  }

  private void shaped(String clauses, String change, Consumer<ForgedMessage> edit) {
    each(
        clauses,
        change,
        object ->
            object.shape =
                message -> {
                  edit.accept(message);
                  return message;
                });
  }

  private void padding() {
    draft.attack("padding", "tree");
    each(
        "PAD-1",
        "the first padding byte is not zero",
        object ->
            object.padded =
                content -> putting(content.length, (byte) 1).apply(ForgedObject.padme(content)));
    each(
        "PAD-1",
        "the last padding byte is not zero",
        object ->
            object.padded = content -> putting(-1, (byte) 0x80).apply(ForgedObject.padme(content)));
    each("PAD-1", "no padding at all", object -> object.padded = UnaryOperator.identity());
    each(
        "PAD-1",
        "16 bytes of padding too many",
        object ->
            object.padded = content -> appending(new byte[16]).apply(ForgedObject.padme(content)));
    each(
        "PAD-1",
        "one byte of padding too many",
        object ->
            object.padded = content -> appending(new byte[1]).apply(ForgedObject.padme(content)));
    each(
        "PAD-1",
        "one byte of padding missing",
        object -> object.padded = content -> cutting(1).apply(ForgedObject.padme(content)));
    draft.attack("padding", "two-chunks");
    first(
        "PAD-1",
        "padding to a power of two, in chunks of its own",
        object -> object.padded = content -> Arrays.copyOf(content, 32_768));
  }

  private void lengths() {
    draft.attack("truncation", "tree");
    eachSealed("PAY-2", "nothing of it", bytes -> new byte[0]);
    eachSealed("PAY-2", "one byte of it", bytes -> Arrays.copyOf(bytes, 1));
    eachSealed("PAY-2", "its salt alone", bytes -> Arrays.copyOf(bytes, 24));
    eachSealed(
        "PAY-2", "its salt and commitment alone", bytes -> Arrays.copyOf(bytes, HEADER_BYTES));
    eachSealed(
        "PAY-2", "a last chunk of 15 bytes", bytes -> Arrays.copyOf(bytes, HEADER_BYTES + 15));
    eachSealed(
        "PAY-4", "a last chunk of 16 bytes", bytes -> Arrays.copyOf(bytes, HEADER_BYTES + 16));
    eachSealed("PAY-4", "its last byte missing", cutting(1));
    eachSealed("PAY-4", "its tag missing", cutting(16));
    draft.attack("appended", "tree");
    eachSealed("PAY-4", "a byte more at its end", appending((byte) 0));
    eachSealed("PAY-4", "itself once more at its end", bytes -> join(bytes, bytes));
  }

  private void first(String clauses, String change, Consumer<ForgedObject> edit) {
    draft.damaged(clauses, change, made -> edit.accept(made.data.get(0)));
  }

  private void firstSealed(String clauses, String change, UnaryOperator<byte[]> edit) {
    first(clauses, change, object -> object.afterwards = edit);
  }

  private void chunks() {
    draft.attack("reordered-chunks", "three-chunks");
    firstSealed("PAY-1 PAY-4", "the first two chunks exchanged", bytes -> chunksOf(bytes, 1, 0, 2));
    draft.attack("dropped-chunks", "three-chunks");
    firstSealed("PAY-1 PAY-4", "the first chunk dropped", bytes -> chunksOf(bytes, 1, 2));
    firstSealed("PAY-1 PAY-4", "the second chunk dropped", bytes -> chunksOf(bytes, 0, 2));
    firstSealed("PAY-4", "the last chunk dropped", bytes -> chunksOf(bytes, 0, 1));
    draft.attack("duplicated-chunks", "three-chunks");
    firstSealed("PAY-1 PAY-4", "the first chunk twice", bytes -> chunksOf(bytes, 0, 0, 2));
    draft.attack("spliced-chunks", "two-chunks");
    firstSealed(
        "PAY-1 PAY-4",
        "the last chunk of another object under the same key",
        bytes ->
            join(
                chunksOf(bytes, 0),
                chunksOf(other("another", 17_000).seal(ForgedRepository.ROOT), 1, -1)));
    first(
        "PAY-1 PAY-4",
        "the first chunk of the same object's other salt",
        object -> {
          ForgedObject other = other("another", 17_000);
          other.id = object.id;
          object.afterwards =
              bytes ->
                  join(
                      Arrays.copyOf(bytes, HEADER_BYTES),
                      Arrays.copyOfRange(
                          other.seal(ForgedRepository.ROOT),
                          HEADER_BYTES,
                          HEADER_BYTES + SEALED_CHUNK_BYTES),
                      chunksOf(bytes, 1, -1));
        });
  }

  private void splices() {
    draft.attack("changed-bits", "two-chunks");
    firstSealed(
        "PAY-4",
        "one bit in the last byte of the first chunk",
        flipping(HEADER_BYTES + SEALED_CHUNK_BYTES - 1));
    firstSealed(
        "PAY-4",
        "one bit in the first byte of the last chunk",
        flipping(HEADER_BYTES + SEALED_CHUNK_BYTES));
  }

  private void lastChunk() {
    draft.attack("truncation", "full-chunk");
    firstSealed(
        "PAY-4",
        "the empty last chunk dropped, the whole content left",
        bytes -> chunksOf(bytes, 0));
    firstSealed("PAY-4", "the empty last chunk cut by a byte", cutting(1));
    draft.attack("changed-bits", "full-chunk");
    firstSealed("PAY-4", "one bit of the empty last chunk", flipping(-1));
    draft.attack("duplicated-chunks", "full-chunk");
    firstSealed(
        "PAY-4",
        "the empty last chunk twice",
        bytes -> join(bytes, Arrays.copyOfRange(bytes, bytes.length - 16, bytes.length)));
    draft.attack("parameter-downgrade", "two-chunks");
    first(
        "PAY-2",
        "chunks of 8,192 bytes",
        object ->
            object.shape =
                message -> {
                  message.chunkBytes = CHUNK_BYTES / 2;
                  return message;
                });
    first(
        "PAY-1",
        "chunk numbers little-endian",
        object ->
            object.shape =
                message -> {
                  message.littleEndian = true;
                  return message;
                });
  }

  private static ForgedObject other(String name, int bytes) {
    return ForgedRepository.object(1, name, Sample.bytes(Sample.counting(bytes)));
  }

  /** The header, unless −1 is last, and those chunks in that order. */
  private static byte[] chunksOf(byte[] sealed, int... order) {
    boolean bare = order[order.length - 1] < 0;
    byte[] made = bare ? new byte[0] : Arrays.copyOf(sealed, HEADER_BYTES);
    for (int number : order) {
      if (number >= 0) {
        int from = HEADER_BYTES + number * SEALED_CHUNK_BYTES;
        int to = Math.min(sealed.length, from + SEALED_CHUNK_BYTES);
        made = join(made, Arrays.copyOfRange(sealed, from, to));
      }
    }
    return made;
  }
}
