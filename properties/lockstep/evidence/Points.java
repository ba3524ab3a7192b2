package lockstep.evidence;

import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the points that the running test has visited. Tests of one JVM run one after the other;
 * whoever records them takes the count after each.
 */
public final class Points {

  private static final AtomicInteger VISITED = new AtomicInteger();

  private Points() {}

  /** Says that one point was visited and found right; called at the end of its checks. */
  public static void visited() {
    VISITED.incrementAndGet();
  }

  /** The same elements in the same order; each counts once the loop's body is through with it. */
  public static <T> Iterable<T> each(Iterable<T> points) {
    return () -> new Counting<>(points.iterator());
  }

  /** The number of points visited since the last call. */
  public static int take() {
    return VISITED.getAndSet(0);
  }

  private static final class Counting<T> implements Iterator<T> {

    private final Iterator<T> points;
    private boolean begun;

    Counting(Iterator<T> points) {
      this.points = points;
    }

    @Override
    public boolean hasNext() {
      boolean more = points.hasNext();
      if (!more) {
        end();
      }
      return more;
    }

    @Override
    public T next() {
      end();
      T point = points.next();
      begun = true;
      return point;
    }

    private void end() {
      if (begun) {
        visited();
        begun = false;
      }
    }
  }
}
