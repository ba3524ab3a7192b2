package lockstep.format;

import java.io.IOException;
import java.io.InputStream;
import lockstep.kernel.PaddingArithmetic;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * The content of a sealed object without its padding.
 *
 * <p>The read that gives out the last byte of content has checked everything behind it: the
 * padding, its length, the last chunk, the sealed length and the SHA-256 of the sealed bytes. So a
 * caller who has read as much content as there is knows that the object is whole.
 */
@Decides("PAD-1")
@Implements("OBJ-8")
final class ContentStream extends InputStream {

  private static final int SKIP_BYTES = 16384;

  private final InputStream padded;
  private final DigestingInput sealed;
  private final StoredObject expected;
  private final ObjectName name;
  private long contentLeft;
  private boolean whole;
  private boolean damaged;

  ContentStream(InputStream padded, DigestingInput sealed, StoredObject expected, ObjectName name) {
    this.padded = padded;
    this.sealed = sealed;
    this.expected = expected;
    this.name = name;
    this.contentLeft = expected.contentBytes();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    if (damaged) {
      throw new DamagedBackup(name);
    }
    if (length == 0) {
      return 0;
    }
    if (contentLeft == 0) {
      checkTail();
      return -1;
    }
    int given = padded.read(to, offset, (int) Math.min(length, contentLeft));
    if (given < 0) {
      throw damage();
    }
    contentLeft -= given;
    if (contentLeft == 0) {
      checkTail();
    }
    return given;
  }

  @Override
  public void close() throws IOException {
    padded.close();
  }

  private void checkTail() throws IOException {
    if (whole) {
      return;
    }
    long paddingLeft =
        PaddingArithmetic.paddedLength(expected.contentBytes()) - expected.contentBytes();
    byte[] padding = new byte[SKIP_BYTES];
    while (true) {
      int given = padded.read(padding, 0, padding.length);
      if (given < 0) {
        break;
      }
      paddingLeft -= given;
      for (int i = 0; i < given; i++) {
        if (padding[i] != 0) {
          throw damage();
        }
      }
    }
    if (paddingLeft != 0
        || sealed.count() != expected.sealedBytes()
        || !sealed.digest().equals(expected.digest())) {
      throw damage();
    }
    whole = true;
  }

  private DamagedBackup damage() {
    damaged = true;
    return new DamagedBackup(name);
  }
}
