package lockstep.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import lockstep.kernel.ChunkArithmetic;
import lockstep.kernel.PaddingArithmetic;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;

/** Content ends where its kind of object is full, long before its chunks run out. */
class BoundedOutputProperties {

  @Example
  @Verifies("PAY-6")
  void aManifestIsRefusedAt2To51BytesBeforeItsChunksRunOut() throws IOException {
    long most = ObjectKind.MANIFEST.maxContentBytes();
    assertThat(most).isEqualTo(1L << 51);
    assertThat(ChunkArithmetic.chunkCount(PaddingArithmetic.paddedLength(most)))
        .isBetween(1L, (1L << 38) - 1);
    BoundedOutput content = new BoundedOutput(OutputStream.nullOutputStream(), most);
    byte[] many = new byte[1 << 26];
    for (int i = 0; i < 1 << 25; i++) {
      content.write(many, 0, many.length);
    }
    assertThat(content.count()).isEqualTo(most);
    assertThatThrownBy(() -> content.write(0)).isInstanceOf(IllegalStateException.class);
    assertThat(content.count()).isEqualTo(most);
  }
}
