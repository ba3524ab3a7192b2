package lockstep.format;

import static lockstep.format.Messages.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import lockstep.spec.Verifies;
import lockstep.vectors.FixedRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** An opened object gives its content, however it is read, and its damage again and again. */
class ContentStreamProperties {

  private static final long NUMBER = 7;

  private final ObjectId id = ObjectId.random(FixedRandom.seeded(3));
  private final AtomicBoolean closed = new AtomicBoolean();

  private InputStream opened(byte[] content, boolean damaged) throws IOException {
    try (BackupKeys keys = Messages.keys(1, ALICE)) {
      SealedObject object =
          keys.seal(
              ObjectKind.DATA, NUMBER, id, FixedRandom.seeded(5), sink -> sink.write(content));
      byte[] sealed = Messages.write(object);
      byte[] digest = object.digest().bytes();
      digest[0] ^= (byte) (damaged ? 1 : 0);
      StoredObject stored =
          new StoredObject(id, NUMBER, object.contentBytes(), SealedDigest.of(digest));
      closed.set(false);
      return keys.open(ObjectKind.DATA, stored, new Closing(sealed));
    }
  }

  private final class Closing extends ByteArrayInputStream {
    private Closing(byte[] bytes) {
      super(bytes);
    }

    @Override
    public void close() {
      closed.set(true);
    }
  }

  @Property(tries = 30)
  @Verifies("PAD-1")
  void byteByByteItIsTheContentAndThenTheEnd(@ForAll @IntRange(max = 700) int length)
      throws IOException {
    byte[] content = Messages.plaintext(length);
    ByteArrayOutputStream given = new ByteArrayOutputStream();
    InputStream opened = opened(content, false);
    assertThat(opened.read(new byte[0], 0, 0)).isZero();
    for (int one = opened.read(); one >= 0; one = opened.read()) {
      given.write(one);
    }
    assertThat(given.toByteArray()).isEqualTo(content);
    assertThat(opened.read()).isEqualTo(-1);
    assertThat(opened.read(new byte[0], 0, 0)).isZero();
    assertThat(closed).isFalse();
    opened.close();
    assertThat(closed).isTrue();
  }

  @Example
  @Verifies("OBJ-8")
  void aWrongDigestIsDamageAtTheEndAndStays() throws IOException {
    InputStream opened = opened(Messages.plaintext(300), true);
    assertThat(opened.read(new byte[299], 0, 299)).isEqualTo(299);
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(opened::read).isInstanceOf(DamagedBackup.class);
      assertThatThrownBy(() -> opened.read(new byte[0], 0, 0)).isInstanceOf(DamagedBackup.class);
    }
  }

  /** 1 MiB and a byte is padded by 32,767 bytes, which no single read takes. */
  @Example
  @Verifies("PAD-1")
  void paddingOfManyBytesIsLeftOutToo() throws IOException {
    byte[] content = Messages.plaintext(1_048_577);
    assertThat(opened(content, false).readAllBytes()).isEqualTo(content);
  }

  @Example
  @Verifies("OBJ-8")
  void theLastByteOfADamagedObjectIsNotGivenOut() throws IOException {
    InputStream opened = opened(Messages.plaintext(300), true);
    assertThatThrownBy(opened::readAllBytes).isInstanceOf(DamagedBackup.class);
  }
}
