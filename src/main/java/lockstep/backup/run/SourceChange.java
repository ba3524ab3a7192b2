package lockstep.backup.run;

import lockstep.spec.Implements;

/**
 * How a source differs from what the last backup holds, where that is more than a user's work on
 * files explains.
 *
 * @param kind what is the matter
 * @param earlierFiles the files of the last backup
 * @param earlierBytes their lengths together
 * @param lostFiles how many of them the source no longer has, or has without content
 * @param lostBytes by how many bytes they have become less
 */
@Implements("BAK-20")
public record SourceChange(
    Kind kind, long earlierFiles, long earlierBytes, long lostFiles, long lostBytes) {

  /** What is the matter with a source. */
  public enum Kind {
    /** The folder is not the one that was backed up last. */
    ANOTHER_FOLDER,
    /** There is nothing in it. */
    EMPTY,
    /** More than half of the files, or of their bytes, are gone. */
    MOST_IS_GONE
  }

  static SourceChange anotherFolder() {
    return new SourceChange(Kind.ANOTHER_FOLDER, 0, 0, 0, 0);
  }
}
