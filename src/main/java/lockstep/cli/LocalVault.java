package lockstep.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import lockstep.adapter.vaultstore.EmbeddedVault;
import lockstep.adapter.vaultstore.VaultDirectory;
import lockstep.adapter.vaultstore.VaultInitialisation;
import lockstep.device.vault.VaultConnection;
import lockstep.spec.Implements;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.VaultDamagedException;
import lockstep.wire.Bytes;

/** The vault in its folder, spoken to in encoded messages, and the messenger that vouches there. */
final class LocalVault implements AutoCloseable {

  private static final String IDENTITY_FORM = "[0-9a-fA-F]{64}\\s*";

  // The library logs stack traces of failures that it reports to its caller as well.
  private static final Logger SQLITE = Logger.getLogger("org.sqlite");

  static {
    SQLITE.setLevel(Level.OFF);
  }

  private final EmbeddedVault vault;
  private final VaultConnection connection;
  private boolean damaged;

  private LocalVault(
      VaultDirectory directory,
      EmbeddedVault vault,
      Bytes identity,
      Surroundings surroundings,
      SecureRandom random)
      throws IOException {
    this.vault = vault;
    this.connection =
        new VaultConnection(
            this::exchange, identity, directory.messenger(surroundings.clock(), random));
  }

  /** The vault in that folder; ends the command where it cannot be used. */
  @Implements("ENR-1~1")
  static LocalVault open(Path folder, Optional<Path> identityFile, Surroundings surroundings) {
    try {
      Optional<Bytes> pinned = identityFile.map(LocalVault::readIdentity);
      SecureRandom random = new SecureRandom();
      VaultDirectory directory = VaultDirectory.open(folder);
      Bytes identity = pinned.isPresent() ? pinned.get() : directory.publicKey();
      EmbeddedVault vault = directory.openVault(surroundings.clock(), random, surroundings.disk());
      return new LocalVault(directory, vault, identity, surroundings, random);
    } catch (VaultDamagedException broken) {
      throw new Ended(VaultAnswers.damaged());
    } catch (NoSuchFileException missing) {
      throw new Ended(
          VaultAnswers.unusable(
              "noVault",
              "There is no vault in " + folder + ", or a part of it is missing.",
              "Look at --vault and whether its drive is there; lockstep vault init makes a new"
                  + " one."));
    } catch (IOException unusable) {
      throw new Ended(VaultAnswers.unavailable());
    }
  }

  /** The vault that the device was enabled with. */
  static LocalVault open(OpenDevice open, Surroundings surroundings) throws IOException {
    Path folder = open.places().vault().orElseThrow(() -> new Ended(VaultAnswers.unavailable()));
    return open(folder, Optional.empty(), surroundings);
  }

  /** The vault in that folder, made with the standard policy where there is nothing yet. */
  static LocalVault openOrMake(
      Path folder, Optional<Path> identityFile, Surroundings surroundings) {
    try {
      make(folder, AttemptPolicy.STANDARD, surroundings);
    } catch (IOException unusable) {
      throw new Ended(VaultAnswers.unavailable());
    }
    return open(folder, identityFile, surroundings);
  }

  /** Makes a vault; empty where something is there already. */
  static Optional<VaultDirectory> make(Path folder, AttemptPolicy policy, Surroundings surroundings)
      throws IOException {
    if (Files.exists(folder.resolve("vault.json"))) {
      return Optional.empty();
    }
    return new VaultInitialisation(policy, surroundings.files(), new SecureRandom()).make(folder);
  }

  VaultConnection connection() {
    return connection;
  }

  /** Whether an answer failed because what the vault stores is damaged. */
  boolean isDamaged() {
    return damaged;
  }

  @Override
  public void close() throws IOException {
    vault.close();
  }

  private byte[] exchange(byte[] request) throws IOException {
    try {
      return vault.exchange(request);
    } catch (VaultDamagedException broken) {
      damaged = true;
      throw broken;
    }
  }

  private static Bytes readIdentity(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.US_ASCII);
      if (text.matches(IDENTITY_FORM)) {
        return Bytes.copyOf(HexFormat.of().parseHex(text.strip()));
      }
    } catch (IOException unreadable) {
      // Told to the user like a file that holds something else.
    }
    throw new Ended(
        Answer.usage(
            "The file that --vault-identity names holds no public key of 64 hexadecimal digits.",
            "Take the file identity.pub of the vault's folder."));
  }
}
