package lockstep.vault.machine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import lockstep.vault.machine.VaultCommand.Mandate;
import lockstep.wire.Bytes;

/**
 * Asks {@link VaultMachine} for its decision on each command, under each authority, in each state
 * that an account can be in, and tells it as a table.
 */
final class DecisionTable {

  private static final AttemptPolicy POLICY = AttemptPolicy.of(3, 2, 60_000).orElseThrow();
  private static final Bytes UNKNOWN = MachineRun.numbered(16, 999_999);
  private static final Bytes TOKEN = MachineRun.numbered(32, 888_888);
  private static final long WEEK_MILLIS = 7 * 24 * 3_600_000L;

  /** An account, and the sessions that it has. */
  private record Situation(MachineRun run, Bytes open, Bytes verified) {

    static Situation of(MachineRun run) {
      return new Situation(run, UNKNOWN, UNKNOWN);
    }

    Mandate token() {
      return new Mandate.Token(Optional.of(new Mandate.TokenUse(TOKEN, run.time + 600_000)));
    }
  }

  private record Asked(String command, String authority, Function<Situation, VaultCommand> make) {}

  /** What a decision does, and the situations in which the command gets it. */
  private record Outcome(String reply, String written, String sessions, boolean clockMoves) {}

  private DecisionTable() {}

  static String markdown() {
    StringBuilder table = new StringBuilder();
    for (Asked asked : commands()) {
      Map<Outcome, List<String>> outcomes = new LinkedHashMap<>();
      situations()
          .forEach(
              (name, make) ->
                  outcomes
                      .computeIfAbsent(decide(make.get(), asked), o -> new ArrayList<>())
                      .add(name));
      outcomes.forEach((outcome, names) -> row(table, asked, outcome, names));
    }
    return table.toString();
  }

  private static void row(StringBuilder table, Asked asked, Outcome outcome, List<String> names) {
    String where = names.size() == situations().size() ? "every state" : String.join("; ", names);
    table
        .append("| ")
        .append(asked.command())
        .append(" | ")
        .append(asked.authority())
        .append(" | ")
        .append(where)
        .append(" | ")
        .append(outcome.reply())
        .append(" | ")
        .append(outcome.written())
        .append(" | ")
        .append(outcome.sessions())
        .append(" | ")
        .append(outcome.clockMoves() ? "moves" : "–")
        .append(" |\n");
  }

  private static Outcome decide(Situation situation, Asked asked) {
    MachineRun run = situation.run();
    run.time += 1_000;
    VaultCommand command = asked.make().apply(situation);
    AccountState before = state(run);
    VaultReply reply = run.submit(command);
    AccountState after = state(run);
    return new Outcome(
        words(reply),
        written(before, after),
        sessions(before, after),
        before.clock() != after.clock());
  }

  private static AccountState state(MachineRun run) {
    return run.stored.isEmpty() ? AccountState.fresh(MachineRun.ALICE, POLICY) : run.state();
  }

  private static String words(VaultReply reply) {
    return reply instanceof VaultReply.Declined declined
        ? "refused: " + declined.refusal().getClass().getSimpleName()
        : reply.getClass().getSimpleName();
  }

  private static String written(AccountState before, AccountState after) {
    List<String> words = new ArrayList<>();
    note(words, "record or tombstone", before.standing(), after.standing());
    note(words, "counter", before.limiter(), after.limiter());
    note(words, "epoch", before.epoch(), after.epoch());
    note(words, "last generation", before.lastGeneration(), after.lastGeneration());
    note(words, "stage", before.stage(), after.stage());
    note(words, "restart", before.restartAt(), after.restartAt());
    note(words, "mark", before.mark(), after.mark());
    note(words, "successes", before.successes(), after.successes());
    note(words, "used token", before.usedTokens(), after.usedTokens());
    note(words, "receipt", before.receiptSequence(), after.receiptSequence());
    return words.isEmpty() ? "nothing" : String.join(", ", words);
  }

  private static void note(List<String> words, String word, Object before, Object after) {
    if (!Objects.equals(before, after)) {
      words.add(word);
    }
  }

  private static String sessions(AccountState before, AccountState after) {
    int had = before.sessions().size();
    int has = after.sessions().size();
    if (has > had) {
      return "one opens";
    }
    if (has == had) {
      return before.sessions().equals(after.sessions()) ? "–" : "one is verified";
    }
    return has == 0 && had > 1 ? "all end" : had - has == 1 ? "one ends" : had - has + " end";
  }

  private static List<Asked> commands() {
    return Stream.of(attempts(), stages(), others()).flatMap(List::stream).toList();
  }

  private static List<Asked> attempts() {
    return List.of(
        new Asked(
            "Status", "token", s -> new VaultCommand.Observe(s.run().time, POLICY, s.token())),
        new Asked(
            "Status", "signature", s -> new VaultCommand.Observe(s.run().time, POLICY, key(1))),
        new Asked(
            "Attempt", "token", s -> new VaultCommand.Charge(s.run().time, fresh(s), s.token())),
        new Asked(
            "Attempt", "signature", s -> new VaultCommand.Charge(s.run().time, fresh(s), key(1))),
        new Asked(
            "Attempt",
            "earlier key's signature",
            s -> new VaultCommand.Charge(s.run().time, fresh(s), key(77))),
        new Asked(
            "Finish", "right KE3", s -> new VaultCommand.Finish(s.run().time, s.open(), true)),
        new Asked(
            "Finish", "wrong KE3", s -> new VaultCommand.Finish(s.run().time, s.open(), false)),
        new Asked(
            "Finish",
            "right KE3, session over",
            s -> new VaultCommand.Finish(s.run().time, UNKNOWN, true)),
        new Asked("Abandon", "session id", s -> new VaultCommand.Abandon(s.run().time, s.open())));
  }

  private static List<Asked> stages() {
    return List.of(
        new Asked("Register", "token", s -> register(s, s.token())),
        new Asked("Register", "signature", s -> register(s, key(1))),
        new Asked(
            "Register", "verified session", s -> register(s, new Mandate.Session(s.verified()))),
        new Asked("Register", "open session", s -> register(s, new Mandate.Session(s.open()))),
        new Asked("Stage", "one-time key", s -> stage(s)),
        new Asked(
            "Confirm",
            "one-time key",
            s -> new VaultCommand.Confirm(s.run().time, fresh(s), 2, MachineRun.oneTimeKey(2))),
        new Asked(
            "Activate",
            "confirmed session",
            s -> new VaultCommand.Activate(s.run().time, 2, s.verified())),
        new Asked(
            "Activate",
            "session not confirmed",
            s -> new VaultCommand.Activate(s.run().time, 2, s.open())));
  }

  private static List<Asked> others() {
    String none = "shell's check alone";
    return List.of(
        new Asked("Disable", "signature", s -> new VaultCommand.Disable(s.run().time, key(1))),
        new Asked(
            "Disable",
            "verified session",
            s -> new VaultCommand.Disable(s.run().time, new Mandate.Session(s.verified()))),
        new Asked("Restart", "token", s -> new VaultCommand.Restart(s.run().time)),
        new Asked("CompleteRestart", "token", s -> new VaultCommand.CompleteRestart(s.run().time)),
        new Asked(
            "CompleteRestart",
            "token, 7 days on",
            s -> new VaultCommand.CompleteRestart(s.run().time + WEEK_MILLIS)),
        new Asked(
            "Mark",
            "signature",
            s -> new VaultCommand.Mark(s.run().time, 9, MachineRun.numbered(32, 9), key(1))),
        new Asked("(a challenge's keys)", none, s -> new VaultCommand.AskKeys(s.run().time)));
  }

  private static Mandate.Signature key(long generation) {
    return new Mandate.Signature(MachineRun.commandKey(generation));
  }

  private static Bytes fresh(Situation situation) {
    return situation.run().freshId();
  }

  private static VaultCommand register(Situation s, Mandate mandate) {
    long generation = s.run().nextGeneration();
    return new VaultCommand.Register(
        s.run().time,
        fresh(s),
        generation,
        MachineRun.oneTimeKey(generation),
        MachineRun.requestDigest(generation),
        MachineRun.secret(generation),
        POLICY,
        mandate);
  }

  private static VaultCommand stage(Situation s) {
    return new VaultCommand.Stage(
        s.run().time,
        2,
        MachineRun.oneTimeKey(2),
        MachineRun.numbered(32, 5_002),
        MachineRun.secret(2),
        MachineRun.record(2),
        MachineRun.STRETCHING,
        MachineRun.commandKey(2));
  }

  private static Map<String, Supplier<Situation>> situations() {
    Map<String, Supplier<Situation>> all = new LinkedHashMap<>();
    all.put("never enrolled", () -> Situation.of(new MachineRun(POLICY)));
    all.put("active", DecisionTable::active);
    all.put("locked", () -> failed(3));
    all.put("last attempt open", DecisionTable::lastAttempt);
    all.put("registered", () -> changing(0));
    all.put("staged", () -> changing(1));
    all.put("confirming", () -> changing(2));
    all.put("confirmed", () -> changing(3));
    all.put("restart asked", DecisionTable::restartAsked);
    all.put("disabled", DecisionTable::disabled);
    all.put("destroyed", DecisionTable::destroyed);
    all.put("restarted", DecisionTable::restarted);
    return all;
  }

  private static Situation active() {
    MachineRun run = MachineRun.enrolled(POLICY);
    Bytes verified = run.unlock().orElseThrow();
    Bytes open = run.freshId();
    run.attempt(open);
    return new Situation(run, open, verified);
  }

  private static Situation failed(int attempts) {
    MachineRun run = MachineRun.enrolled(POLICY);
    run.fail(attempts);
    return Situation.of(run);
  }

  private static Situation lastAttempt() {
    MachineRun run = failed(3).run();
    run.time += 60_000;
    run.fail(2);
    Bytes open = run.freshId();
    run.attempt(open);
    return new Situation(run, open, UNKNOWN);
  }

  private static Situation changing(int steps) {
    MachineRun run = MachineRun.enrolled(POLICY);
    Bytes verified = run.unlock().orElseThrow();
    run.register(2, new Mandate.Session(verified));
    if (steps >= 1) {
      run.stage(2);
    }
    Bytes confirming = run.freshId();
    if (steps >= 2) {
      run.confirm(confirming, 2);
    }
    if (steps == 3) {
      run.finish(confirming, true);
    }
    return switch (steps) {
      case 2 -> new Situation(run, confirming, verified);
      case 3 -> new Situation(run, UNKNOWN, confirming);
      default -> new Situation(run, UNKNOWN, verified);
    };
  }

  private static Situation restartAsked() {
    MachineRun run = MachineRun.enrolled(POLICY);
    run.submit(new VaultCommand.Restart(run.time));
    return Situation.of(run);
  }

  private static Situation disabled() {
    MachineRun run = MachineRun.enrolled(POLICY);
    run.submit(new VaultCommand.Disable(run.time, key(1)));
    return Situation.of(run);
  }

  private static Situation destroyed() {
    MachineRun run = lastAttempt().run();
    run.time += 3_600_000;
    run.status();
    return Situation.of(run);
  }

  private static Situation restarted() {
    MachineRun run = restartAsked().run();
    run.time += WEEK_MILLIS;
    run.submit(new VaultCommand.CompleteRestart(run.time));
    return Situation.of(run);
  }
}
