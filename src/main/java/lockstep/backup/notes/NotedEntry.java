package lockstep.backup.notes;

import java.util.Optional;
import lockstep.format.ManifestEntry;
import lockstep.spec.Decides;
import lockstep.spec.Implements;

/**
 * An entry of a manifest, made or to be made, with what its file system said of it.
 *
 * @param stamp of files only
 * @param mountPoint whether it is a directory of another file system than the one that it lies in
 */
@Decides("BAK-21")
@Implements("BAK-13~2")
public record NotedEntry(ManifestEntry entry, Optional<FileStamp> stamp, boolean mountPoint) {

  public NotedEntry(ManifestEntry entry, Optional<FileStamp> stamp) {
    this(entry, stamp, false);
  }
}
