package lockstep.vault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import lockstep.opaque.client.ClientLogin;
import lockstep.vault.machine.AccountState;
import lockstep.vault.machine.AccountState.Active;
import lockstep.vault.machine.AccountState.Confirmation;
import lockstep.vault.machine.AccountState.Session;
import lockstep.vault.machine.AccountState.Stage;
import lockstep.vault.machine.AccountState.Tombstone;
import lockstep.vault.machine.AccountStateCodec;
import lockstep.wire.Bytes;
import lockstep.wire.Reply;
import lockstep.wire.Request;

/** One trace of {@code stage.als} on one account of a vault. */
final class StageRun {

  private static final long STAGE_MILLIS = 600_000L;
  private static final Set<String> AT_THE_VAULT =
      Set.of("active", "stage", "conf", "reserved", "tomb", "charges", "login", "confirming");

  private final PausingStore store;
  private final LiveVault vault;
  private final LiveDevice device;
  private final List<String> generations = new ArrayList<>();
  private Optional<LiveDevice.Staging> staging = Optional.empty();
  private Optional<Request.Register> registration = Optional.empty();
  private Optional<Reply.Registered> registered = Optional.empty();
  private Optional<Request.Stage> stage = Optional.empty();
  private Optional<LiveDevice.Answer> answer = Optional.empty();
  private Optional<LiveDevice.Session> confirmed = Optional.empty();
  private Optional<LiveDevice.Session> login = Optional.empty();

  StageRun(PausingStore store, LiveVault vault, LiveDevice device) {
    this.store = store;
    this.vault = vault;
    this.device = device;
  }

  /** The first state in which the vault differs from the trace; empty if there is none. */
  String replay(List<Map<String, String>> trace) {
    try {
      boolean known = false;
      for (int i = 1; i < trace.size(); i++) {
        Map<String, String> before = trace.get(i - 1);
        Map<String, String> expected = trace.get(i);
        act(expected.get("did"), before);
        known |= expected.containsKey("used");
        Map<String, String> found = known ? found() : Map.of("charges", "Num");
        Map<String, String> wanted = new TreeMap<>(expected);
        wanted.keySet().retainAll(AT_THE_VAULT);
        if (!found.equals(wanted)) {
          return "%s in step %d: %s for %s".formatted(expected.get("did"), i, found, wanted);
        }
      }
      return "";
    } catch (IOException | RuntimeException | ReflectiveOperationException e) {
      return "threw " + e;
    } finally {
      staging.ifPresent(LiveDevice.Staging::close);
    }
  }

  private void act(String action, Map<String, String> before) throws IOException {
    switch (action) {
      case "Register" -> register(before);
      case "RegisterAgain" -> vault.exchange(registration.orElseThrow());
      case "Stage" -> {
        stage = stage.or(() -> Optional.of(staging.orElseThrow().stageRequest(registered.get())));
        vault.exchange(stage.get());
      }
      case "Confirm" -> answer = Optional.of(confirm(before.get("stage")));
      case "FinishConfirm" -> confirmed = device.finish(answer.orElseThrow());
      case "Activate", "LateActivate" ->
          device.activate(staging.orElseThrow().generation, confirmed.orElseThrow());
      case "Ask" ->
          vault.exchange(
              Request.authorised(
                  any -> new Request.Status(device.account, any), device.signature()));
      case "Login" -> login = login(before.get("active"));
      case "Guess" -> {
        try (ClientLogin wrong = device.login(LiveDevice.WRONG)) {
          device.attempt(wrong);
        }
      }
      case "FailFinal", "StageEnds" -> {
        vault.time += STAGE_MILLIS;
        device.status();
      }
      case "Disable" ->
          vault.exchange(
              Request.authorised(
                  any -> new Request.Disable(device.account, any), device.signature()));
      case "VaultCrash" -> {
        store.reopen();
        vault.restart();
      }
      case "BeginRun", "DeviceCrash", "RemoveOldSet" -> {}
      default -> throw new IllegalArgumentException(action);
    }
  }

  /** A new epoch leaves the tombstone until a record is activated; the model does not. */
  private boolean hasTombstone() throws IOException {
    return store.has(device.account) && state().standing() instanceof Tombstone;
  }

  private AccountState state() throws IOException {
    return AccountStateCodec.decode(store.stored(device.account)).orElseThrow();
  }

  private void register(Map<String, String> before) throws IOException {
    staging.ifPresent(LiveDevice.Staging::close);
    generations.add(before.get("plans"));
    LiveDevice.Staging next = device.new Staging(generations.size(), password(before.get("plans")));
    staging = Optional.of(next);
    stage = Optional.empty();
    registration =
        Optional.of(
            next.request(
                before.containsKey("active")
                    ? device.session(login.orElseThrow())
                    : hasTombstone() ? device.signature() : device.token()));
    Reply reply = vault.exchange(registration.get());
    registered = reply instanceof Reply.Registered done ? Optional.of(done) : Optional.empty();
  }

  private LiveDevice.Answer confirm(String generation) {
    try (ClientLogin client = device.login(password(generation))) {
      Reply reply = vault.exchange(staging.orElseThrow().confirmRequest(client));
      return device.answer(client, reply).orElseThrow();
    }
  }

  /** A whole attempt with the active record's own password. */
  private Optional<LiveDevice.Session> login(String generation) {
    try (ClientLogin client = device.login(password(generation))) {
      return device.answer(client, device.attempt(client)).flatMap(device::finish);
    }
  }

  private static String password(String generation) {
    return "the password of " + generation;
  }

  /** The account in the vault's store and memory, as the model names it. */
  private Map<String, String> found() throws IOException, ReflectiveOperationException {
    AccountState state = state();
    Map<String, String> found = new TreeMap<>();
    if (state.standing() instanceof Active active) {
      found.put("active", generation(active.generation()));
    } else if (state.standing() instanceof Tombstone dead && dead.diedInEpoch() == state.epoch()) {
      found.put("tomb", "Yes");
    }
    int charges = state.limiter().charges();
    found.put("charges", charges == 0 ? "Num" : "Num" + charges);
    state.stage().ifPresent(one -> put(found, one, state.limiter().serial()));
    for (Session session : state.sessions()) {
      boolean verified = SessionMemory.verified(vault.vault).contains(session.attemptId());
      boolean ofStage =
          state.stage().filter(one -> one.generation() == session.generation()).isPresent();
      boolean remembered = verified || remembered(session.attemptId());
      if (session.confirming() && ofStage && remembered) {
        found.put("confirming", "Yes");
      } else if (!session.confirming() && session.verified() && verified) {
        found.put("login", "Yes");
      }
    }
    return found;
  }

  private void put(Map<String, String> found, Stage stage, long serial) {
    found.put("stage", generation(stage.generation()));
    Confirmation reached = stage.confirmation();
    String name = reached.name().charAt(0) + reached.name().substring(1).toLowerCase(Locale.ROOT);
    String outstanding = stage.staged().isPresent() ? "Recorded" : "Reserved";
    found.put("conf", reached == Confirmation.OUTSTANDING ? outstanding : name);
    if (reached != Confirmation.VERIFIED && stage.charge().serial() == serial) {
      found.put("reserved", "Yes");
    }
  }

  private boolean remembered(Bytes id) throws ReflectiveOperationException {
    return SessionMemory.logins(vault.vault).contains(id);
  }

  private String generation(long number) {
    return generations.get((int) number - 1);
  }
}
