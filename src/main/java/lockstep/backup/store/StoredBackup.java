package lockstep.backup.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import lockstep.format.BackupKeys;
import lockstep.format.DamagedBackup;
import lockstep.format.HeadContent;
import lockstep.format.ManifestEntry;
import lockstep.format.ManifestHeader;
import lockstep.format.ManifestReader;
import lockstep.format.ObjectKind;
import lockstep.format.ObjectName;
import lockstep.format.StoredObject;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/** Reads what one head refers to. A missing object is a damaged one. */
@Implements({"RST-1", "OBJ-8"})
public final class StoredBackup {

  private final BackupStorage storage;
  private final BackupKeys keys;
  private final EntryChoice choice;

  public StoredBackup(BackupStorage storage, BackupKeys keys) {
    this(storage, keys, entry -> true);
  }

  private StoredBackup(BackupStorage storage, BackupKeys keys, EntryChoice choice) {
    this.storage = storage;
    this.keys = keys;
    this.choice = choice;
  }

  /** Says which entries of a manifest are meant. */
  @FunctionalInterface
  public interface EntryChoice {
    boolean takes(ManifestEntry entry);
  }

  /** The same, of which only the chosen entries are handed out; all are checked. */
  @Implements("RST-31")
  public StoredBackup choosing(EntryChoice chosen) {
    return new StoredBackup(storage, keys, chosen);
  }

  /** Takes each entry of a manifest. */
  @FunctionalInterface
  public interface EntryTaker {
    void take(ManifestEntry entry) throws IOException;
  }

  /** Opens an object; its reader finds out whether it is whole. */
  public InputStream open(ObjectKind kind, StoredObject object) throws IOException {
    ObjectName name = keys.nameOf(object.id());
    Optional<InputStream> sealed = storage.open(keys.setName(), name);
    if (sealed.isEmpty()) {
      throw new DamagedBackup(name);
    }
    try {
      return keys.open(kind, object, sealed.get());
    } catch (IOException | RuntimeException failed) {
      sealed.get().close();
      throw failed;
    }
  }

  /**
   * Reads a manifest whole and hands out its entries, which are provisional until this returns.
   *
   * @throws DamagedBackup when anything about it is not as it must be
   */
  @Implements({"MAN-2", "MAN-3", "MAN-4", "MAN-5", "MAN-9"})
  public ManifestReader read(StoredObject manifest, EntryTaker taker) throws IOException {
    ObjectName name = keys.nameOf(manifest.id());
    try (InputStream content = open(ObjectKind.MANIFEST, manifest)) {
      ManifestReader reader = ManifestReader.open(content, name);
      if (reader.header().backupNumber() != manifest.backupNumber()) {
        throw new DamagedBackup(name);
      }
      for (Optional<ManifestEntry> entry = reader.next();
          entry.isPresent();
          entry = reader.next()) {
        if (ReservedName.isReserved(entry.get().path())) {
          throw new DamagedBackup(name);
        }
        if (choice.takes(entry.get())) {
          taker.take(entry.get());
        }
      }
      return reader;
    }
  }

  /** The header of a manifest that was read whole. */
  ManifestHeader headerOf(StoredObject manifest) throws IOException {
    return read(manifest, entry -> {}).header();
  }

  /** Reads the manifest that a head refers to, whose number and date are the head's. */
  @Decides("HED-6")
  public ManifestReader read(HeadContent head, EntryTaker taker) throws IOException {
    ManifestReader reader = read(head.manifest(), taker);
    if (!reader.header().createdAt().equals(head.createdAt())) {
      throw new DamagedBackup(keys.nameOf(head.manifest().id()));
    }
    return reader;
  }

  /**
   * Reads the head once more.
   *
   * @throws ProviderUnavailable when the provider is not there at all
   */
  public void readHeadAgain() throws ProviderUnavailable {
    if (storage.heads(keys.setName()).isEmpty()) {
      throw new ProviderUnavailable("the head is gone");
    }
  }

  public ObjectName nameOf(StoredObject object) {
    return keys.nameOf(object.id());
  }

  public DamagedBackup damaged(StoredObject object) {
    return new DamagedBackup(keys.nameOf(object.id()));
  }
}
