package lockstep.models;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import lockstep.vault.ProjectedAccount;
import lockstep.vault.machine.AttemptPolicy;
import lockstep.vault.machine.Decision;
import lockstep.vault.machine.SealedRecord;
import lockstep.vault.machine.SealedSecret;
import lockstep.vault.machine.VaultCommand;
import lockstep.vault.machine.VaultCommand.Mandate;
import lockstep.vault.machine.VaultMachine;
import lockstep.wire.AccountName;
import lockstep.wire.Bytes;
import lockstep.wire.StretchingParameters;

/**
 * Replays traces of {@code machine.als} on {@link VaultMachine}, by its commands alone. It takes
 * and gives plain JDK types, so that it can be loaded beside faulty classes.
 */
public final class MachineReplay implements Function<List<List<Map<String, String>>>, String> {

  private static final AccountName ACCOUNT = new AccountName("alice");
  private static final long MINUTE = 60_000L;
  private static final long DAY = 86_400_000L;
  private static final AttemptPolicy POLICY = new AttemptPolicy(2, 2, DAY);
  private static final Bytes COMMAND_KEY = bytes(32, 1_000_001);
  private static final List<String> STATE =
      List.of(
          "standing",
          "was",
          "key",
          "charges",
          "round",
          "phase",
          "over",
          "last",
          "stage",
          "live",
          "locks",
          "login",
          "confirming");

  private Optional<Bytes> stored = Optional.empty();
  private long time = DAY;
  private long fresh;
  private long generation;
  private Bytes login = bytes(16, 0);
  private Bytes confirming = bytes(16, 0);

  /** The first state or reply in which the Java differs from the model; empty if there is none. */
  @Override
  public String apply(List<List<Map<String, String>>> traces) {
    for (List<Map<String, String>> trace : traces) {
      String mismatch = new MachineReplay().replay(trace);
      if (!mismatch.isEmpty()) {
        return mismatch;
      }
    }
    return "";
  }

  private String replay(List<Map<String, String>> trace) {
    try {
      for (int i = 1; i < trace.size(); i++) {
        Map<String, String> expected = new TreeMap<>(trace.get(i));
        String reply = act(expected.get("did"));
        Map<String, String> found = stored.isEmpty() ? fresh() : ProjectedAccount.of(stored.get());
        String wanted = expected.get("reply");
        expected.keySet().retainAll(STATE);
        if (!found.equals(expected) || !(wanted.equals("Quiet") || wanted.equals(reply))) {
          return "%s in step %d: %s %s for %s %s"
              .formatted(trace.get(i).get("did"), i, reply, found, wanted, expected);
        }
      }
      return "";
    } catch (Exception e) {
      return "threw " + e;
    }
  }

  private static Map<String, String> fresh() {
    return Map.of("standing", "Nothing", "charges", "Num", "round", "Num1", "phase", "Open");
  }

  private String act(String action) throws Exception {
    return switch (action) {
      case "Attempt" -> {
        Bytes id = next(16);
        String reply = decide(new VaultCommand.Charge(time, id, new Mandate.Token()));
        login = reply.equals("Permit") ? id : login;
        yield reply;
      }
      case "LoginRight" -> decide(new VaultCommand.Finish(time, login, true));
      case "LoginWrong" -> decide(new VaultCommand.Finish(time, login, false));
      case "LoginAbandon" -> decide(new VaultCommand.Abandon(time, login));
      case "Register" -> register();
      case "RegisterAgain" -> {
        Bytes kept = login;
        login = bytes(16, 0);
        String reply = decide(registration(generation, mandate()));
        login = kept;
        yield reply;
      }
      case "Stage" -> decide(stage(1));
      case "StageOther" -> decide(stage(2));
      case "Confirm" -> {
        Bytes id = next(16);
        String reply =
            decide(new VaultCommand.Confirm(time, id, generation, oneTimeKey(generation)));
        confirming = reply.equals("Permit") ? id : confirming;
        yield reply;
      }
      case "ConfirmRight" -> decide(new VaultCommand.Finish(time, confirming, true));
      case "ConfirmWrong" -> decide(new VaultCommand.Finish(time, confirming, false));
      case "Activate" -> decide(new VaultCommand.Activate(time, generation, confirming));
      case "Disable" -> decide(new VaultCommand.Disable(time, new Mandate.Signature(COMMAND_KEY)));
      case "Minute" -> pass(MINUTE);
      case "TenMinutes" -> pass(10 * MINUTE);
      case "Day" -> pass(DAY);
      default -> throw new IllegalArgumentException(action);
    };
  }

  private String register() throws Exception {
    String reply = decide(registration(generation + 1, mandate()));
    generation = reply.equals("SaysReserved") ? generation + 1 : generation;
    return reply;
  }

  private VaultCommand registration(long number, Mandate mandate) {
    return new VaultCommand.Register(
        time,
        next(16),
        number,
        oneTimeKey(number),
        bytes(32, 5_000_000 + number),
        secret(number),
        POLICY,
        mandate);
  }

  private VaultCommand stage(long content) {
    return new VaultCommand.Stage(
        time,
        generation,
        oneTimeKey(generation),
        bytes(32, 7_000_000 + content),
        secret(generation),
        new SealedRecord(bytes(64, 9_000_000 + generation)),
        new StretchingParameters(65_536, 3, 4),
        COMMAND_KEY);
  }

  /** The authority that the account's standing asks for. */
  private Mandate mandate() {
    String standing =
        stored.map(ProjectedAccount::of).map(state -> state.get("standing")).orElse("Nothing");
    if (standing.equals("Active")) {
      return new Mandate.Session(login);
    }
    return standing.equals("Tomb") ? new Mandate.Signature(COMMAND_KEY) : new Mandate.Token();
  }

  /** Lets time pass; an observer with a token makes the machine settle. */
  private String pass(long millis) throws Exception {
    time += millis;
    decide(new VaultCommand.Observe(time, POLICY, new Mandate.Token()));
    return "Quiet";
  }

  private String decide(VaultCommand command) throws Exception {
    Decision decision = VaultMachine.decide(ACCOUNT, stored, command);
    stored = decision.replacement().or(() -> stored);
    return ReplyNames.of(decision.reply());
  }

  private Bytes next(int length) {
    return bytes(length, ++fresh);
  }

  private static SealedSecret secret(long generation) {
    return new SealedSecret(bytes(60, 11_000_000 + generation));
  }

  private static Bytes oneTimeKey(long generation) {
    return bytes(32, 3_000_000 + generation);
  }

  private static Bytes bytes(int length, long number) {
    return Bytes.copyOf(ByteBuffer.allocate(length).putLong(number).array());
  }
}
