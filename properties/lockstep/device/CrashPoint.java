package lockstep.device;

import java.io.IOException;
import java.util.Optional;
import lockstep.device.state.DeviceSlot;
import lockstep.device.state.DeviceState;
import lockstep.device.state.SealedRecord;
import lockstep.device.vault.VaultClient;

/**
 * A place where a command dies: before its n-th step, counted from 0, where each exchange with the
 * vault and each change of the device's state is a step. To die after a step leaves the same as to
 * die before the next one. A place beyond the last step is a run without a crash.
 */
public final class CrashPoint {

  /** The process is gone; nothing of the command runs after it. */
  public static final class Crash extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Crash() {
      super(null, null, false, false);
    }
  }

  private final int place;
  private int steps;

  public CrashPoint(int place) {
    this.place = place;
  }

  /** Whether the command got as far as this place. */
  public boolean wasReached() {
    return steps > place;
  }

  public VaultClient in(VaultClient client) {
    return request -> {
      step();
      return client.exchange(request);
    };
  }

  public DeviceState in(DeviceState state) {
    return new DeviceState() {
      @Override
      public Optional<SealedRecord> read(DeviceSlot slot) throws IOException {
        return state.read(slot);
      }

      @Override
      public void write(DeviceSlot slot, SealedRecord record) throws IOException {
        step();
        state.write(slot, record);
      }

      @Override
      public void erase(DeviceSlot slot) throws IOException {
        step();
        state.erase(slot);
      }
    };
  }

  private void step() {
    if (steps++ >= place) {
      throw new Crash();
    }
  }
}
