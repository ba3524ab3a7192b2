package lockstep.vault;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lockstep.vault.machine.AccountState;
import lockstep.vault.machine.AccountState.Active;
import lockstep.vault.machine.AccountState.Confirmation;
import lockstep.vault.machine.AccountState.FinalSession;
import lockstep.vault.machine.AccountState.None;
import lockstep.vault.machine.AccountState.Session;
import lockstep.vault.machine.AccountState.Stage;
import lockstep.vault.machine.AccountState.Standing;
import lockstep.vault.machine.AccountState.Tombstone;
import lockstep.vault.machine.AccountStateCodec;
import lockstep.vault.machine.AttemptLimiter;
import lockstep.wire.Bytes;

/** Stored account state as {@code spec/models/machine.als} names it. */
public final class ProjectedAccount {

  private ProjectedAccount() {}

  /** The fields of the model's state. */
  public static Map<String, String> of(Bytes stored) {
    AccountState state = AccountStateCodec.decode(stored).orElseThrow();
    Map<String, String> fields = new TreeMap<>();
    fields.put("standing", standing(state.standing()));
    if (state.standing() instanceof Tombstone tombstone && tombstone.commandKey().isPresent()) {
      fields.put("key", "Yes");
    }
    if (state.everActive()) {
      fields.put("was", "Yes");
    }
    AttemptLimiter limiter = state.limiter();
    fields.put("charges", number(limiter.charges()));
    fields.put("round", number(limiter.round()));
    fields.put("phase", capital(limiter.phase().name()));
    if (limiter.lockedUntil() != 0 && limiter.lockedUntil() <= state.clock()) {
      fields.put("over", "Yes");
    }
    state.finalSession().ifPresent(last -> fields.put("last", last(last, state.stage())));
    state.stage().ifPresent(stage -> putStage(fields, stage, limiter));
    state.sessions().forEach(session -> putSession(fields, session));
    return fields;
  }

  private static String standing(Standing standing) {
    if (standing instanceof Active) {
      return "Active";
    }
    return standing instanceof None ? "Nothing" : "Tomb";
  }

  private static String last(FinalSession last, Optional<Stage> stage) {
    boolean byStage = stage.filter(one -> one.attemptId().equals(last.attemptId())).isPresent();
    return byStage ? "ByStage" : "ByLogin";
  }

  private static void putStage(Map<String, String> fields, Stage stage, AttemptLimiter limiter) {
    boolean recorded = stage.staged().isPresent();
    boolean outstanding = stage.confirmation() == Confirmation.OUTSTANDING;
    String reached = recorded ? "Recorded" : "Reserved";
    fields.put("stage", outstanding ? reached : capital(stage.confirmation().name()));
    if (stage.confirmation() != Confirmation.VERIFIED) {
      if (stage.charge().serial() == limiter.serial()) {
        fields.put("live", "Yes");
      }
      if (stage.charge().locked()) {
        fields.put("locks", "Yes");
      }
    }
  }

  private static void putSession(Map<String, String> fields, Session session) {
    String field = session.confirming() ? "confirming" : "login";
    fields.merge(field, session.verified() ? "Proved" : "Fresh", (a, b) -> a + "," + b);
  }

  private static String number(int number) {
    return number == 0 ? "Num" : "Num" + number;
  }

  private static String capital(String name) {
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }
}
