package lockstep.adapter.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import lockstep.backup.store.BackupStorage;
import lockstep.evidence.TestsFolder;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** The contract, asked of a directory. */
final class DirectoryStorageContractProperties extends StorageContract {

  private Path provider;

  @BeforeTry
  void makeProvider() throws IOException {
    provider = Files.createTempDirectory(TestsFolder.path(), "lockstep-contract");
  }

  @AfterTry
  void removeProvider() throws IOException {
    List<Path> all;
    try (Stream<Path> walked = Files.walk(provider)) {
      all = walked.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : all) {
      Files.delete(path);
    }
  }

  @Override
  protected BackupStorage device() {
    return new DirectoryStorage(provider);
  }
}
