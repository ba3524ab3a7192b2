package lockstep.protocol;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;
import lockstep.adapter.durable.DurableFiles;
import lockstep.vault.Decision;
import lockstep.vault.VaultCommand;
import lockstep.vault.VaultMachine;
import lockstep.vault.VaultReply;
import lockstep.vault.VaultStore;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;

/** One file an account, until the tests run on the product's store. */
final class FileVaultStore implements VaultStore {
  private final Path directory;

  FileVaultStore(Path directory) {
    this.directory = directory;
  }

  static VaultStore open(Path directory) {
    return new FileVaultStore(directory);
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  @Override
  public synchronized VaultReply submit(AccountName account, VaultCommand command)
      throws IOException {
    Path file = directory.resolve(account.text());
    Optional<Bytes> stored =
        Files.exists(file) ? Optional.of(Bytes.copyOf(Files.readAllBytes(file))) : Optional.empty();
    Decision decision = VaultMachine.decide(account, stored, command);
    if (decision.replacement().isPresent()) {
      new DurableFiles().replace(file, decision.replacement().get().toArray());
    }
    return decision.reply();
  }
}
