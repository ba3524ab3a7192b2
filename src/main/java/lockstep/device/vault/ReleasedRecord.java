package lockstep.device.vault;

import java.util.Optional;
import lockstep.device.state.FreshnessMark;
import lockstep.secret.SecretBytes;
import lockstep.spec.Implements;
import lockstep.wire.Bytes;

/**
 * What a vault releases to a session that it has verified.
 *
 * @param wrap the wrapped root key, 60 bytes
 * @param generation of the record
 * @param mark the vault's freshness mark, if there is one
 */
@Implements("SES-8")
public record ReleasedRecord(Bytes wrap, long generation, Optional<FreshnessMark> mark) {

  /** Opens a release; empty when it is not a release of this session. */
  public static Optional<ReleasedRecord> open(
      SecretBytes sessionKey, Bytes sessionId, Bytes release) {
    try (LiveSession session = new LiveSession(sessionId, sessionKey.duplicate())) {
      return session
          .open(release)
          .map(opened -> new ReleasedRecord(opened.wrap(), opened.generation(), opened.mark()));
    }
  }
}
