package lockstep.protocol.transfer;

import java.util.Optional;
import lockstep.backup.ManifestEntry;
import lockstep.trace.Implements;

/**
 * An entry of a manifest, made or to be made, with what its file system said of it.
 *
 * @param stamp of files only
 */
@Implements("BAK-13~1")
record NotedEntry(ManifestEntry entry, Optional<FileStamp> stamp) {}
