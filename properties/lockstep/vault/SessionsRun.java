package lockstep.vault;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lockstep.opaque.client.ClientLogin;
import lockstep.vault.machine.AccountState;
import lockstep.vault.machine.AccountState.Session;
import lockstep.vault.machine.AccountStateCodec;
import lockstep.vault.machine.AttemptLimiter;
import lockstep.wire.Bytes;
import lockstep.wire.Refusal;
import lockstep.wire.Reply;
import lockstep.wire.Request;

/** One trace of {@code sessions.als} on one vault. */
final class SessionsRun {

  private static final Bytes NOBODY = Bytes.zero(16);
  private static final Bytes WRONG_KE3 = Bytes.zero(32);

  private final PausingStore store;
  private final LiveVault vault;
  private final LiveDevice device;
  private final Map<String, ClientLogin> asked = new HashMap<>();
  private final Map<String, PausedAttempt> attempts = new TreeMap<>();
  private final Map<String, LiveDevice.Answer> answers = new TreeMap<>();
  private final Set<String> durable = new TreeSet<>();
  private final Set<String> running = new TreeSet<>();

  SessionsRun(PausingStore store, LiveVault vault, LiveDevice device) {
    this.store = store;
    this.vault = vault;
    this.device = device;
  }

  /** The first state in which the vault differs from the trace; empty if there is none. */
  String replay(List<Map<String, String>> trace) throws InterruptedException {
    try {
      for (int i = 1; i < trace.size(); i++) {
        Map<String, String> expected = trace.get(i);
        act(expected.get("did"), expected.getOrDefault("who", ""));
        Map<String, String> found = found();
        if (!found.equals(wanted(expected))) {
          return "%s in step %d: %s for %s"
              .formatted(expected.get("did"), i, found, wanted(expected));
        }
      }
      return "";
    } catch (IOException | RuntimeException | ReflectiveOperationException e) {
      return "threw " + e;
    } finally {
      endProcess();
      asked.values().forEach(ClientLogin::close);
    }
  }

  private void act(String action, String who) throws IOException, InterruptedException {
    switch (action) {
      case "Ask" -> asked.put(who, device.login(LiveDevice.RIGHT));
      case "Decide" -> decide(who);
      case "Commit" -> {
        String pending = running.stream().filter(one -> !durable.contains(one)).findFirst().get();
        attempts.get(pending).goOn();
        durable.add(pending);
      }
      case "Evaluate" -> evaluate(who);
      case "Repeat" -> requireNothingNew(device.finishReply(idOf(who), ke3Of(who)));
      case "Prove" -> device.finish(answers.get(who));
      case "Fail" -> device.finishReply(idOf(who), WRONG_KE3);
      case "Abandon" -> vault.exchange(new Request.Abandon(device.account, idOf(who)));
      case "Expire" -> {
        vault.time = session(idOf(attempts.get(who))).expiresAt();
        device.status();
      }
      case "Crash" -> {
        endProcess();
        store.reopen();
        vault.restart();
      }
      case "NewRound" -> vault.time = state().limiter().lockedUntil();
      default -> throw new IllegalArgumentException(action);
    }
  }

  private void decide(String who) {
    vault.time += 1;
    Request.Attempt request = device.attemptRequest(asked.get(who));
    PausedAttempt attempt = new PausedAttempt(store, () -> vault.exchange(request));
    attempts.put(who, attempt);
    running.add(who);
    attempt.begin();
  }

  private void evaluate(String who) {
    PausedAttempt attempt = attempts.get(who);
    attempt.goOn();
    running.remove(who);
    Reply reply = attempt.reply().orElseThrow();
    device.answer(asked.get(who), reply).ifPresent(answer -> answers.put(who, answer));
  }

  private void endProcess() throws InterruptedException {
    for (String who : running) {
      attempts.get(who).die();
    }
    running.clear();
    attempts.keySet().removeIf(who -> !durable.contains(who));
  }

  /** It is answered as the first time while the process remembers it, and is unknown after. */
  private static void requireNothingNew(Reply reply) {
    if (!(reply instanceof Reply.Released || reply instanceof Refusal.SessionUnknown)) {
      throw new IllegalStateException("a repeated Finish was answered " + reply);
    }
  }

  /** The id that the client was told. */
  private Bytes idOf(String who) {
    return answers.containsKey(who) ? answers.get(who).sessionId() : NOBODY;
  }

  private Bytes ke3Of(String who) {
    return answers.containsKey(who) ? answers.get(who).ke3() : WRONG_KE3;
  }

  private static Bytes idOf(PausedAttempt attempt) {
    return attempt.id().orElseThrow();
  }

  private Session session(Bytes id) throws IOException {
    return state().sessions().stream().filter(one -> one.attemptId().equals(id)).findFirst().get();
  }

  private AccountState state() throws IOException {
    return AccountStateCodec.decode(store.stored(device.account)).orElseThrow();
  }

  /** The vault's store and memory, as the model names them. */
  private Map<String, String> found() throws IOException, ReflectiveOperationException {
    AccountState state = state();
    AttemptLimiter limiter = state.limiter();
    Map<String, String> found = new TreeMap<>();
    int used = (limiter.round() - 1) * limiter.policy().attempts() + limiter.charges();
    found.put(
        "free", String.valueOf(limiter.policy().attempts() * limiter.policy().rounds() - used));
    boolean waited =
        limiter.phase() == AttemptLimiter.Phase.LOCKED && limiter.lockedUntil() <= vault.time;
    found.put("unlocked", said(waited || limiter.phase() == AttemptLimiter.Phase.OPEN));
    found.put("dead", said(state.standing() instanceof AccountState.Tombstone));
    Set<Bytes> ids =
        state.sessions().stream()
            .filter(session -> !session.verified())
            .map(Session::attemptId)
            .collect(Collectors.toSet());
    found.put("rows", atoms(ids));
    found.put(
        "last", atoms(state.finalSession().map(last -> Set.of(last.attemptId())).orElse(Set.of())));
    ids.retainAll(SessionMemory.logins(vault.vault));
    found.put("proves", atoms(ids));
    found.put("answered", String.join(",", answers.keySet()));
    return found;
  }

  /** The same of a state of the model. */
  private static Map<String, String> wanted(Map<String, String> model) {
    Map<String, String> wanted = new TreeMap<>();
    wanted.put("free", String.valueOf(set(model, "free").size()));
    wanted.put("unlocked", said(model.containsKey("unlocked")));
    wanted.put("dead", said(model.containsKey("dead")));
    wanted.put("rows", String.join(",", set(model, "rows")));
    wanted.put("last", String.join(",", set(model, "last")));
    Set<String> proves = set(model, "rows");
    proves.retainAll(set(model, "secrets"));
    wanted.put("proves", String.join(",", proves));
    wanted.put("answered", String.join(",", set(model, "answered")));
    return wanted;
  }

  private String atoms(Set<Bytes> ids) {
    Set<String> names = new TreeSet<>();
    for (Bytes id : ids) {
      names.add(
          attempts.entrySet().stream()
              .filter(entry -> entry.getValue().id().equals(Optional.of(id)))
              .map(Map.Entry::getKey)
              .findFirst()
              .orElse("nobody's"));
    }
    return String.join(",", names);
  }

  private static Set<String> set(Map<String, String> model, String field) {
    return model.containsKey(field)
        ? new TreeSet<>(List.of(model.get(field).split(",")))
        : new TreeSet<>();
  }

  private static String said(boolean yes) {
    return yes ? "Yes" : "no";
  }
}
