package lockstep.format;

import java.io.IOException;
import java.io.OutputStream;
import lockstep.spec.NonNormative;

/** Content that is written once, in one pass, to whoever seals it. */
@FunctionalInterface
@NonNormative("the shape in which callers hand over content")
public interface ContentSource {

  /**
   * Writes all of the content to {@code sink}, which it neither flushes nor closes.
   *
   * @throws IOException when the content cannot be read or {@code sink} fails; nothing that opens
   *     is produced then
   */
  void writeTo(OutputStream sink) throws IOException;
}
