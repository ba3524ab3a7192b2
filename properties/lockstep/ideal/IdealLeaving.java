package lockstep.ideal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lockstep.ideal.Ideal.Answer;
import lockstep.ideal.Ideal.Backup;
import lockstep.ideal.Ideal.HeldKey;
import lockstep.ideal.Ideal.Result;
import lockstep.ideal.Ideal.Standing;
import lockstep.ideal.IdealDevice.Intent;
import lockstep.ideal.IdealDevice.Rotation;
import lockstep.ideal.IdealDevice.Unlocked;

/** The commands by which a device leaves a key behind. */
final class IdealLeaving {

  private final IdealDevice device;
  private final IdealBackup<String> vault;
  private final IdealNetwork network;
  private final IdealProvider provider;

  IdealLeaving(IdealDevice device, IdealProvider provider) {
    this.device = device;
    this.vault = device.vault;
    this.network = device.network;
    this.provider = provider;
  }

  String rotate(String password) {
    if (device.key.isEmpty()) {
      return "NotEnabled";
    }
    HeldKey key = device.key.get();
    if (device.rotation.isPresent()) {
      Rotation begun = device.rotation.get();
      if (begun.newKey() == key) {
        return removeOld(begun);
      }
      Optional<Standing> active = device.ours(begun.newKey()).filter(Standing::active);
      if (active.isPresent()) {
        return inForce(begun, active.get().activeStage());
      }
    }
    boolean compares =
        device.changing.isEmpty()
            && device.rehearsal.filter(intent -> intent.stage() == device.known).isPresent();
    if (compares && !device.rehearsal.get().password().equals(password)) {
      return "NotThePassword";
    }
    Standing status = device.own(key);
    if (!status.active()) {
      return "Destroyed";
    }
    if (status.until() > status.clock()) {
      return Words.locked(status.until());
    }
    return unlock(copy(key), key, password);
  }

  private Rotation copy(HeldKey key) {
    Rotation begun =
        device.rotation.orElseGet(
            () -> new Rotation(new HeldKey(), key, Optional.empty(), Backup.NONE));
    Backup head = provider.newest(key);
    Backup copy = head == Backup.NONE ? head : new Backup(head.number() + 1, head.content(), null);
    if (copy != Backup.NONE) {
      provider.keep(begun.newKey(), copy);
    }
    Rotation copied = new Rotation(begun.newKey(), begun.oldKey(), begun.staged(), copy);
    device.rotation = Optional.of(copied);
    return copied;
  }

  private String unlock(Rotation copied, HeldKey key, String password) {
    Unlocked unlocked = device.unlock(password, Optional.of(key));
    if (unlocked.session().isEmpty()) {
      return unlocked.outcome();
    }
    long number = device.own(key).lastStage() + 1;
    Intent intent = new Intent(number, password, copied.newKey());
    Rotation staged =
        new Rotation(copied.newKey(), copied.oldKey(), Optional.of(intent), copied.copy());
    String outcome =
        device.stage(intent, unlocked.session().get(), () -> device.rotation = Optional.of(staged));
    return outcome.equals("Activated") ? inForce(staged, number) : outcome;
  }

  private String inForce(Rotation rotation, long activeStage) {
    rotation.staged().ifPresent(intent -> device.rehearsal = Optional.of(intent));
    device.changing = Optional.empty();
    device.key = Optional.of(rotation.newKey());
    device.known = activeStage;
    device.forgetBackups();
    device.goOnFrom(rotation.copy());
    return removeOld(rotation);
  }

  private String removeOld(Rotation rotation) {
    provider.remove(rotation.oldKey());
    device.rotation = Optional.empty();
    return "Rotated";
  }

  String disable(boolean deleteBackup) {
    if (device.key.isEmpty()) {
      return "NotEnabled";
    }
    List<HeldKey> keys = new ArrayList<>(List.of(device.key.get()));
    device.rotation.ifPresent(rotation -> keys.add(rotation.newKey()));
    eraseRecord(keys);
    if (deleteBackup) {
      keys.forEach(provider::remove);
    }
    device.forgetEverything();
    return "Disabled";
  }

  private void eraseRecord(List<HeldKey> keys) {
    for (HeldKey key : keys) {
      Optional<Standing> ours = device.ours(key);
      if (ours.isPresent()) {
        if (ours.get().active()) {
          Answer<String> erased =
              device.sendFresh(
                  Moment.DISABLE, network::signature, () -> vault.disable(key, network.time));
          if (erased.result() != Result.DONE && erased.result() != Result.DESTROYED) {
            throw new IdealNetwork.Ended("Unavailable");
          }
        }
        return;
      }
    }
  }
}
