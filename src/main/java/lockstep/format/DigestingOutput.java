package lockstep.format;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import lockstep.spec.Implements;

/** Passes sealed bytes on, counts them and hashes them. */
@Implements("OBJ-8")
final class DigestingOutput extends OutputStream {

  private final OutputStream sink;
  private final MessageDigest sha256 = Digests.sha256();
  private long count;

  DigestingOutput(OutputStream sink) {
    this.sink = sink;
  }

  @Override
  public void write(int value) throws IOException {
    sink.write(value);
    sha256.update((byte) value);
    count++;
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    sink.write(from, offset, length);
    sha256.update(from, offset, length);
    count += length;
  }

  long count() {
    return count;
  }

  /** The digest of what was written; called once, at the end. */
  SealedDigest digest() {
    return SealedDigest.of(sha256.digest());
  }
}
