package lockstep.protocol.transfer;

import java.util.List;
import java.util.Optional;
import lockstep.backup.StoredObject;
import lockstep.trace.Implements;

/**
 * Where an unchanged file's bytes are at the provider, as far as they still are.
 *
 * @param pieces in order; together as long as the file
 */
@Implements({"BAK-4~1", "BAK-5~1"})
record KnownContent(List<Piece> pieces) {

  /**
   * A run of the file's bytes.
   *
   * @param object nothing when it has to be uploaded again
   */
  record Piece(Optional<StoredObject> object, long offset, long lengthBytes) {}

  boolean isWhole() {
    return pieces.stream().allMatch(piece -> piece.object().isPresent());
  }
}
