package lockstep.adapter.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import lockstep.spec.Verifies;
import net.jqwik.api.Example;

/** A file system without forcing is told from a disk that fails. */
final class ForcingProperties {

  @Example
  @Verifies("PRV-10")
  void aFileSystemThatHasNoForcingIsLivedWithAndADiskThatFailsIsNot() throws IOException {
    for (String absent :
        List.of(
            "Invalid argument",
            "Operation not supported",
            "Function not implemented",
            "Inappropriate ioctl for device")) {
      assertThat(Forcing.force(new Refusing(absent))).isFalse();
    }
    for (String failure :
        List.of(
            "Input/output error", "No space left on device", "Resource temporarily unavailable")) {
      assertThatThrownBy(() -> Forcing.force(new Refusing(failure))).hasMessage(failure);
    }
    assertThat(Forcing.force(new Refusing(""))).isTrue();
  }

  /** A channel whose forcing fails in those words, or does not when there are none. */
  private static final class Refusing extends FileChannel {

    private final String words;

    Refusing(String words) {
      this.words = words;
    }

    @Override
    public void force(boolean metaData) throws IOException {
      if (!words.isEmpty()) {
        throw new IOException(words);
      }
    }

    @Override
    public int read(ByteBuffer to) {
      throw unasked();
    }

    @Override
    public long read(ByteBuffer[] to, int offset, int length) {
      throw unasked();
    }

    @Override
    public int write(ByteBuffer from) {
      throw unasked();
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) {
      throw unasked();
    }

    @Override
    public long position() {
      throw unasked();
    }

    @Override
    public FileChannel position(long newPosition) {
      throw unasked();
    }

    @Override
    public long size() {
      throw unasked();
    }

    @Override
    public FileChannel truncate(long size) {
      throw unasked();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
      throw unasked();
    }

    @Override
    public long transferFrom(ReadableByteChannel from, long position, long count) {
      throw unasked();
    }

    @Override
    public int read(ByteBuffer to, long position) {
      throw unasked();
    }

    @Override
    public int write(ByteBuffer from, long position) {
      throw unasked();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
      throw unasked();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
      throw unasked();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
      throw unasked();
    }

    @Override
    protected void implCloseChannel() {
      throw unasked();
    }

    private static UnsupportedOperationException unasked() {
      return new UnsupportedOperationException("only forcing is asked for");
    }
  }
}
