package lockstep.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lockstep.adapter.durable.DurableFiles;
import lockstep.adapter.durable.DurableStep;
import lockstep.adapter.vaultstore.RowKeeper;
import lockstep.adapter.vaultstore.SqliteVaultStore;
import lockstep.adapter.vaultstore.VaultInitialisation;
import lockstep.vault.machine.AttemptPolicy;

/** The real SQLite store in a directory of its own. */
final class DiskVault {

  private DiskVault() {}

  static SqliteVaultStore store(Path directory) throws IOException {
    Path vault = directory.resolve("vault");
    if (!Files.exists(vault)) {
      VaultInitialisation initialisation =
          new VaultInitialisation(
              AttemptPolicy.STANDARD, new DurableFiles(), new java.security.SecureRandom());
      if (initialisation.make(vault).isEmpty()) {
        throw new IOException("no vault was made");
      }
    }
    return SqliteVaultStore.open(
        vault.resolve("db/vault.db"), RowKeeper.sealing(vault), DurableStep.NONE);
  }
}
