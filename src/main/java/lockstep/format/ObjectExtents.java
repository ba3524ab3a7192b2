package lockstep.format;

import java.util.Arrays;
import java.util.List;
import lockstep.spec.Implements;

/** How far into each object the segments reach, so that the table, which comes last, is checked. */
@Implements("MAN-5")
final class ObjectExtents {

  private long[] ends = new long[64];
  private int count;

  void note(Segment segment) {
    int index = segment.objectIndex();
    if (index >= ends.length) {
      ends = Arrays.copyOf(ends, Math.max(index + 1, 2 * ends.length));
    }
    count = Math.max(count, index + 1);
    ends[index] = Math.max(ends[index], segment.offset() + segment.lengthBytes());
  }

  /** Whether every segment lies within its object. */
  boolean fitIn(List<StoredObject> objects) {
    if (count > objects.size()) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (ends[i] > objects.get(i).contentBytes()) {
        return false;
      }
    }
    return true;
  }
}
