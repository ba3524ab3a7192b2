package lockstep.backup.notes;

import lockstep.spec.Decides;

/**
 * What a source is known by from one backup to the next.
 *
 * @param path its real path, each byte as the character of that number
 * @param device the number of the file system that it lies on
 * @param number the number that this file system knows it by
 */
@Decides("BAK-20")
public record SourceIdentity(String path, long device, long number) {

  /**
   * Whether both are one folder: it has kept its place, or was moved with its file system. Numbers
   * alone change with a remount, and a path alone with a move.
   */
  public boolean isSame(SourceIdentity other) {
    return path.equals(other.path) || (device == other.device && number == other.number);
  }
}
