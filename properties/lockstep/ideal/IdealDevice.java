package lockstep.ideal;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import lockstep.ideal.Ideal.Answer;
import lockstep.ideal.Ideal.Backup;
import lockstep.ideal.Ideal.HeldKey;
import lockstep.ideal.Ideal.Result;
import lockstep.ideal.Ideal.Session;
import lockstep.ideal.Ideal.Stage;
import lockstep.ideal.Ideal.Standing;
import lockstep.ideal.IdealNetwork.Ended;

/** What a device remembers, and how its commands use the trusted party. */
final class IdealDevice {

  static final Answer<String> REFUSED =
      new Answer<>(Result.NOT_ENTITLED, 0, 0, false, null, Ideal.Count.NONE);

  /** A password that was typed for a stage, and the key that goes with it. */
  record Intent(long stage, String password, HeldKey key) {}

  /** A rotation under way. */
  record Rotation(HeldKey newKey, HeldKey oldKey, Optional<Intent> staged, Backup copy) {}

  final IdealBackup<String> vault;
  final IdealNetwork network;

  Optional<HeldKey> key = Optional.empty();
  Optional<Intent> enrolling = Optional.empty();
  Optional<Intent> changing = Optional.empty();
  Optional<Intent> rehearsal = Optional.empty();
  Optional<Rotation> rotation = Optional.empty();
  final IdealNotices notices = new IdealNotices();
  long known;
  Backup lastBackup = Backup.NONE;
  Backup made = Backup.NONE;
  Backup floor = Backup.NONE;
  boolean markPending;
  private boolean looked;

  IdealDevice(IdealBackup<String> vault, IdealNetwork network) {
    this.vault = vault;
    this.network = network;
  }

  void forgetEverything() {
    key = Optional.empty();
    enrolling = Optional.empty();
    changing = Optional.empty();
    rehearsal = Optional.empty();
    rotation = Optional.empty();
    known = 0;
    forgetBackups();
    notices.forget();
  }

  /** A command begins. */
  void begin() {
    looked = false;
  }

  void forgetBackups() {
    goOnFrom(Backup.NONE);
    made = Backup.NONE;
  }

  /** Under a new key that backup is all that there is. */
  void goOnFrom(Backup backup) {
    lastBackup = backup;
    floor = backup;
    markPending = backup != Backup.NONE;
  }

  /** What the vault's mark is; nothing lowers what the device knows. */
  void hear(Backup mark) {
    if (mark != Backup.NONE && mark.number() >= floor.number()) {
      floor = mark;
      markPending = false;
    }
  }

  /** A backup that stands, whoever made it. */
  void take(Backup backup) {
    lastBackup = backup;
    if (backup.number() > floor.number()) {
      floor = backup;
      markPending = true;
    }
  }

  /** What came of an attempt: a session that released the key, or an outcome in words. */
  record Unlocked(Optional<Session<String>> session, String outcome) {}

  Standing statusByToken() {
    return lookByToken().orElseThrow(() -> new Ended("NotEntitled"));
  }

  private Optional<Standing> lookByToken() {
    Optional<Standing> seen =
        statusBy(network.token(), () -> Optional.of(vault.look(network.time)));
    looked = true;
    seen.ifPresent(standing -> notices.looked(standing, false, own()));
    return seen;
  }

  /** What a signature is about to cancel, the user wants to hear of. */
  private BooleanSupplier signature() {
    if (!looked && key.isPresent()) {
      lookByToken();
    }
    return network.signature();
  }

  /**
   * How things stand, for the owner of what there is; empty for anybody else. A signature that got
   * lost on the way tells a user nothing: who owns the record the trusted party says, and if it
   * will not have the owner's signature it cannot be reached.
   */
  Optional<Standing> ours(HeldKey signer) {
    for (int tries = 0; tries < 2; tries++) {
      Optional<Standing> accepted =
          statusBy(signature(), () -> Optional.ofNullable(vault.look(signer, network.time)));
      accepted.ifPresent(standing -> notices.looked(standing, true, own()));
      if (accepted.isPresent()) {
        return accepted;
      }
    }
    if (statusByToken().owner() == signer) {
      throw new Ended("Unavailable");
    }
    return Optional.empty();
  }

  private Optional<IdealNotices.Own> own() {
    if (key.isEmpty()) {
      return Optional.empty();
    }
    Set<Long> stages = new HashSet<>(Set.of(known));
    Stream.of(enrolling, changing, rotation.flatMap(Rotation::staged))
        .flatMap(Optional::stream)
        .forEach(intent -> stages.add(intent.stage()));
    boolean isKnown = lastBackup != Backup.NONE;
    return Optional.of(
        new IdealNotices.Own(stages, isKnown ? lastBackup.number() : IdealNotices.Own.NO_BACKUP));
  }

  Standing own(HeldKey signer) {
    return ours(signer).orElseThrow(() -> new Ended("NotEntitled"));
  }

  private Optional<Standing> statusBy(
      BooleanSupplier credential, Supplier<Optional<Standing>> look) {
    return network.send(Moment.STATUS, credential, look, Optional.empty());
  }

  Answer<String> send(Moment moment, BooleanSupplier credential, Supplier<Answer<String>> request) {
    Answer<String> answer = network.send(moment, credential, request, REFUSED);
    notices.did(moment, answer, key.isPresent());
    return answer;
  }

  /** With a credential that is made anew once, where the first was over before it arrived. */
  Answer<String> sendFresh(
      Moment moment, Supplier<BooleanSupplier> credential, Supplier<Answer<String>> request) {
    Answer<String> answer = send(moment, credential.get(), request);
    return answer.result() == Result.NOT_ENTITLED
        ? send(moment, credential.get(), request)
        : answer;
  }

  /** One attempt, by token or, where a signer is given, by its signature. */
  Unlocked unlock(String password, Optional<HeldKey> signer) {
    Standing status = signer.map(this::own).orElseGet(this::statusByToken);
    if (!status.active()) {
      return new Unlocked(Optional.empty(), status.destroyed() ? "Destroyed" : "NotEnrolled");
    }
    Supplier<Answer<String>> attempt =
        () ->
            signer
                .map(key -> vault.attempt(key, network.time))
                .orElseGet(() -> vault.attempt(network.time));
    Answer<String> evaluated = attempt(attempt, signer);
    if (evaluated.result() == Result.NOT_ENTITLED) {
      evaluated = attempt(attempt, signer);
    }
    if (evaluated.result() != Result.EVALUATED) {
      return new Unlocked(Optional.empty(), declined(evaluated));
    }
    Session<String> session = evaluated.session();
    if (session.fits(password)) {
      Answer<String> proven =
          network.sendAlike(
              Moment.FINISH,
              IdealNetwork::always,
              () -> vault.prove(session, password, network.time),
              Optional.of(session));
      notices.did(Moment.FINISH, proven, key.isPresent());
      return proven.result() == Result.RELEASED
          ? new Unlocked(Optional.of(session), "Released")
          : new Unlocked(Optional.empty(), "AttemptSpent");
    }
    return new Unlocked(Optional.empty(), abandon(session, evaluated));
  }

  private Answer<String> attempt(Supplier<Answer<String>> attempt, Optional<HeldKey> signer) {
    BooleanSupplier credential = signer.isPresent() ? signature() : network.tokenOfOneCharge();
    Answer<String> answer =
        network.sendAlike(Moment.ATTEMPT, credential, attempt, Optional.empty());
    notices.did(Moment.ATTEMPT, answer, key.isPresent());
    return answer;
  }

  private String abandon(Session<String> session, Answer<String> evaluated) {
    Answer<String> ended;
    try {
      ended =
          send(Moment.ABANDON, IdealNetwork::always, () -> vault.abandon(session, network.time));
    } catch (Ended lost) {
      if (lost.outcome.equals("Crashed")) {
        throw lost;
      }
      return evaluated.lastChance()
          ? "Destroyed"
          : Words.wrong(evaluated.attemptsLeft(), evaluated.until());
    }
    if (ended.result() == Result.DONE) {
      return Words.wrong(ended.attemptsLeft(), ended.until());
    }
    return ended.result() == Result.DESTROYED || evaluated.lastChance()
        ? "Destroyed"
        : Words.wrong(evaluated.attemptsLeft(), evaluated.until());
  }

  /** The same, paid with a session that knows the password in force. */
  String stage(Intent intent, Session<String> paid, Runnable journal) {
    return stage(
        intent,
        stage ->
            send(
                Moment.REGISTER,
                IdealNetwork::always,
                () -> vault.stage(stage, paid, network.time)),
        journal);
  }

  /**
   * Register to Activate; the outcome in words, "Activated" if the stage is in force.
   *
   * @param journal written once Register was answered (CHG-3)
   */
  String stage(Intent intent, Register register, Runnable journal) {
    Stage<String> stage = new Stage<>(intent.stage());
    Answer<String> paid = register.send(stage);
    if (paid.result() != Result.DONE) {
      return declined(paid);
    }
    journal.run();
    need(
        Result.DONE,
        send(
            Moment.STAGE,
            IdealNetwork::always,
            () -> vault.propose(stage, intent.password(), intent.key(), network.time)));
    Session<String> trial =
        need(
                Result.EVALUATED,
                network.sendAlike(
                    Moment.CONFIRM,
                    IdealNetwork::always,
                    () -> vault.tryOut(stage, network.time),
                    Optional.empty()))
            .session();
    Answer<String> proven =
        network.sendAlike(
            Moment.CONFIRMED,
            IdealNetwork::always,
            () -> vault.prove(trial, intent.password(), network.time),
            Optional.of(trial));
    notices.did(Moment.CONFIRMED, proven, key.isPresent());
    need(Result.RELEASED, proven);
    return activate(trial);
  }

  private String activate(Session<String> trial) {
    Answer<String> activated;
    try {
      activated =
          send(Moment.ACTIVATE, IdealNetwork::always, () -> vault.activate(trial, network.time));
    } catch (Ended lost) {
      if (lost.outcome.equals("Crashed")) {
        throw lost;
      }
      return "OutcomeUnknown";
    }
    return activated.result() == Result.DONE ? "Activated" : declined(activated);
  }

  /** How a stage is asked for. */
  @FunctionalInterface
  interface Register {
    Answer<String> send(Stage<String> stage);
  }

  private static Answer<String> need(Result result, Answer<String> answer) {
    if (answer.result() != result) {
      throw new Ended(unexpected(answer));
    }
    return answer;
  }

  private static String unexpected(Answer<String> answer) {
    return answer.result() == Result.NOT_ENTITLED ? "NotEntitled" : "SessionLost";
  }

  static String declined(Answer<String> answer) {
    return switch (answer.result()) {
      case LOCKED -> Words.locked(answer.until());
      case DESTROYED -> "Destroyed";
      case NOT_ENROLLED -> "NotEnrolled";
      case NOT_ENTITLED -> "NotEntitled";
      default -> "SessionLost";
    };
  }
}
