package lockstep.device.state;

import java.util.List;
import java.util.Set;
import lockstep.spec.Implements;

/**
 * Unencrypted backups that stand beside the sealed one.
 *
 * @param found the names of those that the provider has
 * @param accepted the names of those that the user accepts
 */
@Implements("ENR-7")
public record PlainCopies(List<String> found, Set<String> accepted) {

  /** None found. */
  public static final PlainCopies NONE = new PlainCopies(List.of(), Set.of());

  /** Copies both. */
  public PlainCopies {
    found = List.copyOf(found);
    accepted = Set.copyOf(accepted);
  }

  /** Those that the user has still to remove or to accept, in the order found. */
  public List<String> undecided() {
    return found.stream().filter(name -> !accepted.contains(name)).toList();
  }
}
