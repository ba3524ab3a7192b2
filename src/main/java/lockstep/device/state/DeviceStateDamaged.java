package lockstep.device.state;

import java.io.IOException;
import lockstep.spec.Implements;

/** A slot of the device's state does not open or is no record; nothing was overwritten. */
@Implements("DEV-2")
public final class DeviceStateDamaged extends IOException {

  private static final long serialVersionUID = 1L;

  private final DeviceSlot slot;

  /** The slot that is damaged. */
  public DeviceStateDamaged(DeviceSlot slot) {
    super("the device's slot " + slot.text() + " is damaged");
    this.slot = slot;
  }

  /** The slot that is damaged. */
  public DeviceSlot slot() {
    return slot;
  }
}
