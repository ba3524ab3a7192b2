package lockstep.adapter.raft;

import java.time.Duration;
import java.util.function.LongSupplier;
import lockstep.spec.Decides;
import org.jspecify.annotations.Nullable;

/**
 * How long entries have stood in the log since it was cut. What was in it when this node started
 * may have stood there for any time. Safe for use by several threads.
 */
@Decides("REP-8~2")
final class LogAge {

  private final LongSupplier nanos;
  private boolean fromBefore;
  private @Nullable Long since;
  private boolean cutting;
  private @Nullable Long sinceCutting;
  private long cutAt = -1;
  private boolean started;

  LogAge() {
    this(System::nanoTime);
  }

  /** By that clock, which only goes forward. */
  LogAge(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** An entry was applied. */
  synchronized void applied(long index, Padding padding) {
    switch (padding) {
      case NONE -> {
        fromBefore |= !started;
        started = true;
        since = since == null ? nanos.getAsLong() : since;
        if (cutting && sinceCutting == null) {
          sinceCutting = nanos.getAsLong();
        }
      }
      case FIRST -> {
        cutting = true;
        sinceCutting = null;
      }
      case SECOND -> {
        if (cutting) {
          // What was appended between the two may stand in the segment of the second.
          since = sinceCutting;
          fromBefore = false;
          cutting = false;
          cutAt = index;
        }
      }
    }
  }

  /** Whether an entry has stood in the log for that long. */
  synchronized boolean isDue(Duration stay) {
    return since != null && (fromBefore || nanos.getAsLong() - since >= stay.toNanos());
  }

  /** The place of the last cut; −1 before the first. */
  synchronized long cutAt() {
    return cutAt;
  }
}
