package lockstep.adapter.messenger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import lockstep.adapter.durable.DurableFiles;
import lockstep.adapter.durable.SmallFile;
import lockstep.device.vault.AccountTokens;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import lockstep.wire.AccountToken;
import lockstep.wire.Bytes;
import lockstep.wire.Ed25519Signature;
import lockstep.wire.VaultId;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * Issues account tokens (AUT-2) for every account, valid for five minutes. Its directory holds
 * {@code messenger.key} (the Ed25519 seed, 32 bytes, mode 0600) and {@code messenger.pub} (the
 * public key in hexadecimal digits and a line feed).
 */
@Implements({"AUT-2", "ATR-9"})
public final class LocalMessenger implements AccountTokens {

  /** How long a token is valid, in milliseconds. */
  public static final long VALIDITY_MILLIS = 300_000L;

  private static final String PRIVATE_FILE = "messenger.key";
  private static final String PUBLIC_FILE = "messenger.pub";
  private static final int RANDOM_BYTES = 16;
  private static final int MAX_BYTES = 128;

  private final Ed25519PrivateKeyParameters key;
  private final InstantSource clock;
  private final SecureRandom random;

  private LocalMessenger(
      Ed25519PrivateKeyParameters key, InstantSource clock, SecureRandom random) {
    this.key = key;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Makes a messenger with a new key in a directory that is not there yet.
   *
   * @throws IOException if the directory is there, or the files cannot be made durable
   */
  public static void create(Path directory, DurableFiles files, SecureRandom random)
      throws IOException {
    Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(random);
    files.createDirectory(directory);
    byte[] seed = key.getEncoded();
    files.create(directory.resolve(PRIVATE_FILE), seed);
    Arrays.fill(seed, (byte) 0);
    String digits = HexFormat.of().formatHex(key.generatePublicKey().getEncoded());
    files.create(
        directory.resolve(PUBLIC_FILE), (digits + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * The messenger of a directory that {@link #create} made.
   *
   * @throws IOException if its key is not there or damaged
   */
  public static LocalMessenger open(Path directory, InstantSource clock, SecureRandom random)
      throws IOException {
    byte[] seed = SmallFile.read(directory.resolve(PRIVATE_FILE), MAX_BYTES);
    try {
      if (seed.length != Ed25519PrivateKeyParameters.KEY_SIZE) {
        throw new IOException("the local messenger's key is damaged");
      }
      return new LocalMessenger(new Ed25519PrivateKeyParameters(seed), clock, random);
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  /**
   * The public key, 32 bytes, of a directory that {@link #create} made.
   *
   * @throws IOException if it is not there or damaged
   */
  public static Bytes publicKey(Path directory) throws IOException {
    String text =
        new String(
            SmallFile.read(directory.resolve(PUBLIC_FILE), MAX_BYTES), StandardCharsets.ISO_8859_1);
    if (!text.matches("[0-9a-f]{64}\n")) {
      throw new IOException("the local messenger's public key is damaged");
    }
    return Bytes.copyOf(HexFormat.of().parseHex(text.strip()));
  }

  @Override
  public AccountToken tokenFor(AccountName account, VaultId vaultId) {
    byte[] drawn = new byte[RANDOM_BYTES];
    random.nextBytes(drawn);
    long now = clock.millis();
    AccountToken.Body body =
        new AccountToken.Body(account, vaultId, now, now + VALIDITY_MILLIS, Bytes.copyOf(drawn));
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, key);
    byte[] input = body.signedInput();
    signer.update(input, 0, input.length);
    Bytes signature = Bytes.copyOf(signer.generateSignature());
    return new AccountToken(body, signature.requireLength(Ed25519Signature.LENGTH));
  }
}
