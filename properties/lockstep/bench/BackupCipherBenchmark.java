package lockstep.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import lockstep.format.BackupCipher;
import lockstep.format.ObjectName;
import lockstep.secret.SecretBytes;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One thread seals and opens an object of 16 MiB. {@code rawCipher} is the yardstick: the JDK's
 * AES-GCM over the same 16 KiB pieces of the same array, with nothing around it. Sealing is to
 * reach 0.7 of it.
 */
@State(Scope.Thread)
@Threads(1)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class BackupCipherBenchmark {

  private static final int CONTENT_BYTES = 16 << 20;
  private static final int CHUNK_BYTES = 16 << 10;
  private static final byte[] CONTEXT = new byte[64];

  private final SecureRandom random = new SecureRandom();
  private final ObjectName name = new ObjectName("0".repeat(32));
  private final byte[] content = new byte[CONTENT_BYTES];
  private final byte[] piece = new byte[8 * (CHUNK_BYTES + 16)];
  private SecretBytes key;
  private SecretKeySpec rawKey;
  private Cipher cipher;
  private byte[] sealed;
  private long nonce;

  /** Draws keys and content. */
  @Setup
  public void draw() throws GeneralSecurityException, IOException {
    random.nextBytes(content);
    key = SecretBytes.random(random, 32);
    rawKey = new SecretKeySpec(content, 0, 32, "AES");
    cipher = Cipher.getInstance("AES/GCM/NoPadding");
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    BackupCipher.seal(key, CONTEXT, random, sink -> sink.write(content), message);
    sealed = message.toByteArray();
  }

  /** The yardstick. */
  @Benchmark
  public int rawCipher() throws GeneralSecurityException {
    int written = 0;
    for (int i = 0; i < CONTENT_BYTES; i += CHUNK_BYTES) {
      byte[] iv = new byte[12];
      nonce++;
      for (int j = 0; j < 8; j++) {
        iv[j] = (byte) (nonce >>> (8 * j));
      }
      cipher.init(Cipher.ENCRYPT_MODE, rawKey, new GCMParameterSpec(128, iv));
      int place = i / CHUNK_BYTES % 8 * (CHUNK_BYTES + 16);
      written += cipher.doFinal(content, i, CHUNK_BYTES, piece, place);
    }
    return written;
  }

  /** Seals 16 MiB to nowhere. */
  @Benchmark
  public void seal() throws IOException {
    BackupCipher.seal(
        key, CONTEXT, random, sink -> sink.write(content), OutputStream.nullOutputStream());
  }

  /** Opens 16 MiB to nowhere. */
  @Benchmark
  public long open() throws IOException {
    try (InputStream opened =
        BackupCipher.open(key, CONTEXT, name, new ByteArrayInputStream(sealed))) {
      long read = 0;
      for (int n = opened.read(piece); n >= 0; n = opened.read(piece)) {
        read += n;
      }
      return read;
    }
  }
}
