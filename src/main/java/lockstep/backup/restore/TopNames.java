package lockstep.backup.restore;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import lockstep.format.BackupKeys;
import lockstep.spec.Implements;

/**
 * A digest of the names at the top of a tree, whatever order they come in: the sum, modulo 2²⁵⁶, of
 * each name's MAC. It is kept with a count; only the key's holder can make two sets of names meet.
 */
@Implements("RST-15")
final class TopNames {

  private static final byte[] PREFIX = "name".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGEST_BYTES = 32;

  private final BackupKeys keys;
  private BigInteger sum = BigInteger.ZERO;
  private long count;

  TopNames(BackupKeys keys) {
    this.keys = keys;
  }

  /** Takes a name at the top. */
  void add(byte[] path) {
    byte[] message = ByteBuffer.allocate(PREFIX.length + path.length).put(PREFIX).put(path).array();
    sum =
        sum.add(new BigInteger(1, keys.restoreNoteTag(message)))
            .mod(BigInteger.ONE.shiftLeft(8 * DIGEST_BYTES));
    count++;
  }

  /** The count and the sum, 40 bytes. */
  byte[] digest() {
    byte[] number = sum.toByteArray();
    byte[] fixed = new byte[DIGEST_BYTES];
    int length = Math.min(number.length, DIGEST_BYTES);
    System.arraycopy(number, number.length - length, fixed, DIGEST_BYTES - length, length);
    return ByteBuffer.allocate(Long.BYTES + DIGEST_BYTES).putLong(count).put(fixed).array();
  }
}
