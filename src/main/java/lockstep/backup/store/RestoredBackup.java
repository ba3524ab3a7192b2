package lockstep.backup.store;

import java.time.Instant;
import lockstep.spec.Implements;

/**
 * The backup that a restore or a verification chose.
 *
 * @param createdAt when it was made, to be shown where freshness cannot be checked
 * @param files how many regular files it holds; 0 where it was not read
 * @param directories how many directories
 * @param links how many symbolic links
 * @param fileBytes the sum of the files' lengths
 */
@Implements("RST-7")
public record RestoredBackup(
    BackupMark mark, Instant createdAt, long files, long directories, long links, long fileBytes) {}
