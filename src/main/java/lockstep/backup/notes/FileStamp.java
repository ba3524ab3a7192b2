package lockstep.backup.notes;

import java.time.Instant;
import lockstep.spec.Implements;

/**
 * What changes when a file's content does, as far as its file system tells.
 *
 * @param sizeBytes the file's length
 * @param modifiedAt when its content was last modified; a program may set it at will
 * @param changedAt when its content or attributes last changed; kept by the file system alone
 * @param fileNumber the number that its file system knows it by
 */
@Implements("BAK-4")
public record FileStamp(long sizeBytes, Instant modifiedAt, Instant changedAt, long fileNumber) {}
