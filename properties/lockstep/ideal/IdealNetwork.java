package lockstep.ideal;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import lockstep.ideal.Ideal.Answer;
import lockstep.ideal.Ideal.Session;
import lockstep.ideal.Step.Fate;

/** The way to the trusted party: requests are lost, doubled and kept there as on a real network. */
final class IdealNetwork {

  private static final long TOKEN_MILLIS = 300_000;
  private static final long TOKEN_FUTURE_MILLIS = 60_000;
  private static final long CHALLENGE_MILLIS = 60_000;

  private final IdealBackup<String> vault;
  private final Map<Moment, Supplier<String>> seen = new EnumMap<>(Moment.class);
  private final Set<Moment> sent = EnumSet.noneOf(Moment.class);
  private Fate fate = Fate.NONE;
  private int incarnation;
  long time;

  IdealNetwork(IdealBackup<String> vault, long time) {
    this.vault = vault;
    this.time = time;
  }

  /** The device got no answer, or one that ends the command. */
  static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final String outcome;

    Ended(String outcome) {
      super(outcome, null, false, false);
      this.outcome = outcome;
    }
  }

  /** A command begins. */
  void begin(Fate itsFate) {
    fate = itsFate;
    sent.clear();
  }

  /** A schedule begins: what was seen before it does not count. */
  void forget() {
    seen.clear();
  }

  void restartVault() {
    vault.forgetSessions();
    // A vault that is opened looks at the time, for what is over by then.
    vault.hear(time);
    incarnation++;
  }

  /** A credential that is looked at by whoever gets it. */
  static boolean always() {
    return true;
  }

  /** An account token, good for some minutes. */
  BooleanSupplier token() {
    long issued = time;
    return () ->
        issued - TOKEN_FUTURE_MILLIS <= vault.hear(time)
            && vault.hear(time) < issued + TOKEN_MILLIS;
  }

  /** An account token that one charge uses up. */
  Once tokenOfOneCharge() {
    return new Once(token());
  }

  /** A credential that is good until something was charged on it. */
  static final class Once implements BooleanSupplier {
    private final BooleanSupplier good;
    private boolean used;

    Once(BooleanSupplier good) {
      this.good = good;
    }

    @Override
    public boolean getAsBoolean() {
      return !used && good.getAsBoolean();
    }
  }

  /**
   * A letter that opens a session or proves a password in it, and that is answered as the first
   * time whenever it comes again while the session lasts.
   */
  Answer<String> sendAlike(
      Moment moment,
      BooleanSupplier credential,
      Supplier<Answer<String>> request,
      Optional<Session<String>> within) {
    AtomicReference<Answer<String>> said = new AtomicReference<>();
    AtomicReference<Session<String>> session = new AtomicReference<>(within.orElse(null));
    Supplier<Answer<String>> once =
        () -> {
          if (said.get() != null && vault.isRemembered(session.get(), time)) {
            return said.get();
          }
          if (!credential.getAsBoolean()) {
            return IdealDevice.REFUSED;
          }
          Answer<String> answer = request.get();
          if (within.isEmpty()) {
            session.set(answer.session());
          }
          if (session.get() != null) {
            said.set(answer);
            if (within.isEmpty() && credential instanceof Once token) {
              token.used = true;
            }
          }
          return answer;
        };
    return send(moment, IdealNetwork::always, once, IdealDevice.REFUSED);
  }

  /** What the device sends once more where no answer came. */
  private static boolean isSentAgain(Moment moment) {
    return moment == Moment.ATTEMPT
        || moment == Moment.FINISH
        || moment == Moment.CONFIRM
        || moment == Moment.CONFIRMED;
  }

  /** A signature over a fresh challenge, good for one command. */
  BooleanSupplier signature() {
    return send(Moment.CHALLENGE, IdealNetwork::always, this::challenge, IdealNetwork::always);
  }

  private BooleanSupplier challenge() {
    long expires = vault.hear(time) + CHALLENGE_MILLIS;
    int issuer = incarnation;
    boolean[] used = new boolean[1];
    return () -> {
      boolean good = issuer == incarnation && vault.hear(time) < expires && !used[0];
      used[0] = true;
      return good;
    };
  }

  /** Sends a request; {@code refused} is the answer when the credential is not good any more. */
  <T> T send(Moment moment, BooleanSupplier credential, Supplier<T> request, T refused) {
    Supplier<T> delivery =
        () -> {
          vault.hear(time);
          return credential.getAsBoolean() ? request.get() : refused;
        };
    boolean first = sent.add(moment);
    if (moment != Moment.STATUS && moment != Moment.CHALLENGE) {
      seen.put(moment, () -> String.valueOf(Words.of(moment, delivery.get())));
    }
    Mishap mishap = first && fate.moment() == moment ? fate.mishap() : Mishap.NONE;
    switch (mishap) {
      case REQUEST_LOST -> needNotArrive(moment);
      case CRASH_BEFORE -> throw new Ended("Crashed");
      case VAULT_DIES -> restartVault();
      case ATTEMPT_BETWEEN -> attempt();
      default -> {}
    }
    T answer = delivery.get();
    switch (mishap) {
      case SUBSTITUTED -> throw new Ended("NotTrusted");
      case REPLY_LOST -> {
        needNotArrive(moment);
        answer = delivery.get();
      }
      case CRASH_AFTER -> throw new Ended("Crashed");
      case TWICE -> deliverAgain(delivery);
      default -> {}
    }
    return answer;
  }

  /** What somebody with the account's token does, if the token is good. */
  Answer<String> attempt() {
    return token().getAsBoolean() ? vault.attempt(time) : IdealDevice.REFUSED;
  }

  /** Ends the command unless the device sends the message once more. */
  private static void needNotArrive(Moment moment) {
    if (!isSentAgain(moment)) {
      throw new Ended("Unavailable");
    }
  }

  /** What is said to the second one, nobody hears. */
  private static <T> void deliverAgain(Supplier<T> delivery) {
    T unheard = delivery.get();
    if (unheard == null) {
      throw new IllegalStateException("every request is answered");
    }
  }

  /** Delivers what was seen last at that moment, whether or not it arrived then. */
  String replay(Moment moment) {
    Supplier<String> letter = seen.get(moment);
    return letter == null ? "nothing was seen" : letter.get();
  }
}
