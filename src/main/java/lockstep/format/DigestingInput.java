package lockstep.format;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import lockstep.spec.Implements;

/** Passes sealed bytes on, counts them and hashes them. */
@Implements("OBJ-8")
final class DigestingInput extends InputStream {

  private final InputStream source;
  private final MessageDigest sha256 = Digests.sha256();
  private long count;

  DigestingInput(InputStream source) {
    this.source = source;
  }

  @Override
  public int read() throws IOException {
    int value = source.read();
    if (value >= 0) {
      sha256.update((byte) value);
      count++;
    }
    return value;
  }

  @Override
  public int read(byte[] to, int offset, int length) throws IOException {
    int given = source.read(to, offset, length);
    if (given > 0) {
      sha256.update(to, offset, given);
      count += given;
    }
    return given;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  long count() {
    return count;
  }

  /** The digest of what was read; called once, at the end. */
  SealedDigest digest() {
    return SealedDigest.of(sha256.digest());
  }
}
