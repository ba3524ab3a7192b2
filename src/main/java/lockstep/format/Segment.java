package lockstep.format;

import lockstep.spec.Implements;

/**
 * A run of a file's bytes inside a data object's content.
 *
 * @param objectIndex the object's place in the manifest's object table, from 0
 * @param offset where in the object's content it begins, in bytes
 * @param lengthBytes how long it is, at least 1
 */
@Implements({"MAN-1~2", "MAN-5"})
public record Segment(int objectIndex, long offset, long lengthBytes) {

  /**
   * A segment.
   *
   * @throws IllegalArgumentException when no data object holds it
   */
  public Segment {
    if (!isSegment(objectIndex, offset, lengthBytes)) {
      throw new IllegalArgumentException("no data object holds such a segment");
    }
  }

  static boolean isSegment(long objectIndex, long offset, long lengthBytes) {
    long max = ObjectKind.DATA.maxContentBytes();
    return objectIndex >= 0
        && objectIndex < ManifestHeader.MAX_OBJECTS
        && offset >= 0
        && offset < max
        && lengthBytes >= 1
        && lengthBytes <= max - offset;
  }
}
