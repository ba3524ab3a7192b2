package lockstep.adapter.vaultstore;

import com.google.crypto.tink.Aead;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import lockstep.adapter.durable.DurableFiles;
import lockstep.adapter.durable.DurableStep;
import lockstep.adapter.durable.SmallFile;
import lockstep.adapter.messenger.LocalMessenger;
import lockstep.adapter.raft.AgreedLog;
import lockstep.adapter.raft.PeerKey;
import lockstep.spec.Decides;
import lockstep.vault.BackupKeyVault;
import lockstep.vault.MessengerTokens;
import lockstep.vault.StateSealing;
import lockstep.vault.VaultKeys;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.VaultDamagedException;
import lockstep.wire.Bytes;
import lockstep.wire.VaultId;

/**
 * A vault's directory (ATR-9). What a client may know (policy, public keys) is read without the
 * private keys.
 */
@Decides({"ATR-2", "ATR-9"})
public final class VaultDirectory {

  static final String SETTINGS_FILE = "vault.json";
  static final String IDENTITY_FILE = "identity.pub";
  static final String DATABASE_FILE = "db/vault.db";
  static final String LOG_DIRECTORY = "log";
  static final String MESSENGER_DIRECTORY = "messenger";
  private static final int MAX_BYTES = 65_536;

  private final Path directory;
  private final VaultSettings settings;

  private VaultDirectory(Path directory, VaultSettings settings) {
    this.directory = directory;
    this.settings = settings;
  }

  /**
   * The vault in a directory that {@link VaultInitialisation} made.
   *
   * @throws NoSuchFileException if there is none
   * @throws VaultDamagedException if its settings are damaged
   */
  public static VaultDirectory open(Path directory) throws IOException {
    byte[] content = SmallFile.read(directory.resolve(SETTINGS_FILE), MAX_BYTES);
    VaultSettings settings =
        VaultSettings.decode(content)
            .orElseThrow(() -> new VaultDamagedException("the vault's settings are damaged"));
    return new VaultDirectory(directory, settings);
  }

  /** What new budget epochs begin with. */
  public AttemptPolicy policy() {
    return settings.policy();
  }

  /** The identity's public key, 32 bytes, which a client pins. */
  public Bytes publicKey() throws IOException {
    byte[] content = SmallFile.read(directory.resolve(IDENTITY_FILE), MAX_BYTES);
    String text = new String(content, StandardCharsets.ISO_8859_1);
    if (!text.matches("[0-9a-f]{64}\n")) {
      throw new VaultDamagedException("the vault's public key is damaged");
    }
    return Bytes.copyOf(HexFormat.of().parseHex(text.strip()));
  }

  /** The local messenger, which stands in for the account authority. */
  public LocalMessenger messenger(InstantSource clock, SecureRandom random) throws IOException {
    return LocalMessenger.open(directory.resolve(MESSENGER_DIRECTORY), clock, random);
  }

  /**
   * The vault itself, ready to answer.
   *
   * @param observer is told of each commit before it happens
   * @throws VaultDamagedException if keys or database are damaged or belong to another vault
   * @throws IOException if a file is not there or cannot be read
   */
  public EmbeddedVault openVault(InstantSource clock, SecureRandom random, DurableStep observer)
      throws IOException {
    KeyDirectory keyFiles = new KeyDirectory(directory.resolve(settings.keys()));
    try (VaultKeys keys = keyFiles.keys()) {
      if (!keys.publicKey().equals(publicKey())) {
        throw new VaultDamagedException("the vault's keys are not those of its public key");
      }
      MessengerTokens tokens =
          new MessengerTokens(
              LocalMessenger.publicKey(directory.resolve(MESSENGER_DIRECTORY)),
              VaultId.of(keys.publicKey()));
      Aead keyset = keyFiles.keyset();
      SqliteVaultStore store =
          SqliteVaultStore.open(
              directory.resolve(DATABASE_FILE),
              new StateSealing(keyset, VaultId.of(keys.publicKey())),
              observer);
      BackupKeyVault vault =
          new BackupKeyVault(
              keys.configuration(keyset, settings.policy()), store, tokens, clock, random);
      return EmbeddedVault.swept(vault, store);
    }
  }

  /**
   * What a node of the vault needs besides its keys.
   *
   * @param members where each node listens for the others, by name
   * @param self its own name
   * @param key by which the nodes know each other
   * @param sweepsEach how often what is over is looked for
   * @param entriesStay how long an entry may stand in the log after it was applied
   * @param troubled is run when something that the node does by itself fails and did not before; it
   *     goes on trying
   */
  public record NodeSettings(
      Map<String, InetSocketAddress> members,
      String self,
      PeerKey key,
      Duration sweepsEach,
      Duration entriesStay,
      Runnable troubled) {}

  /**
   * This directory's node of the vault, which takes part in its group from now on.
   *
   * @param broken is run when the node cannot go on and has to be ended
   * @throws AgreedLog.LogLost if it took part before, and its log is gone
   * @throws VaultDamagedException if keys or database are damaged, or no node's
   * @throws IOException if a file is not there, or the address cannot be listened on
   */
  public ClusterNode openNode(
      NodeSettings node,
      SteadyClock clock,
      SecureRandom random,
      DurableFiles files,
      Runnable broken)
      throws IOException {
    KeyDirectory keyFiles = new KeyDirectory(directory.resolve(settings.keys()));
    VaultKeys keys = keyFiles.keys();
    try {
      if (!keys.publicKey().equals(publicKey())) {
        throw new VaultDamagedException("the vault's keys are not those of its public key");
      }
      VaultId id = VaultId.of(keys.publicKey());
      MessengerTokens tokens =
          new MessengerTokens(LocalMessenger.publicKey(directory.resolve(MESSENGER_DIRECTORY)), id);
      Aead keyset = keyFiles.keyset();
      StateSealing sealing = new StateSealing(keyset, id);
      ReplicaStore replica = ReplicaStore.open(directory.resolve(DATABASE_FILE), sealing, files);
      ClusterNode.Parts parts =
          new ClusterNode.Parts(
              keys,
              () -> keys.configuration(keyset, settings.policy()),
              tokens,
              sealing,
              replica,
              clock,
              random);
      return ClusterNode.start(parts, id, directory.resolve(LOG_DIRECTORY), node, broken);
    } catch (IOException | RuntimeException failed) {
      keys.close();
      throw failed;
    }
  }
}
