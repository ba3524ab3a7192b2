package lockstep.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import lockstep.spec.Verifies;
import lockstep.vectors.FixedRandom;

/** Whatever the provider hands back: the content that was sealed, or damage. */
class SealedObjectFuzz {

  private static final ObjectId ID = new ObjectId(11, 12);

  @FuzzTest
  @Verifies({"PAY-4", "OBJ-8"})
  void bytesOfTheProvidersOwnNeverOpen(byte[] sealed) throws IOException {
    StoredObject expected =
        new StoredObject(ID, 1, sealed.length, SealedDigest.of(Digests.sha256().digest(sealed)));
    try (BackupKeys keys = Messages.keys(1, Messages.ALICE);
        InputStream content =
            keys.open(ObjectKind.DATA, expected, new ByteArrayInputStream(sealed))) {
      throw new AssertionError("opened " + content.readAllBytes().length + " forged bytes");
    } catch (DamagedBackup e) {
      assertThat(e.objectName()).hasSize(32);
    }
  }

  @FuzzTest
  @Verifies({"PAY-2", "PAY-4", "PAD-1", "OBJ-8"})
  void anEditedObjectNeverGivesAWrongByte(byte[] choices) throws IOException {
    Edits edits = new Edits(choices);
    byte[] content = Messages.plaintext(edits.upTo(60_000));
    try (BackupKeys keys = Messages.keys(1, Messages.ALICE)) {
      SealedObject object =
          keys.seal(ObjectKind.DATA, 1, ID, FixedRandom.seeded(2), sink -> sink.write(content));
      byte[] original = Messages.write(object);
      byte[] edited = edit(original, edits);
      SealedDigest digest =
          edits.upTo(1) == 1 ? object.digest() : SealedDigest.of(Digests.sha256().digest(edited));
      StoredObject expected = new StoredObject(ID, 1, content.length, digest);
      ByteArrayOutputStream given = new ByteArrayOutputStream();
      try (InputStream opened =
          keys.open(ObjectKind.DATA, expected, new ByteArrayInputStream(edited))) {
        opened.transferTo(given);
        assertThat(edited).isEqualTo(original);
        assertThat(given.size()).isEqualTo(content.length);
      } catch (DamagedBackup e) {
        assertThat(Arrays.equals(edited, original) && digest.equals(object.digest())).isFalse();
      }
      assertThat(given.toByteArray()).isEqualTo(Arrays.copyOf(content, given.size()));
    }
  }

  /** Choices that the fuzzer's bytes make, two at a time; 0 once there are none left. */
  private static final class Edits {

    private final ByteBuffer choices;

    Edits(byte[] choices) {
      this.choices = ByteBuffer.wrap(choices);
    }

    int upTo(int largest) {
      return choices.remaining() < 2 ? 0 : (choices.getShort() & 0xffff) % (largest + 1);
    }
  }

  private static byte[] edit(byte[] original, Edits edits) {
    byte[] edited = original.clone();
    int count = edits.upTo(4);
    for (int i = 0; i < count && edited.length > 0; i++) {
      int at = edits.upTo(edited.length - 1);
      int from = edits.upTo(edited.length - 1);
      switch (edits.upTo(3)) {
        case 0 -> edited[at] ^= (byte) (1 << edits.upTo(7));
        case 1 -> edited = Arrays.copyOf(edited, at);
        case 2 -> edited = Arrays.copyOf(edited, edited.length + 1 + at % 17_000);
        default ->
            System.arraycopy(
                edited, from, edited, at, Math.min(16_400, edited.length - Math.max(at, from)));
      }
    }
    return edited;
  }
}
