package lockstep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import lockstep.adapter.remote.CommandVault;
import lockstep.adapter.remote.HttpsVault;
import lockstep.adapter.remote.NoToken;
import lockstep.adapter.remote.VaultUnreachable;
import lockstep.adapter.vaultstore.VaultDirectory;
import lockstep.adapter.vaultstore.VaultInitialisation;
import lockstep.device.vault.AccountTokens;
import lockstep.device.vault.VaultClient;
import lockstep.device.vault.VaultConnection;
import lockstep.spec.Implements;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.VaultDamagedException;
import lockstep.wire.AccountName;
import lockstep.wire.AccountToken;
import lockstep.wire.Bytes;
import lockstep.wire.VaultId;

/** The vault that a command talks to in encoded messages, and who vouches for the account there. */
final class OpenVault implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  // The library logs stack traces of failures that it reports to its caller as well.
  private static final Logger SQLITE = Logger.getLogger("org.sqlite");

  static {
    SQLITE.setLevel(Level.OFF);
  }

  private final VaultClient client;
  private final AutoCloseable served;
  private final VaultConnection connection;
  private Answer unavailable = VaultAnswers.unavailable();

  private <T extends VaultClient & AutoCloseable> OpenVault(
      T vault, Bytes identity, AccountTokens tokens) {
    this.client = vault;
    this.served = vault;
    this.connection =
        new VaultConnection(this::exchange, identity, (account, id) -> token(tokens, account, id));
  }

  /** That vault; ends the command where it cannot be used. */
  static OpenVault open(VaultPlace place, Optional<Bytes> identity, Surroundings surroundings) {
    if (place instanceof VaultPlace.Folder folder) {
      return openFolder(folder, identity, surroundings);
    }
    if (place instanceof VaultPlace.Network network) {
      return new OpenVault(
          new HttpsVault(network.addresses(), network.tlsKey(), surroundings.clock(), PATIENCE),
          network.identity(),
          network.tokens().tokens());
    }
    VaultPlace.Program program = (VaultPlace.Program) place;
    return new OpenVault(
        new CommandVault(program.command(), PATIENCE),
        program.identity(),
        program.tokens().tokens());
  }

  @Implements("ENR-1")
  private static OpenVault openFolder(
      VaultPlace.Folder place, Optional<Bytes> identity, Surroundings surroundings) {
    return inFolder(
        place.path(),
        directory -> {
          SecureRandom random = new SecureRandom();
          Bytes pinned = identity.isPresent() ? identity.get() : directory.publicKey();
          AccountTokens tokens =
              place.tokens().isPresent()
                  ? place.tokens().get().tokens()
                  : directory.messenger(surroundings.clock(), random);
          return new OpenVault(
              directory.openVault(surroundings.clock(), random, surroundings.disk()),
              pinned,
              tokens);
        });
  }

  /** What is done with a vault's folder. */
  @FunctionalInterface
  interface Opening<T> {
    T open(VaultDirectory directory) throws IOException;
  }

  /** Opens something in a vault's folder; ends the command where that cannot be done. */
  static <T> T inFolder(Path folder, Opening<T> opening) {
    try {
      return opening.open(VaultDirectory.open(folder));
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
  static OpenVault open(OpenDevice open, Surroundings surroundings) throws IOException {
    VaultPlace place =
        open.places().vault().orElseThrow(() -> new Ended(VaultAnswers.unavailable()));
    return open(place, Optional.empty(), surroundings);
  }

  /** That vault, made with the standard policy where it is a folder with nothing in it yet. */
  static OpenVault openOrMake(
      VaultPlace place, Optional<Bytes> identity, Surroundings surroundings) {
    try {
      if (place.folder().isPresent()) {
        make(place.folder().get(), AttemptPolicy.STANDARD, surroundings);
      }
    } catch (IOException unusable) {
      throw new Ended(VaultAnswers.unavailable());
    }
    return open(place, identity, surroundings);
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

  /** What the user is told where the vault, or who vouches there, could not be used. */
  Answer unavailable() {
    return unavailable;
  }

  @Override
  public void close() throws IOException {
    try {
      served.close();
    } catch (IOException | RuntimeException failed) {
      throw failed;
    } catch (Exception noOther) {
      throw new IllegalStateException(noOther);
    }
  }

  private byte[] exchange(byte[] request) throws IOException {
    try {
      return client.exchange(request);
    } catch (VaultDamagedException broken) {
      unavailable = VaultAnswers.damaged();
      throw broken;
    } catch (VaultUnreachable unreachable) {
      unavailable = RemoteAnswers.unreachable(unreachable.reason());
      throw unreachable;
    }
  }

  private AccountToken token(AccountTokens tokens, AccountName account, VaultId vaultId)
      throws IOException {
    try {
      return tokens.tokenFor(account, vaultId);
    } catch (NoToken none) {
      unavailable = RemoteAnswers.noToken(none.reason());
      throw none;
    }
  }
}
