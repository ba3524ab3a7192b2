package lockstep.backup.notes;

import java.util.Optional;
import lockstep.format.ManifestEntry;
import lockstep.spec.Implements;

/**
 * An entry of a manifest, made or to be made, with what its file system said of it.
 *
 * @param stamp of files only
 */
@Implements("BAK-13~2")
public record NotedEntry(ManifestEntry entry, Optional<FileStamp> stamp) {}
