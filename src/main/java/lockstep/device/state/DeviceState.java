package lockstep.device.state;

import java.io.IOException;
import java.util.Optional;
import lockstep.spec.NonNormative;

/** The device's memory between commands: one sealed record a slot (DEV-1). */
@NonNormative("a port; its adapter carries the clauses out")
public interface DeviceState {

  /**
   * The slot's record, if it has one.
   *
   * @throws IOException when it cannot be read or is no record
   */
  Optional<SealedRecord> read(DeviceSlot slot) throws IOException;

  /**
   * Replaces the slot's record: after a crash the slot holds the old one or the new one (DEV-2).
   *
   * @throws IOException when the record may not survive loss of power
   */
  void write(DeviceSlot slot, SealedRecord record) throws IOException;

  /**
   * Empties the slot; an empty one stays so.
   *
   * @throws IOException when the record may come back after loss of power
   */
  void erase(DeviceSlot slot) throws IOException;
}
