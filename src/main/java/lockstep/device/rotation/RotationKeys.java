package lockstep.device.rotation;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import lockstep.device.state.Device;
import lockstep.device.state.EnabledDevice;
import lockstep.keys.RootKey;
import lockstep.spec.Implements;

/** The device's root key, and the one that a rotation under way would put in its place. */
@Implements("DIS-2")
public final class RotationKeys implements AutoCloseable {

  private final List<RootKey> keys;

  private RotationKeys(List<RootKey> keys) {
    this.keys = keys;
  }

  public static RotationKeys of(Device device, EnabledDevice enabled) throws IOException {
    Optional<RotationJournal> rotation = RotationJournal.recall(device);
    RootKey current = enabled.rootKey().duplicate();
    if (rotation.isEmpty()) {
      return new RotationKeys(List.of(current));
    }
    try (RotationJournal journal = rotation.get()) {
      return new RotationKeys(List.of(current, journal.newKey().duplicate()));
    }
  }

  /** One key or two; closed with this. */
  public List<RootKey> all() {
    return keys;
  }

  @Override
  public void close() {
    keys.forEach(RootKey::close);
  }
}
