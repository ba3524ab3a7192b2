package lockstep.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import lockstep.adapter.durable.DurableFiles;
import lockstep.adapter.durable.DurableStep;
import lockstep.adapter.vaultstore.EmbeddedVault;
import lockstep.adapter.vaultstore.VaultDirectory;
import lockstep.adapter.vaultstore.VaultInitialisation;
import lockstep.device.state.Stretching;
import lockstep.device.vault.ConversationEnded;
import lockstep.device.vault.VaultClient;
import lockstep.device.vault.VaultConnection;
import lockstep.device.vault.VaultConversation;
import lockstep.evidence.TestsFolder;
import lockstep.opaque.Argon2Bounds;
import lockstep.opaque.Argon2Parameters;
import lockstep.secret.Password;
import lockstep.secret.PasswordResult;
import lockstep.secret.SecretBytes;
import lockstep.vault.VaultIdentity;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.wire.AccountName;
import lockstep.wire.Reply;

/** The product's vault in a directory of its own, with a clock that the test moves. */
public final class VaultSite implements AutoCloseable {

  public static final AccountName ALICE = new AccountName("alice");

  /** Argon2id as cheap as the library allows; a test is about the protocol. */
  public static final Stretching CHEAP =
      new Stretching(
          new Argon2Bounds(new Argon2Parameters(64, 1, 1), new Argon2Parameters(128, 2, 2)),
          new Argon2Parameters(64, 1, 1));

  private final SecureRandom random = new SecureRandom();
  private final Path directory;
  private final VaultDirectory files;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private EmbeddedVault vault;

  public VaultSite(AttemptPolicy policy) {
    try {
      directory = Files.createTempDirectory(TestsFolder.path(), "site").resolve("vault");
      files =
          new VaultInitialisation(policy, new DurableFiles(), random).make(directory).orElseThrow();
      vault = files.openVault(() -> now, random, DurableStep.NONE);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public VaultSite() {
    this(AttemptPolicy.STANDARD);
  }

  /** Ends the vault's process and starts another one over the same store. */
  public void restart() {
    try {
      vault.close();
      vault = files.openVault(() -> now, random, DurableStep.NONE);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A copy of the vault's disk. */
  public Path diskImage() {
    try {
      vault.close();
      Path image = Files.createTempDirectory(TestsFolder.path(), "image").resolve("vault");
      copy(directory, image);
      vault = files.openVault(() -> now, random, DurableStep.NONE);
      return image;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Puts the vault's disk back to what it was. */
  public void restoreDisk(Path image) {
    try {
      vault.close();
      copy(image, directory);
      vault = files.openVault(() -> now, random, DurableStep.NONE);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  public void pass(Duration duration) {
    now = now.plus(duration);
  }

  public Instant now() {
    return now;
  }

  public byte[] exchange(byte[] request) throws IOException {
    return vault.exchange(request);
  }

  public VaultConnection connection() {
    return connection(this::exchange);
  }

  public VaultConnection connection(VaultClient client) {
    try {
      return new VaultConnection(client, files.publicKey(), files.messenger(() -> now, random));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The vault's private identity, for the stories in which its operator turns against the user. */
  public VaultIdentity identity() {
    try (Stream<Path> found = Files.walk(directory)) {
      Path keys = found.filter(file -> file.endsWith("vault.keys")).findAny().orElseThrow();
      byte[] stored = Files.readAllBytes(keys);
      try (SecretBytes seed =
          SecretBytes.copyOf(Arrays.copyOfRange(stored, 1, 1 + VaultIdentity.SEED_BYTES))) {
        VaultIdentity identity = VaultIdentity.fromSeed(seed);
        if (!identity.publicKey().equals(files.publicKey())) {
          throw new AssertionError("the key file is laid out otherwise");
        }
        return identity;
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The vault's own word on the account, asked by a device of nobody's. */
  public Reply.StatusReport status() {
    return new TestDevice()
        .run(
            device -> {
              try {
                VaultConversation conversation =
                    VaultConversation.begin(device, connection(), ALICE);
                return conversation.status(conversation.token());
              } catch (ConversationEnded ended) {
                throw new AssertionError(ended.failure().toString(), ended);
              }
            });
  }

  public static Password password(String typed) {
    PasswordResult result = Password.prepare(typed.toCharArray());
    return ((PasswordResult.Prepared) result).password();
  }

  @Override
  public void close() {
    try {
      vault.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path file : tree.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }
}
