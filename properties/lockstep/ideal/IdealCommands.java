package lockstep.ideal;

import java.util.Optional;
import java.util.stream.Stream;
import lockstep.ideal.Ideal.Answer;
import lockstep.ideal.Ideal.Backup;
import lockstep.ideal.Ideal.HeldKey;
import lockstep.ideal.Ideal.Result;
import lockstep.ideal.Ideal.Standing;
import lockstep.ideal.IdealDevice.Intent;
import lockstep.ideal.IdealDevice.Unlocked;

/** The commands of one device, as a user who trusts everybody would expect them. */
final class IdealCommands {

  private final IdealDevice device;
  private final IdealBackup<String> vault;
  private final IdealNetwork network;
  private final IdealProvider provider;

  IdealCommands(IdealDevice device, IdealProvider provider) {
    this.device = device;
    this.vault = device.vault;
    this.network = device.network;
    this.provider = provider;
  }

  String enrol(String password) {
    if (device.enrolling.isPresent()) {
      return resume(device.enrolling.get(), password);
    }
    if (device.key.isPresent()) {
      HeldKey key = device.key.get();
      Optional<Standing> ours = device.ours(key).filter(found -> !found.active());
      if (ours.isEmpty()) {
        return "AlreadyEnabled";
      }
      return wasGuessedAt(ours.get(), password, Optional.empty())
          ? "SamePassword"
          : enrol(ours.get(), password, key, true);
    }
    return byToken(device.statusByToken(), password, new HeldKey());
  }

  private String resume(Intent intent, String password) {
    Optional<Standing> ours = device.ours(intent.key());
    if (ours.isEmpty()) {
      return byToken(device.statusByToken(), password, intent.key());
    }
    if (!ours.get().active()) {
      Optional<Intent> first = device.key.isEmpty() ? Optional.of(intent) : Optional.empty();
      return wasGuessedAt(ours.get(), password, first)
          ? "SamePassword"
          : enrol(ours.get(), password, intent.key(), true);
    }
    enabled(intent, ours.get().activeStage());
    boolean asTyped =
        ours.get().activeStage() == intent.stage() && intent.password().equals(password);
    return asTyped ? "Enrolled" : "EnrolledWithEarlierPassword";
  }

  /** Destroyed by guesses: whoever made them knows what the password in force was not. */
  private boolean wasGuessedAt(Standing status, String password, Optional<Intent> first) {
    Optional<Intent> inForce = device.rehearsal.or(() -> first);
    return status.destroyed()
        && !status.restarted()
        && Stream.concat(inForce.stream(), device.changing.stream())
            .anyMatch(intent -> intent.password().equals(password));
  }

  private String byToken(Standing status, String password, HeldKey key) {
    if (status.active()) {
      device.enrolling = Optional.empty();
      return "AlreadyEnrolled";
    }
    return status.destroyed() && !status.restarted()
        ? "Destroyed"
        : enrol(status, password, key, false);
  }

  private String enrol(Standing status, String password, HeldKey key, boolean bySignature) {
    Intent intent = new Intent(status.lastStage() + 1, password, key);
    device.enrolling = Optional.of(intent);
    String outcome =
        device.stage(
            intent,
            stage ->
                device.sendFresh(
                    Moment.REGISTER,
                    () -> bySignature ? network.signature() : network.token(),
                    () ->
                        bySignature
                            ? vault.stage(stage, key, network.time)
                            : vault.stage(stage, network.time)),
            () -> {});
    if (!outcome.equals("Activated")) {
      return outcome;
    }
    enabled(intent, intent.stage());
    return "Enrolled";
  }

  private void enabled(Intent intent, long activeStage) {
    device.rehearsal = Optional.of(intent);
    if (!device.key.equals(Optional.of(intent.key()))) {
      device.forgetBackups();
    }
    device.key = Optional.of(intent.key());
    device.known = activeStage;
    device.enrolling = Optional.empty();
  }

  /** On a device that knows nothing. */
  String restore(String password, Step.Lie lie) {
    Unlocked unlocked = device.unlock(password, Optional.empty());
    if (unlocked.session().isEmpty()) {
      return unlocked.outcome();
    }
    Ideal.Release release = unlocked.session().get().released();
    HeldKey key = release.key();
    device.key = Optional.of(key);
    device.known = release.stage();
    device.rehearsal = Optional.of(new Intent(release.stage(), password, key));
    device.hear(release.mark());
    IdealProvider.Shown shown = provider.show(key, lie);
    Ideal.Reading reading = Ideal.Reading.of(shown.backup(), shown.whole(), release.mark());
    if (reading == Ideal.Reading.RESTORED) {
      device.take(shown.backup());
      return "Restored " + shown.backup().number() + ": " + shown.backup().content();
    }
    return reading.name();
  }

  String change(String previous, String next) {
    if (device.key.isEmpty()) {
      return "NotEnabled";
    }
    HeldKey key = device.key.get();
    Standing status = device.own(key);
    if (!status.active()) {
      return "Destroyed";
    }
    if (settleChange(status)) {
      return device.rehearsal.orElseThrow().password().equals(next)
          ? "Changed"
          : "EarlierChangeTookEffect";
    }
    if (device.known == status.activeStage() && isDone(previous, next)) {
      return "Changed";
    }
    Unlocked unlocked = device.unlock(previous, Optional.of(key));
    if (unlocked.session().isEmpty()) {
      return unlocked.outcome();
    }
    Intent intent = new Intent(status.lastStage() + 1, next, key);
    String outcome =
        device.stage(intent, unlocked.session().get(), () -> device.changing = Optional.of(intent));
    if (!outcome.equals("Activated")) {
      return outcome;
    }
    adopt(intent);
    return "Changed";
  }

  /** The password in force, as far as the device knows, is the next one and not the previous. */
  private boolean isDone(String previous, String next) {
    Optional<String> inForce =
        device
            .rehearsal
            .filter(intent -> device.changing.isEmpty() && intent.stage() == device.known)
            .map(Intent::password);
    return inForce.equals(Optional.of(next)) && !previous.equals(next);
  }

  private boolean settleChange(Standing status) {
    Optional<Intent> took =
        device.changing.filter(intent -> intent.stage() == status.activeStage());
    took.ifPresent(this::adopt);
    return took.isPresent();
  }

  private void adopt(Intent intent) {
    device.rehearsal = Optional.of(intent);
    device.known = intent.stage();
    device.changing = Optional.empty();
  }

  String backUp(String content) {
    if (device.key.isEmpty()) {
      return "NotEnabled";
    }
    if (device.rotation.filter(rotation -> rotation.staged().isPresent()).isPresent()
        && !device.rotation.get().newKey().equals(device.key.get())) {
      return "Interrupted";
    }
    contact();
    HeldKey key = device.key.orElseThrow();
    Backup head = provider.newest(key);
    long known = Math.max(device.made.number(), device.floor.number());
    if (head == Backup.NONE && known > 0) {
      return "BackupGone[floorNumber=" + known + "]";
    }
    if (head.number() < known) {
      return "OlderBackup " + head.number() + " than " + known;
    }
    if (head != device.lastBackup && head != device.made) {
      return "AnotherDevice " + head.number();
    }
    Backup previous = head == Backup.NONE ? null : head;
    Backup made = new Backup(Math.max(head.number(), known) + 1, content, previous);
    provider.keep(key, made);
    device.made = made;
    device.take(made);
    contact();
    return "Done " + made.number() + (device.markPending ? " PENDING" : " SET");
  }

  /** What a contact says: words for the user, and the mark that the vault has then. */
  record Contact(String words, Backup mark) {}

  Contact contact() {
    if (device.key.isEmpty()) {
      return new Contact("NotEnabled", Backup.NONE);
    }
    try {
      return inContact(device.key.get());
    } catch (IdealNetwork.Ended ended) {
      if (ended.outcome.equals("Crashed")) {
        throw ended;
      }
      return new Contact(ended.outcome, Backup.NONE);
    }
  }

  private Contact inContact(HeldKey key) {
    Standing seen = device.statusByToken();
    Optional<Standing> ours = device.ours(key);
    Backup mark = seen.mark();
    if (ours.isPresent()) {
      device.hear(mark);
    }
    if (ours.isEmpty()) {
      device.notices.tell("RecordReplaced");
    } else if (ours.get().active()) {
      if (settleChange(ours.get())) {
        device.notices.tell("PasswordChangeTookEffect");
      } else if (ours.get().activeStage() != device.known) {
        device.rehearsal = Optional.empty();
        device.known = ours.get().activeStage();
      }
      mark = mark(key, mark);
    }
    Standing told = ours.orElse(seen);
    String record = Words.record(told);
    String words =
        Words.contact(
            record,
            told.charges() + " round " + told.round(),
            told.until(),
            mark.number(),
            device.markPending);
    return new Contact(words, mark);
  }

  private Backup mark(HeldKey key, Backup held) {
    if (device.floor == Backup.NONE || device.floor.number() <= held.number()) {
      return held;
    }
    Backup wanted = device.floor;
    Answer<String> set =
        device.sendFresh(
            Moment.MARK, network::signature, () -> vault.setMark(key, wanted, network.time));
    if (set.result() == Result.CONFLICT) {
      device.notices.newerBackup(held.number());
      return held;
    }
    if (set.result() != Result.DONE) {
      throw new IdealNetwork.Ended(
          set.result() == Result.NOT_ENTITLED ? "NotEntitled" : "SessionLost");
    }
    device.hear(wanted);
    return wanted;
  }
}
