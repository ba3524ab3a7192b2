package lockstep.device.notices;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import lockstep.device.state.Device;
import lockstep.device.state.DeviceSlot;
import lockstep.spec.Decides;
import lockstep.wire.AccountName;
import lockstep.wire.WireReader;
import lockstep.wire.WireWriter;

/**
 * How the account stood when the device last heard, and the notices that came of it and are not
 * told yet. Both lie in one slot, so that nothing is learnt without its notice being kept.
 */
@Decides("USR-8")
record AccountWatch(LastHeard heard, List<VaultNotice> untold) {

  /** More than the kinds of notice, so that one of a kind of which there is a later one may go. */
  private static final int MOST_UNTOLD = 64;

  private static final AccountWatch NOTHING = new AccountWatch(LastHeard.NOTHING, List.of());

  AccountWatch {
    untold = List.copyOf(untold);
  }

  private record Stored(AccountName account, AccountWatch watch) {}

  private static Optional<Stored> stored(Device device) throws IOException {
    return device.read(
        DeviceSlot.NOTICES,
        (account, encoded) ->
            WireReader.decode(encoded, AccountWatch::read)
                .map(watch -> new Stored(account, watch)));
  }

  /** What the device has; of another account it has the notices only. */
  static AccountWatch recall(Device device, AccountName account) throws IOException {
    Optional<Stored> found = stored(device);
    if (found.isEmpty()) {
      return NOTHING;
    }
    AccountWatch watch = found.get().watch();
    return found.get().account().equals(account)
        ? watch
        : new AccountWatch(LastHeard.NOTHING, watch.untold());
  }

  /** The notices that are not told yet, of whichever account. */
  static List<VaultNotice> untold(Device device) throws IOException {
    return stored(device).map(found -> found.watch().untold()).orElse(List.of());
  }

  /** Changes what is stored, if anything is. */
  static void change(Device device, Function<AccountWatch, AccountWatch> change)
      throws IOException {
    Optional<Stored> found = stored(device);
    if (found.isPresent()) {
      change.apply(found.get().watch()).remember(device, found.get().account());
    }
  }

  AccountWatch with(LastHeard newest, List<VaultNotice> news) {
    List<VaultNotice> all = new ArrayList<>(untold);
    for (VaultNotice notice : news) {
      all.removeIf(earlier -> notice.includes(earlier));
      all.add(notice);
    }
    while (all.size() > MOST_UNTOLD) {
      dropOneWithALaterOfItsKind(all);
    }
    return new AccountWatch(newest, all);
  }

  AccountWatch without(List<VaultNotice> told) {
    List<VaultNotice> left = new ArrayList<>(untold);
    left.removeAll(told);
    return new AccountWatch(heard, left);
  }

  AccountWatch forgetting() {
    return new AccountWatch(LastHeard.NOTHING, untold);
  }

  /** Stores what has become of this one, unless that is the same. */
  void become(AccountWatch next, Device device, AccountName account) throws IOException {
    if (!next.equals(this)) {
      next.remember(device, account);
    }
  }

  private void remember(Device device, AccountName account) throws IOException {
    if (equals(NOTHING)) {
      device.erase(DeviceSlot.NOTICES);
      return;
    }
    WireWriter writer = new WireWriter();
    heard.write(writer);
    writer.u16(untold.size());
    untold.forEach(notice -> notice.write(writer));
    device.write(DeviceSlot.NOTICES, account, writer.toByteArray());
  }

  private static void dropOneWithALaterOfItsKind(List<VaultNotice> all) {
    for (int i = 0; i < all.size(); i++) {
      Class<?> kind = all.get(i).getClass();
      if (all.subList(i + 1, all.size()).stream().anyMatch(kind::isInstance)) {
        all.remove(i);
        return;
      }
    }
  }

  private static AccountWatch read(WireReader reader) {
    LastHeard heard = LastHeard.read(reader);
    int count = reader.u16();
    List<VaultNotice> untold = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      untold.add(reader.orRefuse(VaultNotice.read(reader)));
    }
    return new AccountWatch(heard, untold);
  }
}
