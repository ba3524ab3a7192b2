package lockstep.protocol;

import java.io.IOException;
import java.util.Optional;

/**
 * A place where a command dies: at an exchange with the vault or a change of the device's state,
 * before it or after it. Counts from 0; a place beyond the last is a run without a crash.
 */
final class CrashPoint {

  /** The process is gone; nothing of the command runs after it. */
  static final class Crash extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Crash() {
      super(null, null, false, false);
    }
  }

  private final int step;
  private final boolean after;
  private int reached;

  CrashPoint(int place) {
    this.step = place / 2;
    this.after = place % 2 == 1;
  }

  /** Whether the command got as far as this place. */
  boolean wasReached() {
    return reached > step;
  }

  VaultClient in(VaultClient client) {
    return request -> {
      boolean here = reached++ == step;
      if (here && !after) {
        throw new Crash();
      }
      byte[] reply = client.exchange(request);
      if (here) {
        throw new Crash();
      }
      return reply;
    };
  }

  DeviceState in(DeviceState state) {
    return new DeviceState() {
      @Override
      public Optional<SealedRecord> read(DeviceSlot slot) throws IOException {
        return state.read(slot);
      }

      @Override
      public void write(DeviceSlot slot, SealedRecord record) throws IOException {
        boolean here = reached++ == step;
        if (here && !after) {
          throw new Crash();
        }
        state.write(slot, record);
        if (here) {
          throw new Crash();
        }
      }

      @Override
      public void erase(DeviceSlot slot) throws IOException {
        boolean here = reached++ == step;
        if (here && !after) {
          throw new Crash();
        }
        state.erase(slot);
        if (here) {
          throw new Crash();
        }
      }
    };
  }
}
