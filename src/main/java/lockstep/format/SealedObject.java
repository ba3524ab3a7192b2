package lockstep.format;

import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import lockstep.kernel.PaddingArithmetic;
import lockstep.secret.SecretBytes;
import lockstep.spec.Decides;
import lockstep.spec.Implements;
import org.jspecify.annotations.Nullable;

/**
 * Ciphertext on its way to the provider: what a storage port takes, and all that it takes.
 *
 * <p>It seals its content while it writes itself, in constant memory and exactly once. Afterwards
 * it knows the length and the SHA-256 of what it wrote.
 */
@Implements({"KEY-4", "OBJ-8"})
public final class SealedObject {

  private static final byte[] NO_PREFIX = {};
  private static final byte[] ZEROS = new byte[16384];

  private final byte[] prefix;
  private final SecretBytes inputKey;
  private final byte[] context;
  private final SecureRandom random;
  private final ObjectKind kind;
  private final ContentSource content;
  private boolean begun;
  private @Nullable Written written;

  private record Written(long contentBytes, long sealedBytes, SealedDigest digest) {}

  private SealedObject(
      byte[] prefix,
      SecretBytes inputKey,
      byte[] context,
      SecureRandom random,
      ObjectKind kind,
      ContentSource content) {
    this.prefix = prefix;
    this.inputKey = inputKey;
    this.context = context;
    this.random = random;
    this.kind = kind;
    this.content = content;
  }

  static SealedObject of(
      ObjectKind kind,
      SecretBytes inputKey,
      byte[] context,
      SecureRandom random,
      ContentSource content) {
    return new SealedObject(NO_PREFIX, inputKey, context, random, kind, content);
  }

  static SealedObject head(
      byte[] prefix,
      SecretBytes inputKey,
      byte[] context,
      SecureRandom random,
      ContentSource content) {
    return new SealedObject(prefix, inputKey, context, random, ObjectKind.HEAD, content);
  }

  /**
   * Seals the content and writes all of the object to {@code sink}, which it neither flushes nor
   * closes.
   *
   * @throws IOException when the content cannot be read or {@code sink} fails; what was written
   *     does not open then, and the object is spent
   * @throws IllegalStateException when called a second time, after the keys were closed, or when
   *     the content is longer than an object of its kind may be
   */
  public void writeTo(OutputStream sink) throws IOException {
    if (begun) {
      throw new IllegalStateException("a sealed object is written once");
    }
    begun = true;
    DigestingOutput sealed = new DigestingOutput(sink);
    sealed.write(prefix);
    long[] contentBytes = new long[1];
    BackupCipher.seal(
        inputKey, context, random, plaintext -> contentBytes[0] = writePadded(plaintext), sealed);
    written = new Written(contentBytes[0], sealed.count(), sealed.digest());
  }

  /**
   * How many bytes were written.
   *
   * @throws IllegalStateException before {@link #writeTo} has returned
   */
  public long sealedBytes() {
    return written().sealedBytes();
  }

  /**
   * The SHA-256 of the bytes written.
   *
   * @throws IllegalStateException before {@link #writeTo} has returned
   */
  public SealedDigest digest() {
    return written().digest();
  }

  /**
   * The length of the content without padding, in bytes.
   *
   * @throws IllegalStateException before {@link #writeTo} has returned
   */
  public long contentBytes() {
    return written().contentBytes();
  }

  private Written written() {
    Written known = written;
    if (known == null) {
      throw new IllegalStateException("the sealed object is not written yet");
    }
    return known;
  }

  @Decides("PRV-5")
  @Implements({"PAD-1", "OBJ-7"})
  private long writePadded(OutputStream plaintext) throws IOException {
    BoundedOutput bounded = new BoundedOutput(plaintext, kind.maxContentBytes());
    content.writeTo(bounded);
    long padding = PaddingArithmetic.paddedLength(bounded.count()) - bounded.count();
    while (padding > 0) {
      int length = (int) Math.min(padding, ZEROS.length);
      plaintext.write(ZEROS, 0, length);
      padding -= length;
    }
    return bounded.count();
  }
}
