package lockstep.device.leaving;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import lockstep.device.state.Device;
import lockstep.device.state.DeviceSlot;
import lockstep.format.SetName;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import lockstep.wire.WireReader;
import lockstep.wire.WireWriter;

/**
 * A disable whose vault part is done: what is left to erase. It holds no secret, for the root key
 * is erased before it.
 *
 * @param sets the account's sets at the provider
 * @param deleteBackup whether they go too
 */
@Implements("DIS-2")
record DisableJournal(List<SetName> sets, boolean deleteBackup) {

  private static final int NAME_CHARACTERS = 32;

  void remember(Device device, AccountName account) throws IOException {
    WireWriter writer = new WireWriter().flag(deleteBackup).u8(sets.size());
    sets.forEach(set -> writer.text16(set.hex()));
    device.write(DeviceSlot.DISABLE, account, writer.toByteArray());
  }

  static Optional<DisableJournal> recall(Device device) throws IOException {
    return device.read(
        DeviceSlot.DISABLE, (account, encoded) -> WireReader.decode(encoded, DisableJournal::read));
  }

  private static DisableJournal read(WireReader reader) {
    boolean deleteBackup = reader.flag();
    List<SetName> sets =
        IntStream.range(0, reader.u8())
            .mapToObj(set -> reader.orRefuse(SetName.parse(reader.text16(NAME_CHARACTERS))))
            .toList();
    return new DisableJournal(sets, deleteBackup);
  }
}
