package lockstep.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import lockstep.secret.SecretBytes;
import lockstep.vectors.FixedRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Plaintext that sealing and opening hold back is gone once they end, however they end. */
class HeldPlaintextProperties {

  private static final byte[] KEY = Messages.plaintext(32);
  private static final byte[] CONTEXT = {1, 2, 3};
  private static final int LENGTH = 40_000;

  private static byte[] held(Object stream, String field) {
    try {
      var found = stream.getClass().getDeclaredField(field);
      found.setAccessible(true);
      return (byte[]) found.get(stream);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  @Property(tries = 4)
  void sealingHoldsNothingAfterwards(@ForAll boolean fails) {
    AtomicReference<OutputStream> sealing = new AtomicReference<>();
    ContentSource source =
        sink -> {
          sealing.set(sink);
          sink.write(Messages.plaintext(LENGTH));
          assertThat(held(sink, "chunk")).isNotEqualTo(new byte[16_384]);
          if (fails) {
            throw new IOException("gone");
          }
        };
    try (SecretBytes key = SecretBytes.copyOf(KEY)) {
      BackupCipher.seal(
          key, CONTEXT, FixedRandom.seeded(1), source, OutputStream.nullOutputStream());
      assertThat(fails).isFalse();
    } catch (IOException e) {
      assertThat(fails).isTrue();
    }
    assertThat(held(sealing.get(), "chunk")).containsOnly(0);
  }

  @Example
  void aFullChunkIsSealedWhereItStandsAndNeverHeld() throws IOException {
    try (SecretBytes key = SecretBytes.copyOf(KEY)) {
      BackupCipher.seal(
          key,
          CONTEXT,
          FixedRandom.seeded(1),
          sink -> {
            sink.write(Messages.plaintext(16_384));
            sink.write(Messages.plaintext(32_768));
            assertThat(held(sink, "chunk")).containsOnly(0);
          },
          OutputStream.nullOutputStream());
    }
  }

  @Example
  void sixteenChunksAreHandedOnTogether() throws IOException {
    List<Integer> written = new ArrayList<>();
    OutputStream sink =
        new OutputStream() {
          @Override
          public void write(int value) {
            written.add(1);
          }

          @Override
          public void write(byte[] from, int offset, int length) {
            written.add(length);
          }
        };
    try (SecretBytes key = SecretBytes.copyOf(KEY)) {
      byte[] plaintext = Messages.plaintext(17 * 16_384 + 1);
      BackupCipher.seal(key, CONTEXT, FixedRandom.seeded(1), to -> to.write(plaintext), sink);
    }
    assertThat(written).containsExactly(24, 32, 16 * 16_400, 16_400 + 17);
  }

  private static InputStream opening(InputStream sealed) throws IOException {
    try (SecretBytes key = SecretBytes.copyOf(KEY)) {
      return BackupCipher.open(key, CONTEXT, Messages.NAME, sealed);
    }
  }

  @Example
  void closingHoldsNothingAndClosesTheMessage() throws IOException {
    AtomicBoolean closed = new AtomicBoolean();
    byte[] sealed = Messages.seal(KEY, CONTEXT, Messages.plaintext(LENGTH));
    InputStream opened =
        opening(
            new ByteArrayInputStream(sealed) {
              @Override
              public void close() {
                closed.set(true);
              }
            });
    assertThat(opened.read()).isEqualTo(Messages.plaintext(LENGTH)[0] & 0xff);
    assertThat(held(opened, "plaintext")).contains(Messages.plaintext(LENGTH)[LENGTH - 1]);
    opened.close();
    assertThat(held(opened, "plaintext")).containsOnly(0);
    assertThat(closed).isTrue();
  }

  @Example
  void damageLeavesNothingOfItsBatch() throws IOException {
    byte[] sealed = Messages.seal(KEY, CONTEXT, Messages.plaintext(LENGTH));
    byte[] cut = Arrays.copyOf(sealed, sealed.length - 1);
    InputStream opened = opening(new ByteArrayInputStream(cut));
    assertThatThrownBy(opened::read).isInstanceOf(DamagedBackup.class);
    assertThat(held(opened, "plaintext")).containsOnly(0);
  }
}
