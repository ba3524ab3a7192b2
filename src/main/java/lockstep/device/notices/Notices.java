package lockstep.device.notices;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import lockstep.device.state.Device;
import lockstep.spec.Implements;
import lockstep.wire.AccountName;
import lockstep.wire.Receipt;
import lockstep.wire.Reply;

/**
 * What others did at the vault and the user has not been told yet. Whatever a command hears of the
 * account comes by here; whoever shows the notices to the user says so afterwards.
 */
@Implements({"USR-5~2", "USR-8"})
public final class Notices {

  private final Device device;

  /** The notices of that device. */
  public Notices(Device device) {
    this.device = device;
  }

  /** What is to be told, the oldest first. */
  public List<VaultNotice> untold() throws IOException {
    return AccountWatch.untold(device);
  }

  /** The user has seen these: to be called when the output was written, not before. */
  public void told(List<VaultNotice> shown) throws IOException {
    if (!shown.isEmpty()) {
      AccountWatch.change(device, watch -> watch.without(shown));
    }
  }

  /**
   * The vault reported how the account stands.
   *
   * @param signed whether the device's own signature got the report
   */
  public void learn(AccountName account, Reply.StatusReport report, boolean signed)
      throws IOException {
    AccountWatch watch = AccountWatch.recall(device, account);
    List<VaultNotice> news =
        OwnRecord.of(device, account)
            .map(own -> News.in(report, watch.heard(), own, signed))
            .orElse(List.of());
    watch.become(watch.with(watch.heard().after(report, signed), news), device, account);
  }

  /**
   * The vault gave a receipt for what this device did.
   *
   * @param between how many receipts there are before it that this device has not seen
   * @param registered the generation that it registered, if it did
   */
  public void learn(AccountName account, Receipt.Body own, long between, Optional<Long> registered)
      throws IOException {
    AccountWatch watch = AccountWatch.recall(device, account);
    List<VaultNotice> news =
        OwnRecord.of(device, account).isPresent()
            ? News.in(own, watch.heard(), between)
            : List.of();
    LastHeard heard = watch.heard().after(own);
    watch.become(
        watch.with(registered.map(heard::registering).orElse(heard), news), device, account);
  }

  /** Keeps what the device found out otherwise than from a report or receipt. */
  public void keep(AccountName account, VaultNotice notice) throws IOException {
    AccountWatch watch = AccountWatch.recall(device, account);
    watch.become(watch.with(watch.heard(), List.of(notice)), device, account);
  }

  /** The account is not this device's any more; what is not told yet stays until it is. */
  public void forgetAccount() throws IOException {
    AccountWatch.change(device, AccountWatch::forgetting);
  }
}
