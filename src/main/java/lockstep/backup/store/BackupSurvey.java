package lockstep.backup.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lockstep.format.HeadContent;
import lockstep.format.ManifestEntry;
import lockstep.format.Segment;
import lockstep.format.StoredObject;
import lockstep.spec.Implements;

/**
 * The first pass over a manifest: checks it whole, counts, and learns its object table and how many
 * bytes of each object are asked for.
 */
@Implements({"RST-1", "MAN-2", "MAN-3", "MAN-4", "MAN-5"})
public final class BackupSurvey {

  private final HeadContent head;
  private long files;
  private long directories;
  private long links;
  private long fileBytes;
  private long[] bytesAsked = new long[64];
  private List<StoredObject> objects = List.of();

  private BackupSurvey(HeadContent head) {
    this.head = head;
  }

  /**
   * Reads the manifest.
   *
   * @param alsoTaking sees each entry before the manifest is known to be whole
   */
  public static BackupSurvey of(
      StoredBackup backup, HeadContent head, StoredBackup.EntryTaker alsoTaking)
      throws IOException {
    BackupSurvey survey = new BackupSurvey(head);
    survey.objects =
        new ArrayList<>(
            backup
                .read(
                    head,
                    entry -> {
                      survey.take(entry);
                      alsoTaking.take(entry);
                    })
                .objects());
    return survey;
  }

  public StoredObject object(int index) {
    return objects.get(index);
  }

  public List<StoredObject> objects() {
    return objects;
  }

  /** How many bytes of an object all files together ask for. */
  public long bytesAsked(int index) {
    return index < bytesAsked.length ? bytesAsked[index] : 0;
  }

  public long files() {
    return files;
  }

  public long fileBytes() {
    return fileBytes;
  }

  public RestoredBackup backup() {
    return new RestoredBackup(
        BackupMark.of(head.manifest()), head.createdAt(), files, directories, links, fileBytes);
  }

  /** What is known of a backup from its head alone. */
  public static RestoredBackup unread(HeadContent head) {
    return new BackupSurvey(head).backup();
  }

  private void take(ManifestEntry entry) {
    if (entry instanceof ManifestEntry.FileEntry file) {
      files++;
      fileBytes += file.sizeBytes();
      for (Segment segment : file.segments()) {
        int index = segment.objectIndex();
        if (index >= bytesAsked.length) {
          bytesAsked = Arrays.copyOf(bytesAsked, Math.max(index + 1, 2 * bytesAsked.length));
        }
        bytesAsked[index] += segment.lengthBytes();
      }
    } else if (entry instanceof ManifestEntry.DirectoryEntry) {
      directories++;
    } else {
      links++;
    }
  }
}
