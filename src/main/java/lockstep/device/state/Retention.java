package lockstep.device.state;

import java.io.IOException;
import java.util.OptionalInt;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import lockstep.wire.WireReader;
import lockstep.wire.WireWriter;

/** How many backups the device's user wants to be kept, where that was said or found. */
@Implements("BAK-43")
public final class Retention {

  /** The most that can be asked for. */
  public static final int MOST = 1_000;

  private Retention() {}

  /** What holds; empty where nothing was said. */
  public static OptionalInt recall(Device device) throws IOException {
    return device
        .read(
            DeviceSlot.RETENTION,
            (account, encoded) -> WireReader.decode(encoded, Retention::decode))
        .map(OptionalInt::of)
        .orElseGet(OptionalInt::empty);
  }

  /**
   * Has that hold from now on.
   *
   * @param backups from 1 to {@link #MOST}
   */
  public static void remember(Device device, AccountName account, int backups) throws IOException {
    if (backups < 1 || backups > MOST) {
      throw new IllegalArgumentException("no such number of backups is kept");
    }
    device.write(DeviceSlot.RETENTION, account, new WireWriter().u32(backups).toByteArray());
  }

  private static int decode(WireReader reader) {
    int backups = reader.u32();
    reader.require(backups >= 1 && backups <= MOST);
    return backups;
  }
}
