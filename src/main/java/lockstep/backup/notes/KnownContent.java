package lockstep.backup.notes;

import java.util.List;
import java.util.Optional;
import lockstep.format.StoredObject;
import lockstep.spec.Implements;

/**
 * Where an unchanged file's bytes are at the provider, as far as they still are.
 *
 * @param pieces in order; together as long as the file
 */
@Implements({"BAK-4", "BAK-5"})
public record KnownContent(List<Piece> pieces) {

  /**
   * A run of the file's bytes.
   *
   * @param object nothing when it has to be uploaded again
   */
  public record Piece(Optional<StoredObject> object, long offset, long lengthBytes) {}

  public boolean isWhole() {
    return pieces.stream().allMatch(piece -> piece.object().isPresent());
  }
}
